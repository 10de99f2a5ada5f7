# Runs the benchmarks of bench.ex on real Elixir, which has been given that file, and prints a name and a figure a line.
defmodule Peer do
  # The shortest of a few runs, in milliseconds.
  def millis(name, times, fun) do
    best = Enum.min(Enum.map(1..times, fn _ -> elem(:timer.tc(fun), 0) end))
    IO.puts("#{name} #{best / 1000}")
  end

  def messages(pairs, rounds) do
    {:ok, _peer, node} = :peer.start(%{name: :peer.random_name()})
    {module, binary, file} = :code.get_object_code(Bench)
    {:module, _} = :rpc.call(node, :code, :load_binary, [module, file, binary])
    micros = Enum.min(Enum.map(1..3, fn _ -> elem(:timer.tc(fn -> Bench.pairs(node, pairs, rounds) end), 0) end))
    IO.puts("messages #{2 * pairs * rounds * 1_000_000 / micros}")
  end
end

text = Bench.text(1_000_000)
Peer.millis("fib", 50, fn -> Bench.fib(27) end)
Peer.millis("words", 8, fn -> Bench.words(text) end)
Peer.millis("pipeline", 20, fn -> Bench.pipeline(1_000_000) end)
Peer.millis("round_trips", 3, fn -> Bench.round_trips(1_000_000) end)
Peer.millis("deep", 20, fn -> Bench.deep(1_000_000) end)
before = :erlang.memory(:processes)
Peer.millis("spawn", 1, fn -> Bench.idle(1_000_000) end)
IO.puts("idle #{(:erlang.memory(:processes) - before) / 1_000_000}")
if Node.alive?(), do: Peer.messages(100, 1000)
