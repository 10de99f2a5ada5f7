defmodule DynamicSupervisor do
  use GenServer

  defstruct [
    :args,
    :extra_arguments,
    :mod,
    :name,
    :strategy,
    :max_children,
    :max_restarts,
    :max_seconds,
    children: %{},
    restarts: []
  ]

  defmacro __using__(opts) do
    quote do
      @behaviour DynamicSupervisor

      def child_spec(arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, type: :supervisor}
        Supervisor.child_spec(default, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  def child_spec(options) when is_list(options) do
    id =
      case Keyword.get(options, :name, DynamicSupervisor) do
        name when is_atom(name) -> name
        {:global, name} -> name
        {:via, _, name} -> name
      end

    %{id: id, start: {DynamicSupervisor, :start_link, [options]}, type: :supervisor}
  end

  def start_link(options) when is_list(options) do
    {server, flags} = Keyword.split(options, [:name, :timeout, :spawn_opt])
    start_link(Supervisor.Default, {:flags, init(flags)}, server)
  end

  def start_link(module, init_arg, options \\ []) do
    GenServer.start_link(DynamicSupervisor, {:begin, module, init_arg, options[:name]}, options)
  end

  def init(options) when is_list(options) do
    {:ok,
     %{
       strategy: Keyword.get(options, :strategy, :one_for_one),
       intensity: Keyword.get(options, :max_restarts, 3),
       period: Keyword.get(options, :max_seconds, 5),
       max_children: Keyword.get(options, :max_children, :infinity),
       extra_arguments: Keyword.get(options, :extra_arguments, [])
     }}
  end

  def init({:begin, module, arg, name}) do
    Process.flag(:trap_exit, true)
    Process.put(:"$initial_call", {:supervisor, module, 1})

    case if(module == Supervisor.Default, do: elem(arg, 1), else: module.init(arg)) do
      {:ok, flags} ->
        case check_flags(flags) do
          :ok -> {:ok, begun(module, arg, name, flags)}
          invalid -> {:stop, {:supervisor_data, invalid}}
        end

      :ignore ->
        :ignore

      other ->
        {:stop, {:bad_return, {module, :init, other}}}
    end
  end

  defp begun(module, arg, name, flags) do
    %DynamicSupervisor{
      args: arg,
      extra_arguments: flags.extra_arguments,
      mod: module,
      name: named(name, module),
      strategy: flags.strategy,
      max_children: flags.max_children,
      max_restarts: flags.intensity,
      max_seconds: flags.period
    }
  end

  defp named(nil, module), do: {self(), module}
  defp named(name, _) when is_atom(name), do: {:local, name}
  defp named(name, _), do: name

  defp logged_name({:local, name}), do: name
  defp logged_name(name), do: name

  def __callback__(state), do: state.mod

  defp check_flags(%{max_children: max}) when not (max == :infinity or (is_integer(max) and max >= 0)),
    do: {:invalid_max_children, max}

  defp check_flags(%{extra_arguments: extra}) when not is_list(extra), do: {:invalid_extra_arguments, extra}
  defp check_flags(flags), do: Supervisor.Child.check_flags(flags, [:one_for_one])

  def start_child(supervisor, {_, _, _, _, _, _} = spec), do: call(supervisor, {:start_child, spec})

  def start_child(_, spec) when is_map(spec) and not (is_map_key(spec, :id) and is_map_key(spec, :start)),
    do: {:error, {:invalid_child_spec, spec}}

  def start_child(supervisor, spec) do
    case Supervisor.Child.check(Supervisor.child_spec(spec, [])) do
      {:invalid, reason} ->
        {:error, reason}

      %{start: start, restart: restart, shutdown: shutdown, type: type, modules: modules} ->
        call(supervisor, {:start_child, {start, restart, shutdown, type, modules}})
    end
  end

  def terminate_child(supervisor, pid) when is_pid(pid), do: call(supervisor, {:terminate_child, pid})
  def which_children(supervisor), do: call(supervisor, :which_children)
  def count_children(supervisor), do: supervisor |> call(:count_children) |> :maps.from_list()
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity), do: GenServer.stop(supervisor, reason, timeout)
  defp call(supervisor, request), do: GenServer.call(supervisor, request, :infinity)

  def handle_call(:which_children, _from, state) do
    list =
      for {pid, {_, _, _, type, modules}} <- :maps.to_list(state.children) do
        {:undefined, if(pid == :restarting, do: :restarting, else: pid), type, modules}
      end

    {:reply, list, state}
  end

  def handle_call(:count_children, _from, state) do
    specs = map_size(state.children)
    supervisors = Enum.count(state.children, fn {_, {_, _, _, type, _}} -> type == :supervisor end)
    active = Enum.count(state.children, fn {key, _} -> is_pid(key) end)
    {:reply, [specs: specs, active: active, supervisors: supervisors, workers: specs - supervisors], state}
  end

  def handle_call({:terminate_child, pid}, _from, state) do
    case state.children do
      %{^pid => {_, _, shutdown, _, _}} ->
        Supervisor.Child.shutdown(pid, shutdown)
        {:reply, :ok, %{state | children: Map.delete(state.children, pid)}}

      %{} ->
        {:reply, {:error, :not_found}, state}
    end
  end

  # Task.Supervisor asks for children of its own kind; their spec comes from its arguments.
  def handle_call({:start_task, args, restart, shutdown}, from, state) do
    {{default_restart, default_shutdown}, _flags} = state.args
    start = {Task.Supervised, :start_link, args}
    handle_call({:start_child, {start, restart || default_restart, shutdown || default_shutdown, :worker, [Task.Supervised]}}, from, state)
  end

  def handle_call({:start_child, _}, _from, %{max_children: max, children: children} = state)
      when is_integer(max) and map_size(children) >= max do
    {:reply, {:error, :max_children}, state}
  end

  def handle_call({:start_child, child}, _from, state), do: handle_start_child(child, state)

  defp handle_start_child({{m, f, args}, restart, shutdown, type, modules}, state) do
    start = {m, f, state.extra_arguments ++ args}

    case start_child(start) do
      {:error, reason} ->
        Logger.Wording.report(:error, :supervisor, {logged_name(state.name), :start_error, reason, :undefined})
        {:reply, {:error, reason}, state}

      :ignore ->
        {:reply, :ignore, state}

      started ->
        pid = elem(started, 1)
        kept = if restart == :temporary and m == Task.Supervised, do: {m, f, :undefined}, else: start
        {:reply, started, %{state | children: Map.put(state.children, pid, {kept, restart, shutdown, type, modules})}}
    end
  end

  defp start_child({m, f, a}) do
    try do
      :erlang.apply(m, f, a)
    catch
      :error, reason -> {:error, {reason, __STACKTRACE__}}
      :exit, reason -> {:error, reason}
      :throw, value -> {:error, {{:nocatch, value}, __STACKTRACE__}}
    else
      {:ok, pid} when is_pid(pid) -> {:ok, pid}
      {:ok, pid, extra} when is_pid(pid) -> {:ok, pid, extra}
      :ignore -> :ignore
      {:error, reason} -> {:error, reason}
      other -> {:error, other}
    end
  end

  def handle_cast(_message, state), do: {:noreply, state}

  def handle_info({:EXIT, pid, reason}, state) do
    case Map.pop(state.children, pid) do
      {nil, _} ->
        {:noreply, state}

      {{_, restart, _, _, _} = child, children} ->
        state = %{state | children: children}

        if reason not in [:normal, :shutdown] and not match?({:shutdown, _}, reason) do
          Logger.Wording.report(:error, :supervisor, {logged_name(state.name), :child_terminated, reason, :undefined})
        end

        if Supervisor.Child.restart?(restart, reason), do: restart(child, state), else: {:noreply, state}
    end
  end

  def handle_info({:restart, child}, state), do: restart(child, state)
  def handle_info(_message, state), do: {:noreply, state}

  defp restart({start, _, _, _, _} = child, state) do
    case Supervisor.Child.count_restart(state.restarts, state.max_restarts, state.max_seconds) do
      :too_many ->
        Logger.Wording.report(:error, :supervisor, {logged_name(state.name), :shutdown, :reached_max_restart_intensity, :undefined})
        {:stop, :shutdown, state}

      {:ok, restarts} ->
        state = %{state | restarts: restarts}

        case start_child(start) do
          {:error, reason} ->
            Logger.Wording.report(:error, :supervisor, {logged_name(state.name), :start_error, reason, :undefined})
            send(self(), {:restart, child})
            {:noreply, state}

          :ignore ->
            {:noreply, state}

          started ->
            {:noreply, %{state | children: Map.put(state.children, elem(started, 1), child)}}
        end
    end
  end

  # All children are asked at once, and then waited for.
  def terminate(_reason, state) do
    pids = for {pid, {_, _, shutdown, _, _}} <- state.children, is_pid(pid), do: {pid, shutdown}

    for {pid, shutdown} <- pids do
      :erlang.exit(pid, if(shutdown == :brutal_kill, do: :kill, else: :shutdown))
    end

    for {pid, shutdown} <- pids, do: Supervisor.Child.shutdown(pid, shutdown)
    :ok
  end
end
