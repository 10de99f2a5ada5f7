defmodule Hello do
  def greeting(node), do: greeting(node)
end
