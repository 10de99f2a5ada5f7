defmodule Checks do
  def greeting(_), do: :ok
end

defmodule Hello do
  def greeting(_), do: {:ok, "fine"}
end
