defmodule Range do
  @enforce_keys [:first, :last, :step]
  defstruct first: nil, last: nil, step: nil

  def new(first, last) when is_integer(first) and is_integer(last) do
    step = if first <= last, do: 1, else: -1
    %Range{first: first, last: last, step: step}
  end

  def new(first, last) do
    raise ArgumentError,
          "ranges (first..last) expect both sides to be integers, got: #{inspect(first)}..#{inspect(last)}"
  end

  def new(first, last, step) when is_integer(first) and is_integer(last) and is_integer(step) and step != 0,
    do: %Range{first: first, last: last, step: step}

  def new(first, last, step) do
    raise ArgumentError,
          "ranges (first..last//step) expect both sides to be integers and the step to be a " <>
            "non-zero integer, got: #{inspect(first)}..#{inspect(last)}//#{inspect(step)}"
  end

  def size(first..last//step) when step > 0 and first > last, do: 0
  def size(first..last//step) when step < 0 and first < last, do: 0
  def size(first..last//step), do: div(abs(last - first), abs(step)) + 1

  def disjoint?(_.._//_ = a, _.._//_ = b) do
    {a, b} = {ascending(a), ascending(b)}

    case {size(a), size(b)} do
      {0, _} -> true
      {_, 0} -> true
      _ -> not meet?(a, b)
    end
  end

  defp ascending(first..last//step) when step < 0 do
    case size(first..last//step) do
      0 -> first..last//step
      n -> (first + step * (n - 1))..first//-step
    end
  end

  defp ascending(range), do: range

  # Two ascending progressions meet where a number of the one is congruent to the other, within both.
  defp meet?(a1..a2//sa, b1..b2//sb) do
    {gcd, x, _} = Integer.extended_gcd(sa, sb)

    if rem(b1 - a1, gcd) != 0 do
      false
    else
      period = div(sa * sb, gcd)
      hit = a1 + sa * div(b1 - a1, gcd) * x
      from = max(a1, b1)
      first = from + Integer.mod(hit - from, period)
      first <= a1 + div(a2 - a1, sa) * sa and first <= b1 + div(b2 - b1, sb) * sb
    end
  end

  def shift(%Range{first: first, last: last, step: step} = range, by) when is_integer(first) and is_integer(last) and is_integer(step) and is_integer(by),
    do: %{range | first: first + by * step, last: last + by * step}
end
