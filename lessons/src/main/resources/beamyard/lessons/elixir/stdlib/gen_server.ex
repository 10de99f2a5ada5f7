defmodule GenServer do
  # The lines are those of Elixir's own file, as crash reports show them.
  defmacro __using__(opts) do
    refuse_call =
      quote file: "lib/gen_server.ex", line: 787 do
        def handle_call(_message, _from, _state) do
          process = GenServer.__shown__(self())
          raise "attempted to call GenServer #{inspect(process)} but no handle_call/3 clause was provided"
        end
      end

    refuse_cast =
      quote file: "lib/gen_server.ex", line: 832 do
        def handle_cast(_message, _state) do
          process = GenServer.__shown__(self())
          raise "attempted to cast GenServer #{inspect(process)} but no handle_cast/2 clause was provided"
        end
      end

    quote do
      @behaviour GenServer
      @before_compile GenServer

      def child_spec(init_arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [init_arg]}}
        Supervisor.child_spec(default, unquote(opts))
      end

      unquote(refuse_call)
      unquote(refuse_cast)

      def handle_info(message, state) do
        GenServer.__unexpected__(__MODULE__, message)
        {:noreply, state}
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
        case :gen.exchange(pid, :"$gen_call", request, timeout) do
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
