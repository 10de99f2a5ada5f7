defmodule Hello do
  def greeting(node) do
    if node == node() or Node.connect(node) == true do
      caller = self()
      pid = Node.spawn_link(node, fn -> send(caller, {self(), File.read("greeting.txt")}) end)

      receive do
        {^pid, {:ok, text}} -> {:ok, String.trim(text)}
        {^pid, {:error, _}} -> {:error, :no_greeting}
      end
    else
      {:error, :unreachable}
    end
  end
end
