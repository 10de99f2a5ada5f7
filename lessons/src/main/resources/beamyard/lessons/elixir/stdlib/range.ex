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

  def size(range) do
    {:ok, size} = Enumerable.Range.count(range)
    size
  end

  def disjoint?(a, b) do
    {a, b} = {Enum.to_list(a), Enum.to_list(b)}
    a -- b == a
  end

  def shift(%Range{first: first, last: last, step: step} = range, by),
    do: %{range | first: first + by * step, last: last + by * step}
end
