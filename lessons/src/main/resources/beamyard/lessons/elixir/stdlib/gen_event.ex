# OTP's event managers: one process, many handlers, each with a state of its own. A handler is {module, id or false, state,
# the pid of who supervises it or false}; the one added last comes first.
defmodule :gen_event do
  def start(), do: start(:nameless, [])
  def start(options) when is_list(options), do: start(:nameless, options)
  def start(name), do: start(name, [])
  def start(name, options), do: :gen.start(:gen_event, :start, name, :"no callback module", [], options)
  def start_link(), do: start_link(:nameless, [])
  def start_link(options) when is_list(options), do: start_link(:nameless, options)
  def start_link(name), do: start_link(name, [])
  def start_link(name, options), do: :gen.start(:gen_event, :start_link, name, :"no callback module", [], options)
  def start_monitor(), do: start_monitor(:nameless, [])
  def start_monitor(options) when is_list(options), do: start_monitor(:nameless, options)
  def start_monitor(name), do: start_monitor(name, [])

  def start_monitor(name, options) do
    with {:ok, pid} <- start(name, options), do: {:ok, {pid, :erlang.monitor(:process, pid)}}
  end

  def init_it(starter, link, name, _module, _arg, options) do
    :gen.named(starter, link, name, fn parent ->
      :erlang.process_flag(:trap_exit, true)
      :proc_lib.init_ack(starter, {:ok, self()})
      loop(parent, :gen.shown_name(name), [], :sys.debug_options(:gen.option(options, :debug, [])))
    end)
  end

  # ---- what others ask of a manager

  def notify(manager, event), do: send_to(manager, {:notify, event})
  def sync_notify(manager, event), do: ask(manager, {:sync_notify, event}, :infinity, {:sync_notify, [manager, event]})
  def add_handler(manager, handler, args), do: ask(manager, {:add_handler, handler, args}, :infinity, {:add_handler, [manager, handler, args]})

  def add_sup_handler(manager, handler, args),
    do: ask(manager, {:add_sup_handler, handler, args, self()}, :infinity, {:add_sup_handler, [manager, handler, args]})

  def call(manager, handler, request), do: ask(manager, {:call, handler, request}, 5000, {:call, [manager, handler, request]})

  def call(manager, handler, request, timeout),
    do: ask(manager, {:call, handler, request}, timeout, {:call, [manager, handler, request, timeout]})

  def delete_handler(manager, handler, args),
    do: ask(manager, {:delete_handler, handler, args}, :infinity, {:delete_handler, [manager, handler, args]})

  def swap_handler(manager, {old, args}, {new, more}),
    do: ask(manager, {:swap_handler, old, args, new, more}, :infinity, {:swap_handler, [manager, {old, args}, {new, more}]})

  def swap_sup_handler(manager, {old, args}, {new, more}),
    do: ask(manager, {:swap_sup_handler, old, args, new, more, self()}, :infinity, {:swap_sup_handler, [manager, {old, args}, {new, more}]})

  def which_handlers(manager), do: ask(manager, :which_handlers, :infinity, {:which_handlers, [manager]})
  def stop(manager), do: :gen.stop(manager)
  def stop(manager, reason, timeout), do: :gen.stop(manager, reason, timeout)

  defp ask(manager, request, timeout, {function, args}) do
    case :gen.exchange(manager, self(), request, timeout) do
      {:ok, reply} -> reply
      {:failed, reason} -> :erlang.exit({reason, {:gen_event, function, args}})
    end
  end

  defp send_to({:global, name}, message) do
    try do
      :global.send(name, message)
    catch
      _, _ -> :ok
    end

    :ok
  end

  defp send_to({:via, module, name}, message) do
    try do
      module.send(name, message)
    catch
      _, _ -> :ok
    end

    :ok
  end

  defp send_to(manager, message) do
    send(manager, message)
    :ok
  end

  def send_request(manager, handler, request), do: :gen.send_request(manager, self(), {:call, handler, request})

  def send_request(manager, handler, request, label, requests),
    do: Map.put(requests, send_request(manager, handler, request), label)

  def reqids_new(), do: :gen.reqids_new()
  def reqids_size(requests), do: :gen.reqids_size(requests)
  def reqids_add(ref, label, requests), do: :gen.reqids_add(ref, label, requests)
  def reqids_to_list(requests), do: :gen.reqids_to_list(requests)
  def wait_response(ref, timeout), do: :gen.wait_response(ref, timeout)
  def wait_response(requests, timeout, delete), do: :gen.wait_response(requests, timeout, delete)
  def receive_response(ref, timeout), do: :gen.receive_response(ref, timeout)
  def receive_response(requests, timeout, delete), do: :gen.receive_response(requests, timeout, delete)
  def check_response(message, ref), do: :gen.check_response(message, ref)
  def check_response(message, requests, delete), do: :gen.check_response(message, requests, delete)

  # ---- the manager

  defp loop(parent, name, handlers, debug) do
    message = receive do: (message -> message)

    case message do
      {:system, from, request} -> :sys.handle_system_msg(request, from, parent, :gen_event, debug, {name, handlers})
      {:EXIT, ^parent, reason} -> finish(reason, handlers)
      _ -> dispatch(message, parent, name, handlers, noted(debug, name, {:in, message}))
    end
  end

  defp dispatch({:notify, event}, parent, name, handlers, debug), do: on_event(event, parent, name, handlers, debug)

  defp dispatch({_, from, {:sync_notify, event}}, parent, name, handlers, debug) do
    handlers = notified(handlers, :handle_event, event, name)
    :gen.reply(from, :ok)
    loop(parent, name, handlers, debug)
  end

  defp dispatch({_, from, {:call, handler, request}}, parent, name, handlers, debug),
    do: on_call(from, handler, request, parent, name, handlers, debug)

  defp dispatch({_, from, {:add_handler, handler, args}}, parent, name, handlers, debug),
    do: on_add(from, handler, args, false, {parent, name, handlers, debug})

  defp dispatch({_, from, {:add_sup_handler, handler, args, supervisor}}, parent, name, handlers, debug) do
    :erlang.link(supervisor)
    on_add(from, handler, args, supervisor, {parent, name, handlers, debug})
  end

  defp dispatch({_, from, request}, parent, name, handlers, debug) when is_tuple(request) or request == :which_handlers do
    {reply, handlers} = answer(request, name, handlers)
    :gen.reply(from, reply)
    loop(parent, name, handlers, debug)
  end

  defp dispatch({:EXIT, from, reason} = message, parent, name, handlers, debug) do
    {lost, kept} = Enum.split_with(handlers, fn {_, _, _, supervisor} -> supervisor == from end)
    Enum.each(lost, &removed(&1, {:stop, reason}, :shutdown))
    if lost == [], do: on_info(message, parent, name, kept, debug), else: loop(parent, name, kept, debug)
  end

  defp dispatch(message, parent, name, handlers, debug), do: on_info(message, parent, name, handlers, debug)

  defp on_event(event, parent, name, handlers, debug) do
    handlers = notified(handlers, :handle_event, event, name)
    loop(parent, name, handlers, debug)
  end

  defp on_info(message, parent, name, handlers, debug) do
    handlers = notified(handlers, :handle_info, message, name)
    loop(parent, name, handlers, debug)
  end

  defp on_call(from, handler, request, parent, name, handlers, debug) do
    {reply, handlers} =
      case taken(handler, handlers) do
        {nil, _} -> {{:error, :bad_module}, handlers}
        {found, rest} -> called(found, request, {handlers, rest, name})
      end

    :gen.reply(from, reply)
    loop(parent, name, handlers, debug)
  end

  defp on_add(from, handler, args, supervisor, {parent, name, handlers, debug}) do
    {reply, handlers} = added(handler, args, supervisor, handlers)
    :gen.reply(from, reply)
    loop(parent, name, handlers, debug)
  end

  defp noted([], _, _), do: []
  defp noted(debug, name, event), do: :sys.handle_debug(debug, &print_event/3, name, event)

  defp print_event(device, {:in, {:notify, event}}, name), do: :io.format(device, "*DBG* ~tp got event ~tp~n", [name, event])

  defp print_event(device, {:in, {_, _, {:call, handler, request}}}, name),
    do: :io.format(device, "*DBG* ~tp(~tp) got call ~tp~n", [name, handler, request])

  defp print_event(device, {:in, {_, _, {:sync_notify, event}}}, name), do: :io.format(device, "*DBG* ~tp got event ~tp~n", [name, event])
  defp print_event(device, {:in, {_, _, request}}, name), do: :io.format(device, "*DBG* ~tp got ~tp~n", [name, request])
  defp print_event(device, {:in, message}, name), do: :io.format(device, "*DBG* ~tp got ~tp~n", [name, message])
  defp print_event(device, event, name), do: :io.format(device, "*DBG* ~tp dbg ~tp~n", [name, event])

  defp answer({:delete_handler, handler, args}, name, handlers) do
    case taken(handler, handlers) do
      {nil, _} -> {{:error, :module_not_found}, handlers}
      {found, rest} -> {removed(found, args, :normal), rest}
    end
  end

  defp answer({:swap_handler, old, args, new, more}, name, handlers) do
    {found, rest} = taken(old, handlers)
    supervisor = if found, do: elem(found, 3), else: false
    swapped(found, rest, args, new, more, supervisor)
  end

  defp answer({:swap_sup_handler, old, args, new, more, supervisor}, name, handlers) do
    {found, rest} = taken(old, handlers)
    :erlang.link(supervisor)
    swapped(found, rest, args, new, more, supervisor)
  end

  defp answer(:which_handlers, _, handlers), do: {Enum.map(handlers, &id/1), handlers}
  defp answer(_, _, handlers), do: {{:error, :bad_request}, handlers}

  defp id({module, false, _, _}), do: module
  defp id({module, id, _, _}), do: {module, id}

  defp taken(handler, handlers) do
    case Enum.split_while(handlers, &(id(&1) != handler)) do
      {before, [found | rest]} -> {found, before ++ rest}
      {_, []} -> {nil, handlers}
    end
  end

  defp named({module, id}), do: {module, id}
  defp named(module), do: {module, false}

  # ---- handlers at work

  defp notified([], _, _, _), do: []

  defp notified([handler | rest], function, event, name) do
    kept = updated(handler, function, event, name)
    kept ++ notified(rest, function, event, name)
  end

  defp updated({module, _, _, _} = handler, :handle_info, message, name) do
    if function_exported?(module, :handle_info, 2), do: changed(handler, :handle_info, message, name), else: [handler]
  end

  defp updated(handler, function, event, name), do: changed(handler, function, event, name)

  defp changed({module, id, state, supervisor} = handler, function, event, name) do
    case tried(fn -> :erlang.apply(module, function, [event, state]) end) do
      {:ok, state} ->
        [{module, id, state, supervisor}]

      {:ok, state, :hibernate} ->
        [{module, id, state, supervisor}]

      {:swap_handler, args, state, new, more} ->
        {_, handlers} = swapped({module, id, state, supervisor}, [], args, new, more, supervisor)
        handlers

      :remove_handler ->
        removed(handler, :remove_handler, :normal)
        []

      other ->
        failed(handler, other, name, event)
        []
    end
  end

  defp tried(fun) do
    try do
      fun.()
    catch
      :throw, value -> value
      :error, reason -> {:EXIT, {reason, __STACKTRACE__}}
      :exit, reason -> {:EXIT, reason}
    end
  end

  defp called({module, id, state, supervisor} = handler, request, {handlers, rest, name}) do
    case tried(fn -> module.handle_call(request, state) end) do
      {:ok, reply, state} ->
        {reply, Enum.map(handlers, &if(id(&1) == id(handler), do: {module, id, state, supervisor}, else: &1))}

      {:ok, reply, state, :hibernate} ->
        {reply, Enum.map(handlers, &if(id(&1) == id(handler), do: {module, id, state, supervisor}, else: &1))}

      {:swap_handler, reply, args, state, new, more} ->
        {_, handlers} = swapped({module, id, state, supervisor}, rest, args, new, more, supervisor)
        {reply, handlers}

      {:remove_handler, reply} ->
        removed(handler, :remove_handler, :normal)
        {reply, rest}

      other ->
        failed(handler, other, name, request)
        {{:error, other}, rest}
    end
  end

  defp added(handler, args, supervisor, handlers) do
    {module, id} = named(handler)

    case tried(fn -> module.init(args) end) do
      {:ok, state} -> {:ok, [{module, id, state, supervisor} | handlers]}
      {:ok, state, :hibernate} -> {:ok, [{module, id, state, supervisor} | handlers]}
      other -> {other, handlers}
    end
  end

  defp swapped(found, rest, args, new, more, supervisor) do
    result = if found, do: ended(found, args), else: :error
    if found, do: told(found, {:swapped, new, supervisor})
    added(new, {more, result}, supervisor, rest)
  end

  defp ended({module, _, state, _}, reason) do
    if function_exported?(module, :terminate, 2), do: tried(fn -> module.terminate(reason, state) end), else: :ok
  end

  defp removed(handler, args, told) do
    result = ended(handler, args)
    told(handler, told)
    result
  end

  defp failed({_, _, state, _} = handler, reason, name, message) do
    ended(handler, {:error, reason})
    Logger.Wording.report(:error, :event_handler_crash, {id(handler), name, message, state, reason})
    told(handler, reason)
  end

  defp told({_, _, _, false}, _), do: :ok
  defp told({_, _, _, supervisor} = handler, reason), do: send(supervisor, {:gen_event_EXIT, id(handler), reason})

  defp finish(reason, handlers) do
    Enum.each(handlers, &removed(&1, if(reason in [:normal, :shutdown], do: :stop, else: {:stop, reason}), :shutdown))
    :erlang.exit(reason)
  end

  # ---- what :sys asks for

  def system_continue(parent, debug, {name, handlers}), do: loop(parent, name, handlers, debug)
  def system_terminate(reason, _, _, {_, handlers}), do: finish(reason, handlers)
  def system_get_state({_, handlers}), do: {:ok, for({module, id, state, _} <- handlers, do: {module, id, state})}

  def system_replace_state(fun, {name, handlers}) do
    changed =
      for {module, id, state, supervisor} = handler <- handlers do
        case tried(fn -> fun.({module, id, state}) end) do
          {^module, ^id, state} -> {module, id, state, supervisor}
          _ -> handler
        end
      end

    {:ok, elem(system_get_state({name, changed}), 1), {name, changed}}
  end

  def system_code_change(misc, _, _, _), do: {:ok, misc}

  def format_status(_, [_, mode, parent, debug, {name, handlers}]) do
    records = for {module, id, state, supervisor} <- handlers, do: {:handler, module, id, state, supervisor}

    [
      header: :gen.header("Status for event handler", name),
      data: [{'Status', mode}, {'Logged Events', :sys.get_log(debug)}, {'Parent', parent}],
      items: {'Installed handlers', records}
    ]
  end
end
