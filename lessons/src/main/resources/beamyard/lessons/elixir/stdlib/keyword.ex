defmodule Keyword do
  def keyword?([{key, _} | rest]) when is_atom(key), do: keyword?(rest)
  def keyword?([]), do: true
  def keyword?(_), do: false
  def new(), do: []
  def new(pairs), do: new(pairs, fn x -> x end)

  def new(pairs, fun) do
    Enum.reduce(pairs, [], fn x, acc ->
      {key, value} = fun.(x)
      put_last(acc, key, value)
    end)
  end

  defp put_last(list, key, value) when is_atom(key), do: delete(list, key) ++ [{key, value}]

  def from_keys(keys, value), do: Enum.map(keys, &{&1, value})

  def get(list, key, default \\ nil) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {^key, value} -> value
      false -> default
    end
  end

  def get_lazy(list, key, fun) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {^key, value} -> value
      false -> fun.()
    end
  end

  def get_values(list, key) when is_list(list) and is_atom(key), do: for({^key, value} <- list, do: value)

  def fetch(list, key) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {^key, value} -> {:ok, value}
      false -> :error
    end
  end

  def fetch!(list, key) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {^key, value} -> value
      false -> raise KeyError, key: key, term: list
    end
  end

  def keys(list) when is_list(list), do: for({key, _} <- list, do: key)
  def values(list) when is_list(list), do: for({_, value} <- list, do: value)
  def has_key?(list, key) when is_list(list) and is_atom(key), do: :lists.keymember(key, 1, list)
  def delete(list, key) when is_list(list) and is_atom(key), do: for({k, _} = pair <- list, k != key, do: pair)
  def delete_first(list, key) when is_list(list) and is_atom(key), do: :lists.keydelete(key, 1, list)
  def put(list, key, value) when is_list(list) and is_atom(key), do: [{key, value} | delete(list, key)]

  def put_new(list, key, value) when is_list(list) and is_atom(key) do
    if has_key?(list, key), do: list, else: [{key, value} | list]
  end

  def put_new_lazy(list, key, fun) when is_list(list) and is_atom(key) do
    if has_key?(list, key), do: list, else: [{key, fun.()} | list]
  end

  def replace(list, key, value) when is_list(list) and is_atom(key) do
    if has_key?(list, key), do: replace_first(list, key, value), else: list
  end

  def replace!(list, key, value) do
    if has_key?(list, key), do: replace_first(list, key, value), else: raise(KeyError, key: key, term: list)
  end

  defp replace_first([{key, _} | rest], key, value), do: [{key, value} | delete(rest, key)]
  defp replace_first([pair | rest], key, value), do: [pair | replace_first(rest, key, value)]

  def replace_lazy(list, key, fun) do
    case fetch(list, key) do
      {:ok, value} -> replace_first(list, key, fun.(value))
      :error -> list
    end
  end

  def update(list, key, default, fun) when is_list(list) and is_atom(key) do
    case fetch(list, key) do
      {:ok, value} -> replace_first(list, key, fun.(value))
      :error -> list ++ [{key, default}]
    end
  end

  def update!(list, key, fun), do: replace_first(list, key, fun.(fetch!(list, key)))

  def merge(a, []) when is_list(a), do: a
  def merge([], b) when is_list(b), do: b

  def merge(a, b) when is_list(a) and is_list(b) do
    if keyword?(b) do
      for({k, _} = pair <- a, not has_key?(b, k), do: pair) ++ b
    else
      raise ArgumentError, "expected a keyword list as the second argument, got: #{inspect(b)}"
    end
  end

  def merge(a, b, fun) when is_list(a) and is_list(b) and is_function(fun, 3) do
    {merged, rest} =
      Enum.map_reduce(b, a, fn {k, v}, rest ->
        case :lists.keytake(k, 1, rest) do
          {:value, {_, old}, rest} -> {{k, fun.(k, old, v)}, rest}
          false -> {{k, v}, rest}
        end
      end)

    for({k, _} = pair <- rest, not has_key?(b, k), do: pair) ++ merged
  end

  def pop(list, key, default \\ nil) when is_list(list) and is_atom(key) do
    case fetch(list, key) do
      {:ok, value} -> {value, delete(list, key)}
      :error -> {default, list}
    end
  end

  def pop!(list, key), do: {fetch!(list, key), delete(list, key)}

  def pop_first(list, key, default \\ nil) do
    case :lists.keytake(key, 1, list) do
      {:value, {_, value}, rest} -> {value, rest}
      false -> {default, list}
    end
  end

  def pop_lazy(list, key, fun) do
    case fetch(list, key) do
      {:ok, value} -> {value, delete(list, key)}
      :error -> {fun.(), list}
    end
  end

  def pop_values(list, key), do: {get_values(list, key), delete(list, key)}
  def split(list, keys) when is_list(list), do: Enum.split_with(list, fn {k, _} -> k in keys end)
  def split_with(list, fun) when is_list(list), do: Enum.split_with(list, fun)
  def take(list, keys) when is_list(list), do: for({k, _} = pair <- list, k in keys, do: pair)
  def drop(list, keys) when is_list(list), do: for({k, _} = pair <- list, k not in keys, do: pair)
  def filter(list, fun) when is_list(list), do: Enum.filter(list, fun)
  def reject(list, fun) when is_list(list), do: Enum.reject(list, fun)
  def map(list, fun) when is_list(list), do: for({k, v} <- list, do: {k, fun.({k, v})})
  def to_list(list) when is_list(list), do: list
  def equal?(a, b) when is_list(a) and is_list(b), do: :lists.sort(a) == :lists.sort(b)

  def get_and_update(list, key, fun) when is_list(list) and is_atom(key) do
    current = get(list, key)

    case fun.(current) do
      {got, value} -> {got, if(has_key?(list, key), do: :lists.keyreplace(key, 1, list, {key, value}), else: [{key, value} | list])}
      :pop -> {current, delete_first(list, key)}
      other -> raise "the given function must return a two-element tuple or :pop, got: #{inspect(other)}"
    end
  end

  def get_and_update!(list, key, fun) do
    current = fetch!(list, key)

    case fun.(current) do
      {got, value} -> {got, replace_first(list, key, value)}
      :pop -> {current, delete_first(list, key)}
      other -> raise "the given function must return a two-element tuple or :pop, got: #{inspect(other)}"
    end
  end

  def validate(list, allowed) when is_list(list) and is_list(allowed) do
    defaults = for item <- allowed, is_tuple(item), do: item
    names = for item <- allowed, do: if(is_tuple(item), do: elem(item, 0), else: item)

    case keys(list) -- names do
      [] -> {:ok, :lists.reverse(list ++ for({k, _} = pair <- defaults, not has_key?(list, k), do: pair))}
      unknown -> {:error, :lists.reverse(unknown)}
    end
  end

  def validate!(list, allowed) do
    case validate(list, allowed) do
      {:ok, list} ->
        list

      {:error, unknown} ->
        names = for item <- allowed, do: if(is_tuple(item), do: elem(item, 0), else: item)

        raise ArgumentError,
              "unknown keys #{inspect(unknown)} in #{inspect(list)}, the allowed keys are: #{inspect(names)}"
    end
  end
end

defmodule List do
  def first(list, default \\ nil)
  def first([], default), do: default
  def first([x | _], _), do: x
  def last(list, default \\ nil)
  def last([], default), do: default
  def last(list, _), do: :lists.last(list)
  def wrap(nil), do: []
  def wrap(list) when is_list(list), do: list
  def wrap(x), do: [x]
  def flatten(list), do: :lists.flatten(list)
  def flatten(list, tail), do: :lists.flatten(list, tail)
  def foldl(list, acc, fun), do: :lists.foldl(fun, acc, list)
  def foldr(list, acc, fun), do: :lists.foldr(fun, acc, list)
  def duplicate(x, n) when is_integer(n) and n >= 0, do: :lists.duplicate(n, x)
  def delete(list, x), do: :lists.delete(x, list)
  def keyfind(list, key, position, default \\ nil) do
    case :lists.keyfind(key, position + 1, list) do
      false -> default
      found -> found
    end
  end

  def keyfind!(list, key, position) do
    case :lists.keyfind(key, position + 1, list) do
      false -> raise KeyError, key: key, term: list
      found -> found
    end
  end

  def keymember?(list, key, position), do: :lists.keymember(key, position + 1, list)
  def keyreplace(list, key, position, new), do: :lists.keyreplace(key, position + 1, list, new)
  def keystore(list, key, position, new), do: :lists.keystore(key, position + 1, list, new)
  def keydelete(list, key, position), do: :lists.keydelete(key, position + 1, list)
  def keysort(list, position, sorter \\ :asc)
  def keysort(list, position, :asc), do: :lists.keysort(position + 1, list)
  def keysort(list, position, sorter), do: Enum.sort_by(list, &elem(&1, position), sorter)

  def keytake(list, key, position) do
    case :lists.keytake(key, position + 1, list) do
      {:value, x, rest} -> {x, rest}
      false -> nil
    end
  end

  def zip(lists), do: lists |> Enum.map(&if(is_tuple(&1), do: :erlang.tuple_to_list(&1), else: &1)) |> Enum.zip()
  def insert_at(list, index, x) when is_integer(index) do
    at = if index < 0, do: max(length(list) + index + 1, 0), else: index
    {front, back} = Enum.split(list, at)
    front ++ [x | back]
  end

  def replace_at(list, index, x), do: update_at(list, index, fn _ -> x end)

  def update_at(list, index, fun) when is_integer(index) do
    at = if index < 0, do: length(list) + index, else: index
    change(list, at, fun)
  end

  defp change([x | rest], 0, fun), do: [fun.(x) | rest]
  defp change([x | rest], n, fun) when n > 0, do: [x | change(rest, n - 1, fun)]
  defp change(list, _, _), do: list

  def delete_at(list, index) do
    {_, list} = pop_at(list, index)
    list
  end

  def pop_at(list, index, default \\ nil) when is_integer(index) do
    at = if index < 0, do: length(list) + index, else: index

    case at >= 0 and Enum.split(list, at) do
      {front, [x | back]} -> {x, front ++ back}
      _ -> {default, list}
    end
  end

  def starts_with?(list, prefix), do: :lists.prefix(prefix, list)
  def improper?(list) when is_list(list), do: improper_tail?(list)
  defp improper_tail?([_ | rest]) when is_list(rest), do: improper_tail?(rest)
  defp improper_tail?([]), do: false
  defp improper_tail?(_), do: true
  def ascii_printable?(list, limit \\ :infinity) when is_list(list), do: Enum.all?(if(limit == :infinity, do: list, else: Enum.take(list, limit)), fn c -> c in 32..126 or c in 7..13 or c == 27 end)

  def to_atom(charlist), do: :erlang.list_to_atom(charlist)
  def to_existing_atom(charlist), do: :erlang.list_to_existing_atom(charlist)
  def to_float(charlist), do: :erlang.list_to_float(charlist)
  def to_integer(charlist), do: :erlang.list_to_integer(charlist)
  def to_integer(charlist, base), do: :erlang.list_to_integer(charlist, base)
  def to_tuple(list), do: :erlang.list_to_tuple(list)

  def to_string(list) when is_list(list) do
    case :unicode.characters_to_binary(list) do
      binary when is_binary(binary) ->
        binary

      _ ->
        raise ArgumentError,
              "cannot convert the given list to a string.\n\nTo be converted to a string, a list must either be empty or " <>
                "only\ncontain the following elements:\n\n  * strings\n  * integers representing Unicode code points\n" <>
                "  * a list containing one of these three elements\n\nPlease check the given list or call inspect/1 to " <>
                "get the list representation, got:\n\n#{inspect(list)}\n"
    end
  end

  def to_charlist(list) when is_list(list) do
    case :unicode.characters_to_list(list) do
      chars when is_list(chars) -> chars
      _ -> raise ArgumentError, "cannot convert the given list to a charlist: #{inspect(list)}"
    end
  end

  def myers_difference(a, b), do: diff(a, b) |> join_runs()

  # the longest common subsequence by dynamic programming over the tails
  defp diff(a, b) do
    case {a, b} do
      {[], []} -> []
      {[], b} -> [{:ins, b}]
      {a, []} -> [{:del, a}]
      {[x | a], [x | b]} -> [{:eq, [x]} | diff(a, b)]
      {[x | rest_a], [y | rest_b]} ->
        if y in rest_a and not (x in rest_b), do: [{:del, [x]} | diff(rest_a, b)], else: [{:ins, [y]} | diff(a, rest_b)]
    end
  end

  defp join_runs([{kind, a}, {kind, b} | rest]), do: join_runs([{kind, a ++ b} | rest])
  defp join_runs([x | rest]), do: [x | join_runs(rest)]
  defp join_runs([]), do: []
end

defmodule Tuple do
  def append(tuple, x), do: :erlang.append_element(tuple, x)
  def insert_at(tuple, index, x) when is_integer(index) and index >= 0, do: :erlang.insert_element(index + 1, tuple, x)
  def delete_at(tuple, index) when is_integer(index) and index >= 0, do: :erlang.delete_element(index + 1, tuple)
  def duplicate(x, size) when is_integer(size) and size >= 0, do: :erlang.make_tuple(size, x)
  def to_list(tuple), do: :erlang.tuple_to_list(tuple)
  def sum(tuple), do: tuple |> :erlang.tuple_to_list() |> Enum.sum()
  def product(tuple), do: tuple |> :erlang.tuple_to_list() |> Enum.product()
end

defmodule Atom do
  def to_string(atom), do: :erlang.atom_to_binary(atom)
  def to_charlist(atom), do: :erlang.atom_to_list(atom)
end

defmodule Function do
  def identity(x), do: x
  def capture(module, function, arity), do: :erlang.make_fun(module, function, arity)
  def info(fun), do: :erlang.fun_info(fun)
  def info(fun, item), do: :erlang.fun_info(fun, item)
end

defmodule Bitwise do
  defmacro __using__(_) do
    quote do
      import Bitwise
    end
  end

  def band(a, b), do: :erlang.band(a, b)
  def bor(a, b), do: :erlang.bor(a, b)
  def bxor(a, b), do: :erlang.bxor(a, b)
  def bnot(a), do: :erlang.bnot(a)
  def bsl(a, b), do: :erlang.bsl(a, b)
  def bsr(a, b), do: :erlang.bsr(a, b)
  def a &&& b, do: :erlang.band(a, b)
  def a ||| b, do: :erlang.bor(a, b)
  def a <<< b, do: :erlang.bsl(a, b)
  def a >>> b, do: :erlang.bsr(a, b)
end

defmodule Integer do
  defmacro is_odd(n), do: quote(do: is_integer(unquote(n)) and :erlang.band(unquote(n), 1) == 1)
  defmacro is_even(n), do: quote(do: is_integer(unquote(n)) and :erlang.band(unquote(n), 1) == 0)

  def to_string(n), do: :erlang.integer_to_binary(n)
  def to_string(n, base), do: :erlang.integer_to_binary(n, base)
  def to_charlist(n), do: :erlang.integer_to_list(n)
  def to_charlist(n, base), do: :erlang.integer_to_list(n, base)

  def mod(a, b) do
    case rem(a, b) do
      r when (r < 0 and b > 0) or (r > 0 and b < 0) -> r + b
      r -> r
    end
  end

  def floor_div(a, b), do: div(a - mod(a, b), b)
  def pow(base, exponent) when is_integer(base) and is_integer(exponent) and exponent >= 0, do: power(base, exponent, 1)

  def pow(base, exponent) when is_integer(base) and is_integer(exponent), do: :erlang.error(:badarith, [base, exponent])

  defp power(_, 0, acc), do: acc
  defp power(base, n, acc) when rem(n, 2) == 1, do: power(base, n - 1, acc * base)
  defp power(base, n, acc), do: power(base * base, div(n, 2), acc)

  def __power__(base, exponent) when is_integer(base) and is_integer(exponent) and exponent >= 0, do: power(base, exponent, 1)
  def __power__(base, exponent) when is_number(base) and is_number(exponent), do: :math.pow(base, exponent)
  def __power__(base, exponent), do: :erlang.error(:badarith, [base, exponent])

  def gcd(a, 0), do: abs(a)
  def gcd(a, b), do: gcd(b, rem(a, b))

  def extended_gcd(a, b), do: egcd(a, b, 1, 0, 0, 1)
  defp egcd(a, 0, s, _, t, _) when a < 0, do: {-a, -s, -t}
  defp egcd(a, 0, s, _, t, _), do: {a, s, t}
  defp egcd(a, b, s0, s1, t0, t1), do: egcd(b, rem(a, b), s1, s0 - div(a, b) * s1, t1, t0 - div(a, b) * t1)

  def digits(n, base \\ 10)
  def digits(0, _), do: [0]
  def digits(n, base) when is_integer(n) and base > 1, do: split_digits(n, base, [])
  defp split_digits(0, _, acc), do: acc
  defp split_digits(n, base, acc), do: split_digits(div(n, base), base, [rem(n, base) | acc])
  def undigits(digits, base \\ 10) when base > 1, do: Enum.reduce(digits, 0, fn d, acc -> acc * base + d end)

  def parse(binary, base \\ 10)

  def parse(binary, base) when base in 2..36 do
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

  def parse(_, base), do: raise(ArgumentError, "invalid base #{inspect(base)}")

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
end

defmodule Float do
  def to_string(float), do: :erlang.float_to_binary(float, [:short])
  def to_charlist(float), do: :erlang.float_to_list(float, [:short])
  def floor(number, precision \\ 0), do: :beamyard.float_round(number, precision, :floor)
  def ceil(number, precision \\ 0), do: :beamyard.float_round(number, precision, :ceil)
  def round(float, precision \\ 0) when is_float(float) and precision in 0..15, do: :beamyard.float_round(float, precision, :half_up)
  def ratio(float) when is_float(float), do: :beamyard.float_ratio(float)
  def pow(base, exponent) when is_float(base) and is_number(exponent), do: :math.pow(base, exponent)

  def parse("+" <> rest), do: parse_unsigned(rest, 1)
  def parse("-" <> rest), do: parse_unsigned(rest, -1)
  def parse(text) when is_binary(text), do: parse_unsigned(text, 1)

  defp parse_unsigned(text, sign) do
    case :beamyard.parse_float(text) do
      {value, rest} -> {sign * value, rest}
      :error -> :error
    end
  end
end
