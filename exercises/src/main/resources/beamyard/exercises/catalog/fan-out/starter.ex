defmodule FanOut do
  @doc "Applies a function on every node, some at a time."
  def call(nodes, module, function, arguments, _limit) do
    for node <- nodes, do: {node, :erpc.call(node, module, function, arguments)}
  end
end
