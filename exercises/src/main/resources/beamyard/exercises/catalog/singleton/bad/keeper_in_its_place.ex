defmodule Singleton do
  def start do
    spawn(fn -> wait() end)
    :ok
  end

  defp wait do
    case :global.register_name(Singleton, self()) do
      :yes -> serve()
      :no -> watch(:global.whereis_name(Singleton))
    end
  end

  defp watch(:undefined), do: wait()

  defp watch(pid) do
    ref = Process.monitor(pid)
    receive do: ({:DOWN, ^ref, _, _, _} -> wait())
  end

  defp serve do
    receive do: ({:where, from, ref} -> send(from, {ref, node()}))
    serve()
  end

  def node_of do
    pid = :global.whereis_name(Singleton)
    ref = Process.monitor(pid)
    send(pid, {:where, self(), ref})

    receive do
      {^ref, node} ->
        Process.demonitor(ref, [:flush])
        node

      {:DOWN, ^ref, _, _, reason} ->
        exit(reason)
    end
  end
end
