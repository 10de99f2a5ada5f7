# OTP's servers.
defmodule :gen_server do
  def start(module, arg, options), do: :gen.start(:gen_server, :start, :nameless, module, arg, options)
  def start(name, module, arg, options), do: :gen.start(:gen_server, :start, name, module, arg, options)
  def start_link(module, arg, options), do: :gen.start(:gen_server, :start_link, :nameless, module, arg, options)
  def start_link(name, module, arg, options), do: :gen.start(:gen_server, :start_link, name, module, arg, options)

  def start_monitor(name, module, arg, options), do: watched(start(name, module, arg, options))
  def start_monitor(module, arg, options), do: watched(start(module, arg, options))

  defp watched(started) do
    case started do
      {:ok, pid} -> {:ok, {pid, :erlang.monitor(:process, pid)}}
      other -> other
    end
  end

  def init_it(starter, link, name, module, arg, options),
    do: :gen.named(starter, link, name, &init(starter, &1, name, module, arg, :sys.debug_options(:gen.option(options, :debug, []))))

  defp init(starter, parent, name, module, arg, debug) do
    result =
      try do
        {:ok, module.init(arg)}
      catch
        :throw, value -> {:ok, value}
        kind, reason -> {:caught, kind, reason, __STACKTRACE__}
      end

    case result do
      {:ok, {:ok, state}} -> begin(starter, parent, name, module, state, :infinity, debug)
      {:ok, {:ok, state, next}} -> begin(starter, parent, name, module, state, next, debug)
      {:ok, {:stop, reason}} -> give_up(starter, name, {:error, reason}, reason)
      {:ok, :ignore} -> give_up(starter, name, :ignore, :normal)
      {:ok, other} -> give_up(starter, name, {:error, {:bad_return_value, other}}, {:bad_return_value, other})
      {:caught, kind, reason, stack} ->
        :gen.unregister(name)
        :proc_lib.init_fail(starter, {:error, :gen.exit_reason(kind, reason, stack)})
        :erlang.raise(kind, reason, stack)
    end
  end

  defp begin(starter, parent, name, module, state, next, debug) do
    :proc_lib.init_ack(starter, {:ok, self()})
    loop(parent, :gen.shown_name(name), module, state, next, debug)
  end

  defp give_up(starter, name, answer, reason) do
    :gen.unregister(name)
    :proc_lib.init_fail(starter, answer)
    :erlang.exit(reason)
  end

  def enter_loop(module, options, state), do: enter_loop(module, options, state, self(), :infinity)
  def enter_loop(module, options, state, name) when not is_integer(name), do: enter_loop(module, options, state, name, :infinity)
  def enter_loop(module, options, state, timeout), do: enter_loop(module, options, state, self(), timeout)

  def enter_loop(module, options, state, name, timeout) do
    [parent | _] = :erlang.get(:"$ancestors")
    parent = if is_atom(parent), do: :erlang.whereis(parent), else: parent
    name = if is_pid(name), do: name, else: :gen.shown_name(name)
    loop(parent, name, module, state, timeout, :sys.debug_options(:gen.option(options, :debug, [])))
  end

  def loop(parent, name, module, state, {:continue, arg} = continue, debug),
    do: on_continue(arg, parent, name, module, state, continue, debug)

  def loop(parent, name, module, state, :hibernate, debug), do: loop(parent, name, module, state, :infinity, debug)

  def loop(parent, name, module, state, timeout, debug) do
    message =
      receive do
        message -> message
      after
        timeout -> :timeout
      end

    case message do
      {:system, from, request} -> :sys.handle_system_msg(request, from, parent, :gen_server, debug, {name, module, state, timeout})
      {:EXIT, ^parent, reason} -> finish({:exit, reason, []}, reason, name, module, state, message)
      _ -> dispatch(message, parent, name, module, state, noted(debug, name, {:in, message}))
    end
  end

  defp noted([], _, _), do: []
  defp noted(debug, name, event), do: :sys.handle_debug(debug, &print_event/3, name, event)

  defp print_event(device, {:in, {:"$gen_call", {from, _}, request}}, name),
    do: :io.format(device, "*DBG* ~tp got call ~tp from ~tw~n", [name, request, from])

  defp print_event(device, {:in, {:"$gen_cast", request}}, name), do: :io.format(device, "*DBG* ~tp got cast ~tp~n", [name, request])
  defp print_event(device, {:in, message}, name), do: :io.format(device, "*DBG* ~tp got ~tp~n", [name, message])

  defp print_event(device, {:out, reply, {to, _}, state}, name),
    do: :io.format(device, "*DBG* ~tp sent ~tp to ~tw, new state ~tp~n", [name, reply, to, state])

  defp print_event(device, {:noreply, state}, name), do: :io.format(device, "*DBG* ~tp new state ~tp~n", [name, state])
  defp print_event(device, event, name), do: :io.format(device, "*DBG* ~tp dbg  ~tp~n", [name, event])

  defp dispatch({:"$gen_call", _, _} = message, parent, name, module, state, debug),
    do: on_call(message, parent, name, module, state, debug)

  defp dispatch({:"$gen_cast", request} = message, parent, name, module, state, debug),
    do: on_other(:handle_cast, request, parent, name, module, {state, message}, debug)

  defp dispatch(message, parent, name, module, state, debug) do
    if function_exported?(module, :handle_info, 2),
      do: on_other(:handle_info, message, parent, name, module, {state, message}, debug),
      else: loop(parent, name, module, state, :infinity, debug)
  end

  defp on_call({:"$gen_call", from, request} = message, parent, name, module, state, debug) do
    case try_call(module, request, from, state) do
      {:ok, {:reply, reply, new}} -> answered(from, reply, parent, name, module, new, :infinity, debug)
      {:ok, {:reply, reply, new, next}} -> answered(from, reply, parent, name, module, new, next, debug)
      {:ok, {:stop, reason, reply, new}} ->
        try do
          finish({:exit, reason, []}, reason, name, module, new, message)
        after
          reply(from, reply)
        end

      other ->
        no_reply(other, parent, name, module, state, message, debug)
    end
  end

  defp answered(from, reply, parent, name, module, new, next, debug) do
    reply(from, reply)
    loop(parent, name, module, new, next, noted(debug, name, {:out, reply, from, new}))
  end

  defp on_other(function, message, parent, name, module, {state, received}, debug) do
    answer = try_other(module, function, message, state)
    no_reply(answer, parent, name, module, state, received, debug)
  end

  defp on_continue(arg, parent, name, module, state, continue, debug) do
    answer = try_other(module, :handle_continue, arg, state)
    no_reply(answer, parent, name, module, state, continue, debug)
  end

  defp try_call(module, request, from, state) do
    try do
      {:ok, module.handle_call(request, from, state)}
    catch
      :throw, value -> {:ok, value}
      kind, reason -> {:caught, kind, reason, __STACKTRACE__}
    end
  end

  defp try_other(module, function, message, state) do
    try do
      {:ok, :erlang.apply(module, function, [message, state])}
    catch
      :throw, value -> {:ok, value}
      kind, reason -> {:caught, kind, reason, __STACKTRACE__}
    end
  end

  defp no_reply(answer, parent, name, module, state, message, debug) do
    case answer do
      {:ok, {:noreply, new}} ->
        loop(parent, name, module, new, :infinity, noted(debug, name, {:noreply, new}))

      {:ok, {:noreply, new, next}} ->
        loop(parent, name, module, new, next, noted(debug, name, {:noreply, new}))

      {:ok, {:stop, reason, new}} ->
        finish({:exit, reason, []}, reason, name, module, new, message)

      {:caught, kind, reason, stack} ->
        finish({kind, reason, stack}, :gen.exit_reason(kind, reason, stack), name, module, state, message)

      {:ok, other} ->
        finish({:exit, {:bad_return_value, other}, []}, {:bad_return_value, other}, name, module, state, message)
    end
  end

  defp finish({kind, raised, stack}, reason, name, module, state, message) do
    if function_exported?(module, :terminate, 2) do
      try do
        module.terminate(reason, state)
      catch
        :throw, _ ->
          :ok

        kind, raised ->
          report(:gen.exit_reason(kind, raised, __STACKTRACE__), {kind, raised, __STACKTRACE__}, name, module, message, state)
          :erlang.raise(kind, raised, __STACKTRACE__)
      end
    end

    report(reason, {kind, raised, stack}, name, module, message, state)
    if stack == [], do: :erlang.exit(raised), else: :erlang.raise(kind, raised, stack)
  end

  defp report(:normal, _, _, _, _, _), do: :ok
  defp report(:shutdown, _, _, _, _, _), do: :ok
  defp report({:shutdown, _}, _, _, _, _, _), do: :ok

  defp report(_, {kind, raised, stack}, name, module, message, state) do
    what = if kind == :exit, do: {:exit, raised}, else: raised
    Logger.Wording.report(:error, :server_crash, {name, message, shown_state(module, state), what, stack})
  end

  # The state of a crashed server as its module wants it shown.
  defp shown_state(module, state) do
    cond do
      function_exported?(module, :__state__, 1) -> module.__state__(state)
      function_exported?(module, :format_status, 1) -> Map.get(formatted(module, state), :state, state)
      function_exported?(module, :format_status, 2) -> formatted(module, :terminate, state)
      true -> state
    end
  end

  # What a server shows of its state when it is asked for its status.
  defp status_of(module, state) do
    cond do
      function_exported?(module, :__callback__, 1) ->
        {:ok, shown} = shown(module, state)
        [data: [{'State', shown}], supervisor: [{'Callback', module.__callback__(state)}]]

      function_exported?(module, :format_status, 1) ->
        [data: [{'State', Map.get(formatted(module, state), :state, state)}]]

      function_exported?(module, :format_status, 2) ->
        List.wrap(formatted(module, :normal, state))

      true ->
        [data: [{'State', state}]]
    end
  end

  defp formatted(module, state) do
    module.format_status(%{state: state})
  catch
    _, _ -> %{state: state}
  end

  defp formatted(module, option, state) do
    module.format_status(option, [:erlang.get(), state])
  catch
    _, _ -> if option == :normal, do: [data: [{'State', state}]], else: state
  end

  # ---- what :sys asks for

  def system_continue(parent, debug, {name, module, state, timeout}), do: loop(parent, name, module, state, timeout, debug)
  def system_terminate(reason, _parent, _debug, {name, module, state, _}), do: finish({:exit, reason, []}, reason, name, module, state, [])

  def system_get_state({_, module, state, _}), do: shown(module, state)

  # Supervisors keep their state otherwise than OTP's; they know what it would be.
  defp shown(module, state) do
    if function_exported?(module, :__state__, 1), do: {:ok, module.__state__(state)}, else: {:ok, state}
  end

  def system_replace_state(fun, {name, module, state, timeout}) do
    state = fun.(state)
    {:ok, state, {name, module, state, timeout}}
  end

  def system_code_change({name, module, state, timeout}, _module, old, extra) do
    case module.code_change(old, state, extra) do
      {:ok, state} -> {:ok, {name, module, state, timeout}}
      other -> other
    end
  end

  def format_status(_, [_, mode, parent, debug, {name, module, state, _}]) do
    [
      header: :gen.header("Status for generic server", name),
      data: [{'Status', mode}, {'Parent', parent}, {'Logged events', :sys.get_log(debug)}]
    ] ++ status_of(module, state)
  end

  def reply(from, reply), do: :gen.reply(from, reply)

  def call(server, request), do: call(server, request, 5000)

  def call(server, request, timeout) do
    case :gen.exchange(server, :"$gen_call", request, timeout) do
      {:ok, reply} -> reply
      {:failed, reason} -> :erlang.exit({reason, {:gen_server, :call, call_args(server, request, timeout)}})
    end
  end

  defp call_args(server, request, 5000), do: [server, request]
  defp call_args(server, request, timeout), do: [server, request, timeout]

  def cast({:global, name}, request) do
    try do
      :global.send(name, {:"$gen_cast", request})
    catch
      _, _ -> :ok
    end

    :ok
  end

  def cast({:via, module, name}, request) do
    try do
      module.send(name, {:"$gen_cast", request})
    catch
      _, _ -> :ok
    end

    :ok
  end

  def cast(destination, request) do
    try do
      send(destination, {:"$gen_cast", request})
    catch
      _, _ -> :ok
    end

    :ok
  end

  def abcast(name, request), do: abcast([node() | :erlang.nodes()], name, request)

  def abcast(nodes, name, request) do
    :lists.foreach(fn node -> cast({name, node}, request) end, nodes)
    :abcast
  end

  def multi_call(name, request), do: multi_call([node() | :erlang.nodes()], name, request, :infinity)
  def multi_call(nodes, name, request), do: multi_call(nodes, name, request, :infinity)

  def multi_call(nodes, name, request, timeout)
      when is_list(nodes) and is_atom(name) and (timeout == :infinity or (is_integer(timeout) and timeout >= 0)) do
    pending =
      :lists.map(
        fn node ->
          ref = :erlang.monitor(:process, {name, node}, alias: :demonitor)
          :erlang.send({name, node}, {:"$gen_call", {self(), [[:alias | ref] | ref]}, request}, [:noconnect])
          {node, ref}
        end,
        nodes
      )

    timer = if timeout != :infinity, do: :erlang.start_timer(timeout, self(), :multi_call)
    result = collect(:lists.reverse(pending), timer, [], [])

    if timer do
      :erlang.cancel_timer(timer)

      receive do
        {:timeout, ^timer, _} -> :ok
      after
        0 -> :ok
      end
    end

    result
  end

  defp collect([], _, replies, bad), do: {replies, bad}

  defp collect([{node, ref} | rest], timer, replies, bad) do
    receive do
      {[[:alias | ^ref] | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        collect(rest, timer, [{node, reply} | replies], bad)

      {:DOWN, ^ref, _, _, _} ->
        collect(rest, timer, replies, [node | bad])

      {:timeout, ^timer, _} ->
        :erlang.demonitor(ref, [:flush])
        collect_now(rest, replies, [node | bad])
    end
  end

  defp collect_now([], replies, bad), do: {replies, bad}

  defp collect_now([{node, ref} | rest], replies, bad) do
    receive do
      {[[:alias | ^ref] | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        collect_now(rest, [{node, reply} | replies], bad)
    after
      0 ->
        :erlang.demonitor(ref, [:flush])
        collect_now(rest, replies, [node | bad])
    end
  end

  def stop(server), do: :gen.stop(server)
  def stop(server, reason, timeout), do: :gen.stop(server, reason, timeout)

  # Requests whose answers are received later.

  def send_request(server, request), do: :gen.send_request(server, request)
  def send_request(server, request, label, requests) when is_map(requests), do: Map.put(requests, :gen.send_request(server, request), label)
  def reqids_new(), do: :gen.reqids_new()
  def reqids_size(requests), do: :gen.reqids_size(requests)
  def reqids_add(ref, label, requests), do: :gen.reqids_add(ref, label, requests)
  def reqids_to_list(requests), do: :gen.reqids_to_list(requests)
  def wait_response(ref), do: :gen.wait_response(ref)
  def wait_response(ref, timeout), do: :gen.wait_response(ref, timeout)
  def wait_response(requests, timeout, delete), do: :gen.wait_response(requests, timeout, delete)
  def receive_response(ref), do: :gen.receive_response(ref)
  def receive_response(ref, timeout), do: :gen.receive_response(ref, timeout)
  def receive_response(requests, timeout, delete), do: :gen.receive_response(requests, timeout, delete)
  def check_response(message, ref), do: :gen.check_response(message, ref)
  def check_response(message, requests, delete), do: :gen.check_response(message, requests, delete)
end
