defmodule Helo do
  def greeting(_node), do: {:ok, "hello"}
end
