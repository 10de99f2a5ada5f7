# What is measured in Elixir: the same source here and on real Elixir.
defmodule Bench do
  def fib(n) when n < 2, do: n
  def fib(n), do: fib(n - 1) + fib(n - 2)

  # A text of n words, a thousand different ones.
  def text(n) do
    1..n
    |> Enum.map(fn i -> "word" <> Integer.to_string(rem(i * 7919, 1000)) end)
    |> Enum.join(" ")
  end

  def words(text) do
    text
    |> String.split()
    |> Enum.reduce(%{}, fn word, counts -> Map.update(counts, word, 1, &(&1 + 1)) end)
    |> map_size()
  end

  def pipeline(n) do
    1..n
    |> Enum.map(&(&1 * 3))
    |> Enum.filter(&(rem(&1, 2) == 0))
    |> Enum.map(fn x -> x + 1 end)
    |> Enum.sum()
  end

  def deep(0), do: 0
  def deep(n), do: 1 + deep(n - 1)

  def echo do
    receive do
      {:ping, from} ->
        send(from, :pong)
        echo()

      :stop ->
        :ok
    end
  end

  def ask(_pid, 0), do: :ok

  def ask(pid, n) do
    send(pid, {:ping, self()})

    receive do
      :pong -> ask(pid, n - 1)
    end
  end

  # n round trips between two processes of one node.
  def round_trips(n) do
    pid = spawn(Bench, :echo, [])
    result = ask(pid, n)
    send(pid, :stop)
    result
  end

  # n round trips of each pair, one process of it here and one on another node.
  def pairs(node, pairs, n) do
    me = self()

    Enum.each(1..pairs, fn _ ->
      pid = Node.spawn(node, Bench, :echo, [])

      spawn(fn ->
        ask(pid, n)
        send(pid, :stop)
        send(me, :done)
      end)
    end)

    Enum.each(1..pairs, fn _ ->
      receive do
        :done -> :ok
      end
    end)
  end

  def idle(n) do
    Enum.each(1..n, fn _ ->
      spawn(fn ->
        receive do
          :stop -> :ok
        end
      end)
    end)
  end
end
