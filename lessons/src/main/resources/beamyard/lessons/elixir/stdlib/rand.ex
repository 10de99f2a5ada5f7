# Random numbers as OTP's default generator gives them for a seed: exsss, a xorshift of 58 bits with a scrambler.
# A process that gives no seed is seeded by the simulation's choices.
defmodule :rand do
  import Bitwise
  @mask58 0x3FFFFFFFFFFFFFF
  @mask64 0xFFFFFFFFFFFFFFFF

  def seed(algorithm) when is_atom(algorithm),
    do: seed(algorithm, {:beamyard.choose(0, @mask58), :beamyard.choose(0, @mask58), :beamyard.choose(0, @mask58)})

  def seed({_, _} = state) do
    :erlang.put(:rand_seed, state)
    state
  end

  def seed(algorithm, seed), do: seed(seed_s(algorithm, seed))

  def seed_s(algorithm) when is_atom(algorithm),
    do: seed_s(algorithm, {:beamyard.choose(0, @mask58), :beamyard.choose(0, @mask58), :beamyard.choose(0, @mask58)})

  def seed_s({_, _} = state), do: state

  def seed_s(algorithm, seed) when algorithm in [:exsss, :default], do: {%{type: :exsss}, start(seed)}

  defp start({a, b, c}) do
    {_, x} = seed58(a &&& @mask64)
    {s0, x} = seed58(bxor(b &&& @mask64, x))
    {s1, _} = seed58(bxor(c &&& @mask64, x))
    [s0 | s1]
  end

  defp start(seed) when is_integer(seed) do
    {s0, x} = seed58(seed &&& @mask64)
    {s1, _} = seed58(x)
    [s0 | s1]
  end

  defp seed58(x) do
    x = x + 0x9E3779B97F4A7C15 &&& @mask64
    z = bxor(x, x >>> 30) * 0xBF58476D1CE4E5B9 &&& @mask64
    z = bxor(z, z >>> 27) * 0x94D049BB133111EB &&& @mask64
    z = bxor(z, z >>> 31) &&& @mask58
    if z == 0, do: seed58(x), else: {z, x}
  end

  defp next([s1 | s0]) do
    s1b = bxor(s1, s1 <<< 24 &&& @mask58)
    new = bxor(bxor(s1b, s0), bxor(s1b >>> 11, s0 >>> 41))
    v = s0 * 5 &&& @mask58
    v = (v <<< 7 &&& @mask58) ||| v >>> 51
    {v * 9 &&& @mask58, [s0 | new]}
  end

  defp current do
    case :erlang.get(:rand_seed) do
      :undefined -> seed(:exsss)
      state -> state
    end
  end

  defp remember({value, state}) do
    :erlang.put(:rand_seed, state)
    value
  end

  def uniform, do: remember(uniform_s(current()))
  def uniform(n), do: remember(uniform_s(n, current()))

  def uniform_s({algorithm, state}) do
    {value, state} = next(state)
    {(value >>> 5) * 1.1102230246251565e-16, {algorithm, state}}
  end

  def uniform_s(n, {algorithm, state}) when is_integer(n) and n >= 1 and n <= @mask58 do
    {value, state} = next(state)
    offset = rem(value, n)

    if value - offset <= @mask58 + 1 - n,
      do: {offset + 1, {algorithm, state}},
      else: uniform_s(n, {algorithm, state})
  end

  def uniform_real, do: remember(uniform_s(current()))
  def export_seed, do: exported(:erlang.get(:rand_seed))
  defp exported(:undefined), do: :undefined
  defp exported({%{type: type}, state}), do: {type, state}
  def export_seed_s(state), do: exported(state)

  def bytes(count), do: for(_ <- 1..count//1, into: "", do: <<uniform(256) - 1>>)

  # Box and Muller's way. Unlike OTP, which uses a table, so the numbers of a given seed are others.
  def normal, do: :math.sqrt(-2.0 * :math.log(1.0 - uniform())) * :math.cos(2.0 * :math.pi() * uniform())
  def normal(mean, variance), do: mean + :math.sqrt(variance) * normal()
end
