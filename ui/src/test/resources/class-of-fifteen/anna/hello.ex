defmodule Hello do
  # calls over there, and tells what went wrong apart by what came back
  def greeting(node) do
    case :rpc.call(node, File, :read, ["greeting.txt"]) do
      {:ok, text} -> {:ok, String.trim(text)}
      {:error, _reason} -> {:error, :no_greeting}
      {:badrpc, _reason} -> {:error, :unreachable}
    end
  end
end
