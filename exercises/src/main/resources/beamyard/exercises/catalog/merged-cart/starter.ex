defmodule Cart do
  def open do
    :ok
  end

  def add(item) do
    GenServer.call({:global, __MODULE__}, {:add, item})
  end

  def items do
    GenServer.call({:global, __MODULE__}, :items)
  end

  def merge(_name, pid1, _pid2) do
    pid1
  end
end
