defmodule Keyword do
  def keyword?([{key, _} | rest]) when is_atom(key), do: keyword?(rest)
  def keyword?([]), do: true
  def keyword?(_), do: false
  def new(), do: []
  def new(pairs), do: build(pairs, fn x -> x end)

  def new(pairs, transform) when is_function(transform, 1), do: build(pairs, transform)

  # The last value of a key counts, at its last place.
  defp build(pairs, transform) do
    Enum.reduce(Enum.reverse(pairs), [], fn x, acc ->
      {key, value} = transform.(x)
      put_new(acc, key, value)
    end)
  end

  def from_keys(keys, value) when is_list(keys), do: Enum.map(keys, &{&1, value})

  def get(list, key, default \\ nil) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {^key, value} -> value
      false -> default
    end
  end

  def get_lazy(list, key, fun) when is_list(list) and is_atom(key) and is_function(fun, 0) do
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

  def keys(list) when is_list(list) do
    :lists.map(
      fn
        {key, _} when is_atom(key) ->
          key

        other ->
          raise ArgumentError,
                "expected a keyword list, but an entry in the list is not a two-element tuple with an atom as its first " <>
                  "element, got: #{inspect(other)}"
      end,
      list
    )
  end

  def values(list) when is_list(list), do: :lists.map(fn {_, value} -> value end, list)
  def has_key?(list, key) when is_list(list) and is_atom(key), do: :lists.keymember(key, 1, list)
  def delete(list, key) when is_list(list) and is_atom(key) do
    if :lists.keymember(key, 1, list), do: without(list, key), else: list
  end

  defp without([{key, _} | rest], key), do: without(rest, key)
  defp without([x | rest], key), do: [x | without(rest, key)]
  defp without([], _), do: []

  def delete_first(list, key) when is_list(list) and is_atom(key), do: :lists.keydelete(key, 1, list)
  def put(list, key, value) when is_list(list) and is_atom(key), do: [{key, value} | delete(list, key)]

  def put_new(list, key, value) when is_list(list) and is_atom(key) do
    if has_key?(list, key), do: list, else: [{key, value} | list]
  end

  def put_new_lazy(list, key, fun) when is_list(list) and is_atom(key) and is_function(fun, 0) do
    if has_key?(list, key), do: list, else: [{key, fun.()} | list]
  end

  def replace(list, key, value) when is_list(list) and is_atom(key) do
    if has_key?(list, key), do: replace_first(list, key, value), else: list
  end

  def replace!(list, key, value) when is_list(list) and is_atom(key) do
    if has_key?(list, key), do: replace_first(list, key, value), else: raise(KeyError, key: key, term: list)
  end

  defp replace_first([{key, _} | rest], key, value), do: [{key, value} | delete(rest, key)]
  defp replace_first([pair | rest], key, value), do: [pair | replace_first(rest, key, value)]

  def replace_lazy(list, key, fun) when is_list(list) and is_atom(key) and is_function(fun, 1) do
    case fetch(list, key) do
      {:ok, value} -> replace_first(list, key, fun.(value))
      :error -> list
    end
  end

  def update(list, key, default, fun) when is_list(list) and is_atom(key) and is_function(fun, 1) do
    case fetch(list, key) do
      {:ok, value} -> replace_first(list, key, fun.(value))
      :error -> list ++ [{key, default}]
    end
  end

  def update!(list, key, fun) when is_list(list) and is_atom(key) and is_function(fun, 1),
    do: replace_first(list, key, fun.(fetch!(list, key)))

  def merge(a, []) when is_list(a), do: a
  def merge([], b) when is_list(b), do: b

  def merge(a, b) when is_list(a) and is_list(b) do
    if keyword?(b) do
      for pair <- a, not :lists.keymember(first_key!(pair, a), 1, b), do: pair
    else
      raise ArgumentError, "expected a keyword list as the second argument, got: #{inspect(b)}"
    end ++ b
  end

  defp first_key!({key, _}, _) when is_atom(key), do: key
  defp first_key!(_, list), do: raise(ArgumentError, "expected a keyword list as the first argument, got: #{inspect(list)}")

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

  def pop!(list, key) when is_list(list) and is_atom(key), do: {fetch!(list, key), delete(list, key)}

  def pop_first(list, key, default \\ nil) when is_list(list) and is_atom(key) do
    case :lists.keytake(key, 1, list) do
      {:value, {_, value}, rest} -> {value, rest}
      false -> {default, list}
    end
  end

  def pop_lazy(list, key, fun) when is_list(list) and is_atom(key) and is_function(fun, 0) do
    case fetch(list, key) do
      {:ok, value} -> {value, delete(list, key)}
      :error -> {fun.(), list}
    end
  end

  def pop_values(list, key) when is_list(list) and is_atom(key), do: {get_values(list, key), delete(list, key)}
  def split(list, keys) when is_list(list) and is_list(keys) do
    {taken, left} =
      :lists.foldl(
        fn {key, _} = pair, {taken, left} ->
          if :lists.member(key, keys), do: {[pair | taken], left}, else: {taken, [pair | left]}
        end,
        {[], []},
        list
      )

    {:lists.reverse(taken), :lists.reverse(left)}
  end

  def take(list, keys) when is_list(list) and is_list(keys), do: :lists.filter(fn {key, _} -> :lists.member(key, keys) end, list)
  def drop(list, keys) when is_list(list) and is_list(keys), do: :lists.filter(fn {key, _} -> not :lists.member(key, keys) end, list)
  def filter(list, fun) when is_list(list) and is_function(fun, 1), do: Enum.filter(list, fun)
  def reject(list, fun) when is_list(list) and is_function(fun, 1), do: Enum.reject(list, fun)
  def map(list, fun) when is_list(list), do: for({k, v} <- list, do: {k, fun.({k, v})})
  def to_list(list) when is_list(list), do: list
  def equal?(a, b) when is_list(a) and is_list(b), do: :lists.sort(a) == :lists.sort(b)

  def get_and_update(list, key, fun) when is_list(list) and is_atom(key), do: get_and_update(list, [], key, fun)

  defp get_and_update([{key, current} | rest], before, key, fun) do
    case updated(fun.(current)) do
      {got, value} -> {got, :lists.reverse(before, [{key, value} | rest])}
      :pop -> {current, :lists.reverse(before, rest)}
    end
  end

  defp get_and_update([{_, _} = pair | rest], before, key, fun), do: get_and_update(rest, [pair | before], key, fun)

  defp get_and_update([], before, key, fun) do
    case updated(fun.(nil)) do
      {got, value} -> {got, [{key, value} | :lists.reverse(before)]}
      :pop -> {nil, :lists.reverse(before)}
    end
  end

  def get_and_update!(list, key, fun), do: get_and_update!(list, key, fun, [])

  defp get_and_update!([{key, current} | rest], key, fun, before) do
    case updated(fun.(current)) do
      {got, value} -> {got, :lists.reverse(before, [{key, value} | delete(rest, key)])}
      :pop -> {current, :lists.reverse(before, rest)}
    end
  end

  defp get_and_update!([{_, _} = pair | rest], key, fun, before), do: get_and_update!(rest, key, fun, [pair | before])
  defp get_and_update!([], key, _, before), do: raise(KeyError, key: key, term: :lists.reverse(before))

  defp updated({_, _} = pair), do: pair
  defp updated(:pop), do: :pop
  defp updated(other), do: raise("the given function must return a two-element tuple or :pop, got: #{inspect(other)}")

  def validate(list, allowed) when is_list(list) and is_list(allowed) do
    {names, defaults} = allowed_keys(allowed)

    case unknown_keys(list, names) do
      [] -> {:ok, filled(list, defaults)}
      unknown -> {:error, unknown}
    end
  end

  def validate!(list, allowed) when not is_list(list), do: validate(list, allowed)

  def validate!(list, allowed) do
    {names, defaults} = allowed_keys(allowed)

    case unknown_keys(list, names) do
      [] ->
        filled(list, defaults)

      unknown ->
        message =
          case for(key <- unknown, key in names, do: key) do
            [] -> "unknown keys #{inspect(unknown)} in #{inspect(list)}, the allowed keys are: #{inspect(names)}"
            twice -> "duplicate keys #{inspect(twice)} in #{inspect(list)}"
          end

        raise ArgumentError, message
    end
  end

  defp allowed_keys(allowed) do
    {for(
       item <- allowed,
       do:
         case item do
           {key, _} when is_atom(key) -> key
           key when is_atom(key) -> key
           other -> raise ArgumentError, "expected the second argument to be a list of atoms or tuples, got: #{inspect(other)}"
         end
     ), for({_, _} = pair <- allowed, do: pair)}
  end

  # Each name may be used once; what is left is unknown, the last one first.
  defp unknown_keys(list, names) do
    {unknown, _} =
      :lists.foldl(
        fn
          {key, _}, {unknown, left} when is_atom(key) ->
            if key in left, do: {unknown, List.delete(left, key)}, else: {[key | unknown], left}

          other, _ ->
            raise ArgumentError, "expected a keyword list as first argument, got invalid entry: #{inspect(other)}"
        end,
        {[], names},
        list
      )

    unknown
  end

  defp filled(list, defaults) do
    missing = for {key, _} = pair <- defaults, not :lists.keymember(key, 1, list), do: pair
    :lists.reverse(missing, :lists.reverse(list))
  end

  # Deprecated, and still there.

  def delete(keywords, key, value) when is_list(keywords) and is_atom(key), do: Enum.reject(keywords, &(&1 === {key, value}))
  def map(keywords, fun) when is_list(keywords), do: for({key, value} <- keywords, do: {key, fun.({key, value})})
  def size(keywords), do: length(keywords)
end
