defmodule Hello do
  def greeting(node) do
    case :erpc.call(node, File, :read, ["greeting.txt"]) do
      {:ok, text} -> {:ok, String.trim(text)}
      {:error, _} -> {:error, :no_greeting}
    end
  rescue
    _ in ErlangError -> {:error, :unreachable}
  end
end
