# Processes that start in step with their parent, and the loop of a server.
defmodule :proc_lib do
  def spawn(fun) when is_function(fun, 0), do: :erlang.spawn(:proc_lib, :run, [self(), ancestors(), :erlang, :apply, [fun, []]])
  def spawn(m, f, a), do: :erlang.spawn(:proc_lib, :run, [self(), ancestors(), m, f, a])
  def spawn_link(fun) when is_function(fun, 0), do: :erlang.spawn_link(:proc_lib, :run, [self(), ancestors(), :erlang, :apply, [fun, []]])
  def spawn_link(m, f, a), do: :erlang.spawn_link(:proc_lib, :run, [self(), ancestors(), m, f, a])
  def spawn_opt(fun, opts), do: :erlang.spawn_opt(:proc_lib, :run, [self(), ancestors(), :erlang, :apply, [fun, []]], opts)
  def spawn_opt(m, f, a, opts), do: :erlang.spawn_opt(:proc_lib, :run, [self(), ancestors(), m, f, a], opts)

  def start(m, f, a, timeout \\ :infinity, opts \\ []) do
    {pid, ref} = :erlang.spawn_opt(:proc_lib, :run, [self(), ancestors(), m, f, a], [:monitor | opts])

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
    pid = :erlang.spawn_opt(:proc_lib, :run, [self(), ancestors(), m, f, a], [:link | opts])

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

  def run(parent, ancestors, m, f, a) do
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
  def get_state(server, timeout \\ 5000), do: ask(server, :get_state, timeout, :get_state, [server, timeout])

  def replace_state(server, fun, timeout \\ 5000),
    do: ask(server, {:replace_state, fun}, timeout, :replace_state, [server, fun, timeout])

  def get_status(server, timeout \\ 5000), do: ask(server, :get_status, timeout, :get_status, [server, timeout])
  def suspend(server, timeout \\ 5000), do: ask(server, :suspend, timeout, :suspend, [server, timeout])
  def resume(server, timeout \\ 5000), do: ask(server, :resume, timeout, :resume, [server, timeout])

  def terminate(server, reason, timeout \\ 5000),
    do: ask(server, {:terminate, reason}, timeout, :terminate, [server, reason, timeout])

  defp ask(server, request, timeout, function, args) do
    case :gen_server.exchange(server, :system, request, timeout) do
      {:ok, answer} -> answer
      {:failed, reason} -> :erlang.exit({reason, {:sys, function, args}})
    end
  end

  def handle_debug(debug, _, _, _), do: debug
  def debug_options(_), do: []
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

  def loop(parent, name, module, state, {:continue, arg} = continue) do
    answer = attempt(fn -> module.handle_continue(arg, state) end)
    no_reply(answer, parent, name, module, state, continue)
  end

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
      _ -> dispatch(message, parent, name, module, state)
    end
  end

  defp dispatch({:"$gen_call", from, request} = message, parent, name, module, state) do
    case attempt(fn -> module.handle_call(request, from, state) end) do
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

  defp dispatch({:"$gen_cast", request} = message, parent, name, module, state) do
    answer = attempt(fn -> module.handle_cast(request, state) end)
    no_reply(answer, parent, name, module, state, message)
  end

  defp dispatch(message, parent, name, module, state) do
    answer =
      attempt(fn ->
        if function_exported?(module, :handle_info, 2), do: module.handle_info(message, state), else: {:noreply, state}
      end)

    no_reply(answer, parent, name, module, state, message)
  end

  defp attempt(fun) do
    try do
      {:ok, fun.()}
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

  defp shown_state(module, state) do
    if function_exported?(module, :format_status, 2) do
      try do
        module.format_status(:terminate, [:erlang.get(), state])
      catch
        _, _ -> state
      end
    else
      state
    end
  end

  defp system(request, from, parent, name, module, state, timeout) do
    case request do
      :get_state ->
        reply(from, {:ok, state} |> elem(1))
        loop(parent, name, module, state, timeout)

      {:replace_state, fun} ->
        new = fun.(state)
        reply(from, new)
        loop(parent, name, module, new, timeout)

      :get_status ->
        reply(from, {:status, self(), {:module, :gen_server}, [:erlang.get(), :running, parent, [], [data: [{'State', state}]]]})
        loop(parent, name, module, state, timeout)

      :suspend ->
        reply(from, :ok)
        suspended(parent, name, module, state, timeout)

      :resume ->
        reply(from, :ok)
        loop(parent, name, module, state, timeout)

      {:terminate, reason} ->
        reply(from, :ok)
        finish({:exit, reason, []}, reason, name, module, state, {:system, from, request})

      _ ->
        reply(from, {:error, {:unknown_system_msg, request}})
        loop(parent, name, module, state, timeout)
    end
  end

  defp suspended(parent, name, module, state, timeout) do
    receive do
      {:system, from, request} -> system(request, from, parent, name, module, state, timeout)
      {:EXIT, ^parent, reason} -> finish({:exit, reason, []}, reason, name, module, state, {:EXIT, parent, reason})
    end
  end

  def reply({to, [:alias | alias] = tag}, reply) do
    _ = to
    send(alias, {tag, reply})
    :ok
  end

  def reply({_, [[:alias | alias] | _] = tag}, reply) do
    send(alias, {tag, reply})
    :ok
  end

  def reply({to, tag}, reply) do
    try do
      send(to, {tag, reply})
      :ok
    catch
      _, _ -> :ok
    end
  end

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

  def multi_call(nodes, name, request, timeout) do
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
    result = collect(pending, timer, [], [])

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

  def send_request(server, request) do
    destination = destination(server)
    ref = :erlang.monitor(:process, destination, alias: :demonitor)
    :erlang.send(destination, {:"$gen_call", {self(), [:alias | ref]}, request}, [:noconnect])
    ref
  end

  def wait_response(ref, timeout) do
    receive do
      {[:alias | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        {:reply, reply}

      {:DOWN, ^ref, _, object, reason} ->
        {:error, {reason, object}}
    after
      timeout -> :timeout
    end
  end
end

defmodule GenServer do
  defmacro __using__(opts) do
    quote do
      def child_spec(init_arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}}
        Supervisor.child_spec(default, unquote(opts))
      end

      def init(init_arg), do: {:ok, init_arg}

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

      defoverridable child_spec: 1, init: 1, handle_call: 3, handle_info: 2, handle_cast: 2, terminate: 2, code_change: 3
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

  def cast(server, request), do: :gen_server.cast(server, request)
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
  def handle_info(_message, state), do: {:noreply, state}

  defp run({module, fun, args}, extra), do: :erlang.apply(module, fun, extra ++ args)
  defp run(fun, extra), do: :erlang.apply(fun, extra)

  defp initial_call({module, fun, args}), do: {module, fun, length(args)}

  defp initial_call(fun) do
    {:module, module} = :erlang.fun_info(fun, :module)
    {:name, name} = :erlang.fun_info(fun, :name)
    {module, name, 0}
  end
end
