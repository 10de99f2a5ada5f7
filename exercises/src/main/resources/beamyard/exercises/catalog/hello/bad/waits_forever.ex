defmodule Hello do
  def greeting(node) do
    caller = self()
    pid = Node.spawn(node, fn -> send(caller, {self(), File.read("greeting.txt")}) end)

    receive do
      {^pid, {:ok, text}} -> {:ok, String.trim(text)}
      {^pid, {:error, _}} -> {:error, :no_greeting}
    end
  end
end
