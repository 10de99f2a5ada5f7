defmodule Hello do
  def greeting(node) do
    caller = self()
    {pid, monitor} = Node.spawn_monitor(node, fn -> send(caller, {self(), File.read("greeting.txt")}) end)

    receive do
      {^pid, {:ok, text}} ->
        {:ok, String.trim(text)}

      {^pid, {:error, _}} ->
        {:error, :no_greeting}

      {:DOWN, ^monitor, :process, _pid, _reason} ->
        {:error, :unreachable}
    end
  end
end
