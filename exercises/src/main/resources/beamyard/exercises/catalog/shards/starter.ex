defmodule Shards do
  def start(_keys), do: :ok
  def owner(_key), do: node()
  def held, do: []
end
