# Processes that start in step with their parent, and the loop of a server.
defmodule :proc_lib do
  def spawn(fun) when is_function(fun, 0), do: :erlang.spawn(:proc_lib, :init_p, [self(), ancestors(), :erlang, :apply, [fun, []]])
  def spawn(m, f, a), do: :erlang.spawn(:proc_lib, :init_p, [self(), ancestors(), m, f, a])
  def spawn_link(fun) when is_function(fun, 0), do: :erlang.spawn_link(:proc_lib, :init_p, [self(), ancestors(), :erlang, :apply, [fun, []]])
  def spawn_link(m, f, a), do: :erlang.spawn_link(:proc_lib, :init_p, [self(), ancestors(), m, f, a])
  def spawn_opt(fun, opts) when is_function(fun, 0), do: :erlang.spawn_opt(:proc_lib, :init_p, [self(), ancestors(), :erlang, :apply, [fun, []]], opts)
  def spawn_opt(m, f, a, opts) when is_atom(f), do: :erlang.spawn_opt(:proc_lib, :init_p, [self(), ancestors(), m, f, a], opts)

  def spawn(node, fun) when is_function(fun, 0), do: spawn(node, :erlang, :apply, [fun, []])
  def spawn(node, m, f, a), do: :erlang.spawn(node, :proc_lib, :init_p, [self(), ancestors(), m, f, a])
  def spawn_link(node, fun) when is_function(fun, 0), do: spawn_link(node, :erlang, :apply, [fun, []])
  def spawn_link(node, m, f, a), do: :erlang.spawn_link(node, :proc_lib, :init_p, [self(), ancestors(), m, f, a])
  def spawn_opt(node, fun, opts) when is_function(fun, 0), do: spawn_opt(node, :erlang, :apply, [fun, []], opts)
  def spawn_opt(node, m, f, a, opts), do: :erlang.spawn_opt(node, :proc_lib, :init_p, [self(), ancestors(), m, f, a], opts)
  def hibernate(m, f, a), do: :erlang.hibernate(m, f, a)

  def start_monitor(m, f, a, timeout \\ :infinity, opts \\ []) do
    {pid, ref} = :erlang.spawn_opt(:proc_lib, :init_p, [self(), ancestors(), m, f, a], [:monitor | opts])

    receive do
      {:ack, ^pid, answer} -> {answer, ref}
      {:nack, ^pid, answer} -> {answer, ref}
      {:DOWN, ^ref, :process, ^pid, reason} -> {{:error, reason}, again(ref, pid, reason)}
    after
      timeout ->
        :erlang.exit(pid, :kill)
        receive do: ({:DOWN, ^ref, :process, ^pid, reason} -> {{:error, :timeout}, again(ref, pid, reason)})
    end
  end

  # The caller is told of the end, too.
  defp again(ref, pid, reason) do
    send(self(), {:DOWN, ref, :process, pid, reason})
    ref
  end

  # What a process was started with, as it took it down itself.

  def initial_call(process) do
    case started_with(process) do
      {m, f, a} when is_integer(a) -> {m, f, Enum.map(1..a//1, &:erlang.list_to_atom('Argument__' ++ :erlang.integer_to_list(&1)))}
      {m, f, a} -> {m, f, a}
      false -> false
    end
  end

  def translate_initial_call(process) do
    case started_with(process) do
      {m, f, a} when is_list(a) -> {m, f, length(a)}
      {m, f, a} -> {m, f, a}
      false -> {:proc_lib, :init_p, 5}
    end
  end

  defp started_with(process) when is_pid(process) do
    with {:dictionary, dictionary} <- :erlang.process_info(process, :dictionary),
         {_, call} <- :lists.keyfind(:"$initial_call", 1, dictionary),
         do: call,
         else: (_ -> false)
  end

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
    :erlang.put(:"$initial_call", initial_call(m, f, a))
    :erlang.put(:"$ancestors", [name | ancestors])

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

  defp initial_call(kind, :init_it, [_, _, _, module, _, _]) when kind in [:gen_server, :gen_statem], do: {module, :init, 1}
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

  def stop(process, reason, timeout) when timeout != :infinity and (not is_integer(timeout) or timeout < 0) do
    request = [process, :system, {:terminate, reason}, timeout]
    :erlang.exit({:gen.no_clause(:call, request), {:sys, :terminate, [process, reason, timeout]}})
  end

  # The process is watched before it is asked, so that one that ends at once is not missed.
  def stop(process, reason, timeout) do
    watch = :erlang.monitor(:process, process)
    began = :erlang.monotonic_time(:millisecond)

    try do
      :sys.terminate(process, reason, timeout)
    catch
      :exit, failure ->
        :erlang.demonitor(watch, [:flush])
        :erlang.exit(of_stop(failure))
    end

    receive do
      {:DOWN, ^watch, _, _, ^reason} -> :ok
      {:DOWN, ^watch, _, _, other} -> :erlang.exit(other)
    after
      left(timeout, began) ->
        :erlang.demonitor(watch, [:flush])
        :erlang.exit(:timeout)
    end
  end

  defp of_stop({known, {:sys, :terminate, _}}) when known == :noproc or known == :timeout, do: known
  defp of_stop(failure), do: failure

  defp left(:infinity, _), do: :infinity
  defp left(timeout, began), do: max(timeout - (:erlang.monotonic_time(:millisecond) - began), 0)
end
