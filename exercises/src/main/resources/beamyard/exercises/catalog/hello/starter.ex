defmodule Hello do
  @doc "What greeting.txt on the node says."
  def greeting(_node) do
    File.read("greeting.txt")
  end
end
