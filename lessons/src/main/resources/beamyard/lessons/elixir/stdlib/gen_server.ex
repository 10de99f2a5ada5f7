# Processes that start in step with their parent, and the loop of a server.
defmodule :proc_lib do
  def spawn(fun) when is_function(fun, 0), do: :erlang.spawn(:proc_lib, :init_p, [self(), ancestors(), :erlang, :apply, [fun, []]])
  def spawn(m, f, a), do: :erlang.spawn(:proc_lib, :init_p, [self(), ancestors(), m, f, a])
  def spawn_link(fun) when is_function(fun, 0), do: :erlang.spawn_link(:proc_lib, :init_p, [self(), ancestors(), :erlang, :apply, [fun, []]])
  def spawn_link(m, f, a), do: :erlang.spawn_link(:proc_lib, :init_p, [self(), ancestors(), m, f, a])
  def spawn_opt(fun, opts), do: :erlang.spawn_opt(:proc_lib, :init_p, [self(), ancestors(), :erlang, :apply, [fun, []]], opts)
  def spawn_opt(m, f, a, opts), do: :erlang.spawn_opt(:proc_lib, :init_p, [self(), ancestors(), m, f, a], opts)

  def start(m, f, a, timeout \\ :infinity, opts \\ []) do
    {pid, ref} = :erlang.spawn_opt(:proc_lib, :init_p, [self(), ancestors(), m, f, a], [:monitor | opts])

    receive do
      {:ack, ^pid, answer} ->
        :erlang.demonitor(ref, [:flush])
        answer

      {:nack, ^pid, answer} ->
        receive do: ({:DOWN, ^ref, :process, ^pid, _} -> answer)

      {:DOWN, ^ref, :process, ^pid, reason} ->
        {:error, reason}
    after
      timeout ->
        :erlang.exit(pid, :kill)
        receive do: ({:DOWN, ^ref, :process, ^pid, _} -> {:error, :timeout})
    end
  end

  def start_link(m, f, a, timeout \\ :infinity, opts \\ []) do
    pid = :erlang.spawn_opt(:proc_lib, :init_p, [self(), ancestors(), m, f, a], [:link | opts])

    receive do
      {:ack, ^pid, answer} -> answer
      {:nack, ^pid, answer} -> after_end(pid, answer)
      {:EXIT, ^pid, reason} -> {:error, reason}
    after
      timeout ->
        :erlang.unlink(pid)
        :erlang.exit(pid, :kill)

        receive do
          {:EXIT, ^pid, _} -> {:error, :timeout}
        after
          0 -> {:error, :timeout}
        end
    end
  end

  # A process that could not start ends at once; its parent goes on only then, as the link may take it down too.
  defp after_end(pid, answer) do
    ref = :erlang.monitor(:process, pid)
    receive do: ({:DOWN, ^ref, :process, ^pid, _} -> answer)
  end

  def init_fail(parent, answer) do
    send(parent, {:nack, self(), answer})
    :ok
  end

  def init_ack(parent, answer) do
    send(parent, {:ack, self(), answer})
    :ok
  end

  def init_ack(answer) do
    [parent | _] = :erlang.get(:"$ancestors")
    parent = if is_atom(parent), do: :erlang.whereis(parent), else: parent
    init_ack(parent, answer)
  end

  def init_p(parent, ancestors, m, f, a) do
    name = name_or_pid(parent)
    :erlang.put(:"$ancestors", [name | ancestors])
    :erlang.put(:"$initial_call", initial_call(m, f, a))

    try do
      :erlang.apply(m, f, a)
    catch
      kind, reason -> crash(kind, reason, __STACKTRACE__)
    end
  end

  defp crash(:exit, reason, _), do: crash_with(reason, reason)
  defp crash(:error, reason, stack), do: crash_with({reason, stack}, reason)
  defp crash(:throw, reason, stack), do: crash_with({{:nocatch, reason}, stack}, {:nocatch, reason})

  defp crash_with(reason, _) do
    case reason do
      :normal -> :ok
      :shutdown -> :ok
      {:shutdown, _} -> :ok
      _ -> Logger.Wording.report(:error, :proc_lib_crash, {reason})
    end

    :erlang.exit(reason)
  end

  defp initial_call(:gen_server, :init_it, [_, _, _, module, _, _]), do: {module, :init, 1}
  defp initial_call(m, f, a), do: {m, f, length(a)}

  defp ancestors() do
    case :erlang.get(:"$ancestors") do
      list when is_list(list) -> list
      _ -> []
    end
  end

  defp name_or_pid(pid) when node(pid) == node() do
    case :erlang.process_info(pid, :registered_name) do
      {:registered_name, name} -> name
      _ -> pid
    end
  end

  defp name_or_pid(pid), do: pid

  def stop(process), do: stop(process, :normal, :infinity)

  def stop(process, reason, timeout) do
    {pid, ref} =
      :erlang.spawn_monitor(fn ->
        try do
          :sys.terminate(process, reason, :infinity)
        catch
          :exit, {:noproc, {:sys, :terminate, _}} -> :erlang.exit(:noproc)
        end
      end)

    wait_stopped(process, pid, ref, reason, timeout)
  end

  defp wait_stopped(process, pid, ref, reason, timeout) do
    watch = :erlang.monitor(:process, process)

    receive do
      {:DOWN, ^watch, _, _, ^reason} ->
        :erlang.demonitor(ref, [:flush])
        :ok

      {:DOWN, ^watch, _, _, other} when other != :noconnection and other != :noproc ->
        :erlang.demonitor(ref, [:flush])
        :erlang.exit(other)

      {:DOWN, ^ref, _, _, failure} when failure != :normal ->
        :erlang.demonitor(watch, [:flush])
        :erlang.exit(failure)
    after
      timeout ->
        :erlang.demonitor(watch, [:flush])
        :erlang.demonitor(ref, [:flush])
        :erlang.exit(pid, :kill)
        :erlang.exit(:timeout)
    end
  end
end

defmodule :sys do
  # Questions and orders that every well-behaved process answers beside its own messages.

  def get_state(server), do: ask(server, :get_state, 5000, :get_state, [server]) |> answered()
  def get_state(server, timeout), do: ask(server, :get_state, timeout, :get_state, [server, timeout]) |> answered()

  def replace_state(server, fun), do: ask(server, {:replace_state, fun}, 5000, :replace_state, [server, fun]) |> answered()

  def replace_state(server, fun, timeout),
    do: ask(server, {:replace_state, fun}, timeout, :replace_state, [server, fun, timeout]) |> answered()

  def get_status(server), do: ask(server, :get_status, 5000, :get_status, [server])
  def get_status(server, timeout), do: ask(server, :get_status, timeout, :get_status, [server, timeout])
  def suspend(server), do: ask(server, :suspend, 5000, :suspend, [server])
  def suspend(server, timeout), do: ask(server, :suspend, timeout, :suspend, [server, timeout])
  def resume(server), do: ask(server, :resume, 5000, :resume, [server])
  def resume(server, timeout), do: ask(server, :resume, timeout, :resume, [server, timeout])
  def terminate(server, reason), do: ask(server, {:terminate, reason}, 5000, :terminate, [server, reason])
  def terminate(server, reason, timeout), do: ask(server, {:terminate, reason}, timeout, :terminate, [server, reason, timeout])

  def statistics(server, flag), do: ask(server, {:debug, {:statistics, flag}}, 5000, :statistics, [server, flag])

  def statistics(server, flag, timeout),
    do: ask(server, {:debug, {:statistics, flag}}, timeout, :statistics, [server, flag, timeout])

  def trace(server, flag), do: ask(server, {:debug, {:trace, flag}}, 5000, :trace, [server, flag])
  def trace(server, flag, timeout), do: ask(server, {:debug, {:trace, flag}}, timeout, :trace, [server, flag, timeout])
  def log(server, flag), do: ask(server, {:debug, {:log, flag}}, 5000, :log, [server, flag])
  def log(server, flag, timeout), do: ask(server, {:debug, {:log, flag}}, timeout, :log, [server, flag, timeout])
  def no_debug(server), do: ask(server, {:debug, :no_debug}, 5000, :no_debug, [server])
  def no_debug(server, timeout), do: ask(server, {:debug, :no_debug}, timeout, :no_debug, [server, timeout])

  defp ask(server, request, timeout, function, args) do
    case :gen_server.exchange(server, :system, request, timeout) do
      {:ok, answer} -> answer
      {:failed, reason} -> :erlang.exit({reason, {:sys, function, args}})
    end
  end

  defp answered({:ok, value}), do: value
  defp answered({:error, error}), do: :erlang.error(error)

  def handle_debug(debug, _, _, _), do: debug
  def debug_options(_), do: []

  # The numbers of a process that counts its messages; they live in its dictionary.

  @counts :"$sys_statistics"

  def __count__(place) do
    case :erlang.get(@counts) do
      {_, _, _, _} = counts -> :erlang.put(@counts, put_elem(counts, place, elem(counts, place) + 1))
      _ -> :ok
    end
  end

  def __debug__({:statistics, true}) do
    {:reductions, reductions} = :erlang.process_info(self(), :reductions)
    :erlang.put(@counts, {:erlang.localtime(), reductions, 0, 0})
    :ok
  end

  def __debug__({:statistics, false}), do: __debug__(:no_debug)

  def __debug__({:statistics, :get}) do
    case :erlang.get(@counts) do
      {start, before, received, sent} ->
        {:reductions, reductions} = :erlang.process_info(self(), :reductions)

        {:ok,
         [
           start_time: start,
           current_time: :erlang.localtime(),
           reductions: reductions - before,
           messages_in: received,
           messages_out: sent
         ]}

      _ ->
        {:ok, :no_statistics}
    end
  end

  def __debug__({:log, :get}), do: {:ok, []}

  def __debug__(:no_debug) do
    :erlang.erase(@counts)
    :ok
  end

  def __debug__(_), do: :ok
end

defmodule :gen do
  # An answer to a call, through the alias if the caller made one.

  def reply({_to, [:alias | alias] = tag}, reply), do: told(alias, {tag, reply})
  def reply({_to, [[:alias | alias] | _] = tag}, reply), do: told(alias, {tag, reply})

  def reply({to, tag}, reply) do
    try do
      told(to, {tag, reply})
    catch
      _, _ -> :ok
    end
  end

  defp told(to, message) do
    send(to, message)
    :sys.__count__(3)
    :ok
  end
end

defmodule :gen_server do
  def start(module, arg, options), do: launch(:start, :nameless, module, arg, options)
  def start(name, module, arg, options), do: launch(:start, name, module, arg, options)
  def start_link(module, arg, options), do: launch(:start_link, :nameless, module, arg, options)
  def start_link(name, module, arg, options), do: launch(:start_link, name, module, arg, options)

  def start_monitor(module, arg, options) do
    case start(module, arg, options) do
      {:ok, pid} -> {:ok, {pid, :erlang.monitor(:process, pid)}}
      other -> other
    end
  end

  defp launch(how, name, module, arg, options) do
    case whereis_name(name) do
      pid when is_pid(pid) ->
        {:error, {:already_started, pid}}

      :undefined ->
        timeout = option(options, :timeout, :infinity)
        link = if how == :start_link, do: self(), else: :nolink
        spawn_options = option(options, :spawn_opt, [])
        :erlang.apply(:proc_lib, how, [:gen_server, :init_it, [self(), link, name, module, arg, options], timeout, spawn_options])
    end
  end

  defp option(options, key, default) do
    case :lists.keyfind(key, 1, options) do
      {_, value} -> value
      false -> default
    end
  end

  defp whereis_name(:nameless), do: :undefined
  defp whereis_name({:local, name}), do: :erlang.whereis(name)
  defp whereis_name({:global, name}), do: :global.whereis_name(name)
  defp whereis_name({:via, module, name}), do: module.whereis_name(name)

  defp register(:nameless), do: true

  defp register({:local, name}) do
    try do
      :erlang.register(name, self())
    catch
      :error, _ -> {false, :erlang.whereis(name)}
    end
  end

  defp register({:global, name}) do
    case :global.register_name(name, self()) do
      :yes -> true
      :no -> {false, :global.whereis_name(name)}
    end
  end

  defp register({:via, module, name}) do
    case module.register_name(name, self()) do
      :yes -> true
      :no -> {false, module.whereis_name(name)}
    end
  end

  defp unregister({:local, name}) do
    try do
      :erlang.unregister(name)
    catch
      _, _ -> :ok
    end
  end

  defp unregister({:global, name}), do: :global.unregister_name(name)
  defp unregister({:via, module, name}), do: module.unregister_name(name)
  defp unregister(_), do: :ok

  def init_it(starter, link, name, module, arg, options) do
    case register(name) do
      true ->
        parent = if link == :nolink, do: self(), else: link
        init(starter, parent, name, module, arg, options)

      {false, pid} ->
        :proc_lib.init_fail(starter, {:error, {:already_started, pid}})
    end
  end

  defp init(starter, parent, name, module, arg, _options) do
    result =
      try do
        {:ok, module.init(arg)}
      catch
        :throw, value -> {:ok, value}
        kind, reason -> {:caught, kind, reason, __STACKTRACE__}
      end

    shown = shown_name(name)

    case result do
      {:ok, {:ok, state}} ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(parent, shown, module, state, :infinity)

      {:ok, {:ok, state, {:continue, _} = continue}} ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(parent, shown, module, state, continue)

      {:ok, {:ok, state, :hibernate}} ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(parent, shown, module, state, :infinity)

      {:ok, {:ok, state, timeout}} ->
        :proc_lib.init_ack(starter, {:ok, self()})
        loop(parent, shown, module, state, timeout)

      {:ok, {:stop, reason}} ->
        unregister(name)
        :proc_lib.init_fail(starter, {:error, reason})
        :erlang.exit(reason)

      {:ok, :ignore} ->
        unregister(name)
        :proc_lib.init_fail(starter, :ignore)
        :erlang.exit(:normal)

      {:caught, kind, reason, stack} ->
        unregister(name)
        :proc_lib.init_fail(starter, {:error, exit_reason(kind, reason, stack)})
        :erlang.raise(kind, reason, stack)

      {:ok, other} ->
        unregister(name)
        error = {:bad_return_value, other}
        :proc_lib.init_fail(starter, {:error, error})
        :erlang.exit(error)
    end
  end

  defp shown_name(:nameless), do: self()
  defp shown_name({:local, name}), do: name
  defp shown_name({:global, name}), do: name
  defp shown_name({:via, _, name}), do: name

  defp exit_reason(:error, reason, stack), do: {reason, stack}
  defp exit_reason(:exit, reason, _), do: reason
  defp exit_reason(:throw, reason, stack), do: {{:nocatch, reason}, stack}

  def enter_loop(module, options, state), do: enter_loop(module, options, state, self(), :infinity)
  def enter_loop(module, options, state, name) when not is_integer(name), do: enter_loop(module, options, state, name, :infinity)
  def enter_loop(module, options, state, timeout), do: enter_loop(module, options, state, self(), timeout)

  def enter_loop(module, _options, state, _name, timeout) do
    [parent | _] = :erlang.get(:"$ancestors")
    loop(parent, self(), module, state, timeout)
  end

  def loop(parent, name, module, state, {:continue, arg} = continue),
    do: on_continue(arg, parent, name, module, state, continue)

  def loop(parent, name, module, state, :hibernate), do: loop(parent, name, module, state, :infinity)

  def loop(parent, name, module, state, timeout) do
    message =
      receive do
        message -> message
      after
        timeout -> :timeout
      end

    case message do
      {:system, from, request} -> system(request, from, parent, name, module, state, timeout)
      {:EXIT, ^parent, reason} -> finish({:exit, reason, []}, reason, name, module, state, message)
      _ ->
        :sys.__count__(2)
        dispatch(message, parent, name, module, state)
    end
  end

  defp dispatch({:"$gen_call", _, _} = message, parent, name, module, state), do: on_call(message, parent, name, module, state)

  defp dispatch({:"$gen_cast", request} = message, parent, name, module, state),
    do: on_other(:handle_cast, request, parent, name, module, {state, message})

  defp dispatch(message, parent, name, module, state) do
    if function_exported?(module, :handle_info, 2),
      do: on_other(:handle_info, message, parent, name, module, {state, message}),
      else: loop(parent, name, module, state, :infinity)
  end

  defp on_call({:"$gen_call", from, request} = message, parent, name, module, state) do
    case try_call(module, request, from, state) do
      {:ok, {:reply, reply, new}} ->
        reply(from, reply)
        loop(parent, name, module, new, :infinity)

      {:ok, {:reply, reply, new, next}} ->
        reply(from, reply)
        loop(parent, name, module, new, next)

      {:ok, {:stop, reason, reply, new}} ->
        try do
          finish({:exit, reason, []}, reason, name, module, new, message)
        after
          reply(from, reply)
        end

      other ->
        no_reply(other, parent, name, module, state, message)
    end
  end

  defp on_other(function, message, parent, name, module, {state, received}) do
    answer = try_other(module, function, message, state)
    no_reply(answer, parent, name, module, state, received)
  end

  defp on_continue(arg, parent, name, module, state, continue) do
    answer = try_other(module, :handle_continue, arg, state)
    no_reply(answer, parent, name, module, state, continue)
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

  defp no_reply(answer, parent, name, module, state, message) do
    case answer do
      {:ok, {:noreply, new}} ->
        loop(parent, name, module, new, :infinity)

      {:ok, {:noreply, new, next}} ->
        loop(parent, name, module, new, next)

      {:ok, {:stop, reason, new}} ->
        finish({:exit, reason, []}, reason, name, module, new, message)

      {:caught, kind, reason, stack} ->
        finish({kind, reason, stack}, exit_reason(kind, reason, stack), name, module, state, message)

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
          report(exit_reason(kind, raised, __STACKTRACE__), {kind, raised, __STACKTRACE__}, name, module, message, state)
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
      function_exported?(module, :format_status, 1) -> Map.get(formatted(module, state), :state, state)
      function_exported?(module, :format_status, 2) -> formatted(module, :terminate, state)
      true -> state
    end
  end

  # What a server shows of its state when it is asked for its status.
  defp status_of(module, state) do
    cond do
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

  defp system(request, from, parent, name, module, state, timeout, mode \\ :running) do
    case request do
      :get_state ->
        reply(from, {:ok, state})
        go_on(mode, parent, name, module, state, timeout)

      {:replace_state, fun} ->
        new = replaced(fun, state)
        reply(from, new)
        state = if elem(new, 0) == :ok, do: elem(new, 1), else: state
        go_on(mode, parent, name, module, state, timeout)

      :get_status ->
        reply(from, status(mode, parent, name, module, state))
        go_on(mode, parent, name, module, state, timeout)

      :suspend ->
        reply(from, :ok)
        go_on(:suspended, parent, name, module, state, timeout)

      :resume ->
        reply(from, :ok)
        go_on(:running, parent, name, module, state, timeout)

      {:debug, what} ->
        reply(from, :sys.__debug__(what))
        go_on(mode, parent, name, module, state, timeout)

      {:terminate, reason} ->
        reply(from, :ok)
        finish({:exit, reason, []}, reason, name, module, state, {:system, from, request})

      _ ->
        reply(from, {:error, {:unknown_system_msg, request}})
        go_on(mode, parent, name, module, state, timeout)
    end
  end

  defp replaced(fun, state) do
    try do
      {:ok, fun.(state)}
    catch
      kind, reason -> {:error, {:callback_failed, {:gen_server, :system_replace_state}, {kind, reason}}}
    end
  end

  defp status(mode, parent, name, module, state) do
    header = ["Status for generic server ", if(is_atom(name), do: Atom.to_string(name), else: :erlang.pid_to_list(self()))]

    {:status, self(), {:module, :gen_server},
     [
       :erlang.get(),
       mode,
       parent,
       [],
       [
         header: :unicode.characters_to_list(header),
         data: [{'Status', mode}, {'Parent', parent}, {'Logged events', []}]
       ] ++ status_of(module, state)
     ]}
  end

  defp go_on(:running, parent, name, module, state, timeout), do: loop(parent, name, module, state, timeout)
  defp go_on(:suspended, parent, name, module, state, timeout), do: suspended(parent, name, module, state, timeout)

  defp suspended(parent, name, module, state, timeout) do
    receive do
      {:system, from, request} -> system(request, from, parent, name, module, state, timeout, :suspended)
      {:EXIT, ^parent, reason} -> finish({:exit, reason, []}, reason, name, module, state, {:EXIT, parent, reason})
    end
  end

  def reply(from, reply), do: :gen.reply(from, reply)

  def call(server, request), do: call(server, request, 5000)

  def call(server, request, timeout) do
    case exchange(server, :"$gen_call", request, timeout) do
      {:ok, reply} -> reply
      {:failed, reason} -> :erlang.exit({reason, {:gen_server, :call, call_args(server, request, timeout)}})
    end
  end

  defp call_args(server, request, 5000), do: [server, request]
  defp call_args(server, request, timeout), do: [server, request, timeout]

  # {:ok, reply}, or {:failed, reason} with the reason of the exit that the caller's call becomes
  def exchange(server, label, request, timeout) do
    case destination(server) do
      :undefined -> {:failed, :noproc}
      pid when pid == self() -> {:failed, :calling_self}
      destination -> ask(destination, label, request, timeout)
    end
  end

  defp ask(destination, label, request, timeout) do
    monitor =
      try do
        :erlang.monitor(:process, destination, alias: :demonitor)
      catch
        :error, _ -> :unreachable
      end

    case monitor do
      :unreachable ->
        {:failed, {:nodedown, node_of(destination)}}

      ref ->
        :erlang.send(destination, {label, {self(), [:alias | ref]}, request}, [:noconnect])

        receive do
          {[:alias | ^ref], reply} ->
            :erlang.demonitor(ref, [:flush])
            {:ok, reply}

          {:DOWN, ^ref, _, _, :noconnection} ->
            {:failed, {:nodedown, node_of(destination)}}

          {:DOWN, ^ref, _, _, reason} ->
            {:failed, reason}
        after
          timeout ->
            :erlang.demonitor(ref, [:flush])

            receive do
              {[:alias | ^ref], reply} -> {:ok, reply}
            after
              0 -> {:failed, :timeout}
            end
        end
    end
  end

  defp node_of(pid) when is_pid(pid), do: node(pid)
  defp node_of({_, node}), do: node
  defp node_of(_), do: node()

  def destination(pid) when is_pid(pid), do: pid
  def destination(name) when is_atom(name), do: :erlang.whereis(name)
  def destination({:global, name}), do: :global.whereis_name(name)
  def destination({:via, module, name}), do: module.whereis_name(name)
  def destination({name, node}) when node == node() and is_atom(name), do: :erlang.whereis(name)
  def destination({name, node} = destination) when is_atom(name) and is_atom(node), do: destination

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

  def stop(server), do: :proc_lib.stop(server)
  def stop(server, reason, timeout), do: :proc_lib.stop(server, reason, timeout)

  # Requests whose answers are received later. A collection is a map from the reference of each to its label.

  def send_request(server, request) do
    destination = destination(server)

    ref =
      try do
        :erlang.monitor(:process, destination, alias: :demonitor)
      catch
        :error, _ -> make_ref()
      end

    if destination != :undefined, do: :erlang.send(destination, {:"$gen_call", {self(), [:alias | ref]}, request}, [:noconnect])
    ref
  end

  def send_request(server, request, label, requests) when is_map(requests),
    do: Map.put(requests, send_request(server, request), label)

  def reqids_new(), do: %{}
  def reqids_size(requests) when is_map(requests), do: map_size(requests)
  def reqids_add(ref, label, requests) when is_reference(ref) and is_map(requests), do: Map.put(requests, ref, label)
  def reqids_to_list(requests) when is_map(requests), do: :maps.to_list(requests)

  def wait_response(ref), do: wait_response(ref, :infinity)
  def wait_response(ref, timeout), do: answer(ref, until(timeout), :keep)
  def wait_response(requests, timeout, delete), do: answer_of_many(requests, until(timeout), delete, :keep)
  def receive_response(ref), do: receive_response(ref, :infinity)
  def receive_response(ref, timeout), do: answer(ref, until(timeout), :abandon)
  def receive_response(requests, timeout, delete), do: answer_of_many(requests, until(timeout), delete, :abandon)

  defp until({:abs, instant}), do: max(instant - :erlang.monotonic_time(:millisecond), 0)
  defp until(timeout), do: timeout

  defp answer(ref, timeout, late) do
    receive do
      {[:alias | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        {:reply, reply}

      {:DOWN, ^ref, _, object, reason} ->
        {:error, {reason, object}}
    after
      timeout ->
        if late == :abandon, do: :erlang.demonitor(ref, [:flush])
        :timeout
    end
  end

  defp answer_of_many(requests, _, _, _) when map_size(requests) == 0, do: :no_request

  defp answer_of_many(requests, timeout, delete, late) do
    receive do
      {[:alias | ref], reply} when is_map_key(requests, ref) ->
        :erlang.demonitor(ref, [:flush])
        {{:reply, reply}, Map.fetch!(requests, ref), left(requests, ref, delete)}

      {:DOWN, ref, _, object, reason} when is_map_key(requests, ref) ->
        {{:error, {reason, object}}, Map.fetch!(requests, ref), left(requests, ref, delete)}
    after
      timeout ->
        if late == :abandon, do: for(ref <- Map.keys(requests), do: :erlang.demonitor(ref, [:flush]))
        :timeout
    end
  end

  defp left(requests, ref, true), do: Map.delete(requests, ref)
  defp left(requests, _, false), do: requests

  def check_response({[:alias | ref], reply}, ref) when is_reference(ref) do
    :erlang.demonitor(ref, [:flush])
    {:reply, reply}
  end

  def check_response({:DOWN, ref, _, object, reason}, ref) when is_reference(ref), do: {:error, {reason, object}}
  def check_response(_, ref) when is_reference(ref), do: :no_reply
  def check_response(_, requests, _) when map_size(requests) == 0, do: :no_request

  def check_response({[:alias | ref], _} = message, requests, delete) when is_map_key(requests, ref),
    do: {check_response(message, ref), Map.fetch!(requests, ref), left(requests, ref, delete)}

  def check_response({:DOWN, ref, _, _, _} = message, requests, delete) when is_map_key(requests, ref),
    do: {check_response(message, ref), Map.fetch!(requests, ref), left(requests, ref, delete)}

  def check_response(_, requests, _) when is_map(requests), do: :no_reply
end

defmodule GenServer do
  defmacro __using__(opts) do
    quote do
      @behaviour GenServer
      @before_compile GenServer

      def child_spec(init_arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}}
        Supervisor.child_spec(default, unquote(opts))
      end

      def handle_call(_message, _from, _state) do
        process = GenServer.__shown__(self())
        raise "attempted to call GenServer #{inspect(process)} but no handle_call/3 clause was provided"
      end

      def handle_info(message, state) do
        GenServer.__unexpected__(__MODULE__, message)
        {:noreply, state}
      end

      def handle_cast(_message, _state) do
        process = GenServer.__shown__(self())
        raise "attempted to cast GenServer #{inspect(process)} but no handle_cast/2 clause was provided"
      end

      def terminate(_reason, _state), do: :ok
      def code_change(_old, state, _extra), do: {:ok, state}

      defoverridable child_spec: 1, handle_call: 3, handle_info: 2, handle_cast: 2, terminate: 2, code_change: 3
    end
  end

  defmacro __before_compile__(env) do
    unless Module.defines?(env.module, {:init, 1}) do
      :elixir_errors.module_warning(env.module, """
      function init/1 required by behaviour GenServer is not implemented (in module #{inspect(env.module)}).

      We will inject a default implementation for now:

          def init(init_arg) do
            {:ok, init_arg}
          end

      You can copy the implementation above or define your own that converts the arguments given to \
      GenServer.start_link/3 to the server state.
      """)

      quote do
        def init(init_arg), do: {:ok, init_arg}
        defoverridable init: 1
      end
    end
  end

  def __unexpected__(module, message),
    do: Logger.Wording.report(:error, :unexpected_message, {module, __shown__(self()), message})

  def __shown__(pid) do
    case Process.info(pid, :registered_name) do
      {_, []} -> pid
      {_, name} -> name
    end
  end

  def start_link(module, init_arg, options \\ []) when is_atom(module) and is_list(options),
    do: launch(:start_link, module, init_arg, options)

  def start(module, init_arg, options \\ []) when is_atom(module) and is_list(options),
    do: launch(:start, module, init_arg, options)

  defp launch(how, module, init_arg, options) do
    case Keyword.pop(options, :name) do
      {nil, options} ->
        :erlang.apply(:gen_server, how, [module, init_arg, options])

      {name, options} when is_atom(name) ->
        :erlang.apply(:gen_server, how, [{:local, name}, module, init_arg, options])

      {{:global, _} = name, options} ->
        :erlang.apply(:gen_server, how, [name, module, init_arg, options])

      {{:via, via, _} = name, options} when is_atom(via) ->
        :erlang.apply(:gen_server, how, [name, module, init_arg, options])

      {other, _} ->
        raise ArgumentError,
              "expected :name option to be one of the following:\n\n  * nil\n  * atom\n  * {:global, term}\n" <>
                "  * {:via, module, term}\n\nGot: #{inspect(other)}\n"
    end
  end

  def call(server, request, timeout \\ 5000)
      when (is_integer(timeout) and timeout >= 0) or timeout == :infinity do
    case whereis(server) do
      nil ->
        exit({:noproc, {GenServer, :call, [server, request, timeout]}})

      pid ->
        case :gen_server.exchange(pid, :"$gen_call", request, timeout) do
          {:ok, reply} -> reply
          {:failed, reason} -> exit({reason, {GenServer, :call, [server, request, timeout]}})
        end
    end
  end

  def cast(server, request)
  def cast({:global, _} = server, request), do: :gen_server.cast(server, request)
  def cast({:via, _, _} = server, request), do: :gen_server.cast(server, request)
  def cast({name, node} = server, request) when is_atom(name) and is_atom(node), do: :gen_server.cast(server, request)
  def cast(server, request) when is_atom(server) or is_pid(server), do: :gen_server.cast(server, request)
  def abcast(nodes \\ [node() | :erlang.nodes()], name, request) when is_list(nodes) and is_atom(name),
    do: :gen_server.abcast(nodes, name, request)

  def multi_call(nodes \\ [node() | :erlang.nodes()], name, request, timeout \\ :infinity),
    do: :gen_server.multi_call(nodes, name, request, timeout)

  def reply(client, reply), do: :gen_server.reply(client, reply)

  def stop(server, reason \\ :normal, timeout \\ :infinity) do
    case whereis(server) do
      nil ->
        exit({:noproc, {GenServer, :stop, [server, reason, timeout]}})

      pid when pid == self() ->
        exit({:calling_self, {GenServer, :stop, [server, reason, timeout]}})

      pid ->
        try do
          :proc_lib.stop(pid, reason, timeout)
        catch
          :exit, error -> exit({error, {GenServer, :stop, [server, reason, timeout]}})
        end
    end
  end

  def whereis(server)
  def whereis(pid) when is_pid(pid), do: pid

  def whereis(name) when is_atom(name) do
    case :erlang.whereis(name) do
      :undefined -> nil
      pid -> pid
    end
  end

  def whereis({:global, name}) do
    case :global.whereis_name(name) do
      :undefined -> nil
      pid -> pid
    end
  end

  def whereis({:via, module, name}) do
    case module.whereis_name(name) do
      :undefined -> nil
      pid -> pid
    end
  end

  def whereis({name, local}) when is_atom(name) and local == node(), do: whereis(name)
  def whereis({name, node} = server) when is_atom(name) and is_atom(node), do: server
end

defmodule Agent do
  defmacro __using__(opts) do
    quote do
      def child_spec(arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}}
        Supervisor.child_spec(default, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  def child_spec(arg), do: %{id: Agent, start: {Agent, :start_link, [arg]}}
  def start_link(fun, options \\ []) when is_function(fun, 0), do: GenServer.start_link(Agent.Server, fun, options)
  def start_link(module, fun, args, options \\ []), do: GenServer.start_link(Agent.Server, {module, fun, args}, options)
  def start(fun, options \\ []) when is_function(fun, 0), do: GenServer.start(Agent.Server, fun, options)
  def start(module, fun, args, options \\ []), do: GenServer.start(Agent.Server, {module, fun, args}, options)
  def get(agent, fun, timeout \\ 5000) when is_function(fun, 1), do: GenServer.call(agent, {:get, fun}, timeout)
  def get(agent, module, fun, args, timeout \\ 5000), do: GenServer.call(agent, {:get, {module, fun, args}}, timeout)

  def get_and_update(agent, fun, timeout \\ 5000) when is_function(fun, 1),
    do: GenServer.call(agent, {:get_and_update, fun}, timeout)

  def get_and_update(agent, module, fun, args, timeout \\ 5000),
    do: GenServer.call(agent, {:get_and_update, {module, fun, args}}, timeout)

  def update(agent, fun, timeout \\ 5000) when is_function(fun, 1), do: GenServer.call(agent, {:update, fun}, timeout)
  def update(agent, module, fun, args, timeout \\ 5000), do: GenServer.call(agent, {:update, {module, fun, args}}, timeout)
  def cast(agent, fun) when is_function(fun, 1), do: GenServer.cast(agent, {:cast, fun})
  def cast(agent, module, fun, args), do: GenServer.cast(agent, {:cast, {module, fun, args}})
  def stop(agent, reason \\ :normal, timeout \\ :infinity), do: GenServer.stop(agent, reason, timeout)
end

defmodule Agent.Server do
  use GenServer

  def init(fun) do
    _ = :erlang.put(:"$initial_call", initial_call(fun))
    {:ok, run(fun, [])}
  end

  def handle_call({:get, fun}, _from, state), do: {:reply, run(fun, [state]), state}

  def handle_call({:get_and_update, fun}, _from, state) do
    case run(fun, [state]) do
      {reply, state} -> {:reply, reply, state}
      other -> {:stop, {:bad_return_value, other}, state}
    end
  end

  def handle_call({:update, fun}, _from, state), do: {:reply, :ok, run(fun, [state])}
  def handle_cast({:cast, fun}, state), do: {:noreply, run(fun, [state])}

  defp run({module, fun, args}, extra), do: :erlang.apply(module, fun, extra ++ args)
  defp run(fun, extra), do: :erlang.apply(fun, extra)

  defp initial_call({module, fun, args}), do: {module, fun, length(args)}

  defp initial_call(fun) do
    {:module, module} = :erlang.fun_info(fun, :module)
    {:name, name} = :erlang.fun_info(fun, :name)
    {module, name, 0}
  end
end
