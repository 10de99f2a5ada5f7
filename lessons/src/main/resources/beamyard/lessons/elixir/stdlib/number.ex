defmodule Integer do
  defmacro is_odd(n), do: quote(do: is_integer(unquote(n)) and :erlang.band(unquote(n), 1) == 1)
  defmacro is_even(n), do: quote(do: is_integer(unquote(n)) and :erlang.band(unquote(n), 1) == 0)

  def to_string(n), do: :erlang.integer_to_binary(n)
  def to_string(n, base), do: :erlang.integer_to_binary(n, base)
  def to_charlist(n), do: :erlang.integer_to_list(n)
  def to_charlist(n, base), do: :erlang.integer_to_list(n, base)

  def mod(a, b) do
    case apply(:erlang, :rem, [a, b]) do
      r when (r < 0 and b > 0) or (r > 0 and b < 0) -> r + b
      r -> r
    end
  end

  def floor_div(a, b) do
    quotient = apply(:erlang, :div, [a, b])
    if rem(a, b) != 0 and a < 0 != (b < 0), do: quotient - 1, else: quotient
  end

  def pow(base, exponent) when is_integer(base) and is_integer(exponent) and exponent >= 0, do: power(base, exponent, 1)

  def pow(base, exponent) when is_integer(base) and is_integer(exponent), do: :erlang.error(:badarith, [base, exponent])

  defp power(_, 0, acc), do: acc
  defp power(base, n, acc) when rem(n, 2) == 1, do: power(base, n - 1, acc * base)
  defp power(base, n, acc), do: power(base * base, div(n, 2), acc)

  def __power__(base, exponent) when is_integer(base) and is_integer(exponent) and exponent >= 0, do: power(base, exponent, 1)
  def __power__(base, exponent) when is_number(base) and is_number(exponent), do: :math.pow(base, exponent)

  def gcd(a, b) when is_integer(a) and is_integer(b), do: common(abs(a), abs(b))
  defp common(a, 0), do: a
  defp common(a, b), do: common(b, rem(a, b))

  def extended_gcd(0, 0), do: {0, 0, 0}
  def extended_gcd(a, b) when is_integer(a) and is_integer(b), do: egcd(a, b, 1, 0, 0, 1)
  defp egcd(a, 0, s, _, t, _) when a < 0, do: {-a, -s, -t}
  defp egcd(a, 0, s, _, t, _), do: {a, s, t}
  defp egcd(a, b, s0, s1, t0, t1), do: egcd(b, rem(a, b), s1, s0 - div(a, b) * s1, t1, t0 - div(a, b) * t1)

  def digits(n, base \\ 10)
  def digits(0, base) when is_integer(base) and base >= 2, do: [0]
  def digits(n, base) when is_integer(n) and is_integer(base) and base >= 2, do: split_digits(n, base, [])
  defp split_digits(0, _, acc), do: acc
  defp split_digits(n, base, acc), do: split_digits(div(n, base), base, [rem(n, base) | acc])
  def undigits(digits, base \\ 10) when is_list(digits) and is_integer(base) and base >= 2 do
    Enum.reduce(digits, 0, fn digit, acc ->
      if digit < base, do: acc * base + digit, else: raise(ArgumentError, "invalid digit #{digit} in base #{base}")
    end)
  end

  def parse(binary, base \\ 10)

  def parse(_, base) when base not in 2..36, do: raise(ArgumentError, "invalid base #{inspect(base)}")

  def parse(binary, base) when is_binary(binary) do
    {sign, rest} =
      case binary do
        "-" <> rest -> {-1, rest}
        "+" <> rest -> {1, rest}
        _ -> {1, binary}
      end

    case parse_digits(rest, base, 0, 0) do
      {_, 0, _} -> :error
      {n, _, rest} -> {sign * n, rest}
    end
  end

  defp parse_digits(<<c, rest::binary>> = all, base, acc, count) do
    digit =
      cond do
        c in ?0..?9 -> c - ?0
        c in ?a..?z -> c - ?a + 10
        c in ?A..?Z -> c - ?A + 10
        true -> 99
      end

    if digit < base, do: parse_digits(rest, base, acc * base + digit, count + 1), else: {acc, count, all}
  end

  defp parse_digits("", _, acc, count), do: {acc, count, ""}

  # Deprecated, and still there.

  def to_char_list(n), do: to_charlist(n)
  def to_char_list(n, base), do: to_charlist(n, base)
end

defmodule Float do
  def to_string(float) when is_float(float), do: :erlang.float_to_binary(float, [:short])
  def to_charlist(float) when is_float(float), do: :erlang.float_to_list(float, [:short])
  def max_finite, do: 1.7976931348623157e308
  def min_finite, do: -1.7976931348623157e308

  def floor(number, precision \\ 0)
  def floor(zero, precision) when zero == 0.0 and is_float(zero) and precision in 0..15, do: zero
  def floor(number, precision) when is_float(number) and precision in 0..15, do: :beamyard.float_round(number, precision, :floor)
  def floor(number, precision) when is_float(number), do: bad_precision(precision)

  def ceil(number, precision \\ 0)
  def ceil(zero, precision) when zero == 0.0 and is_float(zero) and precision in 0..15, do: zero
  def ceil(number, precision) when is_float(number) and precision in 0..15, do: :beamyard.float_round(number, precision, :ceil)
  def ceil(number, precision) when is_float(number), do: bad_precision(precision)

  def round(float, precision \\ 0)
  def round(float, precision) when is_float(float) and precision in 0..15, do: :beamyard.float_round(float, precision, :half_up)
  def round(float, precision) when is_float(float), do: bad_precision(precision)

  defp bad_precision(precision), do: raise(ArgumentError, "precision #{precision} is out of valid range of 0..15")
  def ratio(float) when is_float(float), do: :beamyard.float_ratio(float)
  def pow(base, exponent) when is_float(base) and is_number(exponent), do: :math.pow(base, exponent)

  def parse("+" <> rest), do: parse_unsigned(rest, 1)
  def parse("-" <> rest), do: parse_unsigned(rest, -1)
  def parse(text), do: parse_unsigned(text)

  defp parse_unsigned(text) when is_binary(text), do: parse_unsigned(text, 1)

  defp parse_unsigned(text, sign) do
    case :beamyard.parse_float(text) do
      {value, rest} -> {sign * value, rest}
      :error -> :error
    end
  end

  # Deprecated, and still there.

  def to_char_list(float), do: to_charlist(float)
  def to_char_list(float, options), do: :erlang.float_to_list(float, options)
  def to_string(float, options), do: :erlang.float_to_binary(float, options)
end
