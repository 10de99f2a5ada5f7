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
