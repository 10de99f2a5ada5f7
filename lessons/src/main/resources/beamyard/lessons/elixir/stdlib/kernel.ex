defmodule Kernel do
  # Only the functions; the macros are part of the compiler.

  def get_in(data, [_ | _] = keys), do: Access.Paths.fetch(data, keys)
  def put_in(data, [_ | _] = keys, value), do: :erlang.element(2, Access.Paths.update(data, keys, fn _ -> {nil, value} end))
  def update_in(data, [_ | _] = keys, fun) when :erlang.is_function(fun), do: :erlang.element(2, Access.Paths.update(data, keys, fn x -> {nil, fun.(x)} end))
  def get_and_update_in(data, [key | _] = keys, fun) when :erlang.is_function(key, 3) or :erlang.is_function(fun, 1),
    do: Access.Paths.update(data, keys, fun)
  def pop_in(data, [_ | _] = keys), do: Access.Paths.pop(data, keys)

  def struct(struct, fields \\ []) do
    struct(struct, fields, fn {key, value}, acc ->
      case acc do
        %{^key => _} when :erlang."/="(key, :__struct__) -> :maps.put(key, value, acc)
        _ -> acc
      end
    end)
  end

  def struct!(struct, fields \\ [])
  def struct!(struct, fields) when :erlang.is_atom(struct), do: struct.__struct__(fields)

  def struct!(struct, fields) when :erlang.is_map(struct) do
    struct(struct, fields, fn
      {:__struct__, _}, acc -> acc
      {key, value}, acc -> :maps.update(key, value, acc)
    end)
  end

  defp struct(struct, [], _) when :erlang.is_atom(struct), do: struct.__struct__()
  defp struct(struct, fields, fun) when :erlang.is_atom(struct), do: struct(struct.__struct__(), fields, fun)
  defp struct(%_{} = struct, [], _), do: struct
  defp struct(%_{} = struct, fields, fun), do: Enum.reduce(fields, struct, fun)

  def base ** exponent when :erlang.is_number(base) and :erlang.is_number(exponent), do: Integer.__power__(base, exponent)
  def left =~ "" when :erlang.is_binary(left), do: true
  def left =~ right when :erlang.is_binary(left) and :erlang.is_binary(right), do: :erlang."/="(:binary.match(left, right), :nomatch)
  def left =~ right when :erlang.is_binary(left), do: Regex.match?(right, left)
  def elem(tuple, index), do: :erlang.element(:erlang.+(index, 1), tuple)
  def put_elem(tuple, index, value), do: :erlang.setelement(:erlang.+(index, 1), tuple, value)
  def is_map_key(map, key), do: :erlang.is_map_key(key, map)
  def binary_slice(binary, start, size) when :erlang.is_binary(binary) and :erlang.is_integer(start) and :erlang.is_integer(size) and :erlang.>=(size, 0),
    do: String.__binary_slice__(binary, start, size)

  def binary_slice(binary, _.._//step = range) when :erlang.is_binary(binary) and :erlang.>(step, 0),
    do: String.__binary_slice__(binary, range)

  def binary_slice(binary, _.._//_ = range) when :erlang.is_binary(binary), do: String.__binary_slice__(binary, range)

  # As other names for what Erlang has: reached when called with the module named, or by apply.
  def abs(x), do: :erlang.abs(x)
  def bit_size(x), do: :erlang.bit_size(x)
  def byte_size(x), do: :erlang.byte_size(x)
  def ceil(x), do: :erlang.ceil(x)
  def floor(x), do: :erlang.floor(x)
  def hd(x), do: :erlang.hd(x)
  def tl(x), do: :erlang.tl(x)
  def length(x), do: :erlang.length(x)
  def map_size(x), do: :erlang.map_size(x)
  def tuple_size(x), do: :erlang.tuple_size(x)
  def round(x), do: :erlang.round(x)
  def trunc(x), do: :erlang.trunc(x)
  def is_atom(x), do: :erlang.is_atom(x)
  def is_binary(x), do: :erlang.is_binary(x)
  def is_bitstring(x), do: :erlang.is_bitstring(x)
  def is_boolean(x), do: :erlang.is_boolean(x)
  def is_float(x), do: :erlang.is_float(x)
  def is_function(x), do: :erlang.is_function(x)
  def is_integer(x), do: :erlang.is_integer(x)
  def is_list(x), do: :erlang.is_list(x)
  def is_map(x), do: :erlang.is_map(x)
  def is_number(x), do: :erlang.is_number(x)
  def is_pid(x), do: :erlang.is_pid(x)
  def is_port(x), do: :erlang.is_port(x)
  def is_reference(x), do: :erlang.is_reference(x)
  def is_tuple(x), do: :erlang.is_tuple(x)
  def exit(x), do: :erlang.exit(x)
  def throw(x), do: :erlang.throw(x)
  def spawn(x), do: :erlang.spawn(x)
  def spawn_link(x), do: :erlang.spawn_link(x)
  def spawn_monitor(x), do: :erlang.spawn_monitor(x)
  def node(), do: :erlang.node()
  def node(x), do: :erlang.node(x)
  def div(x, y), do: :erlang.div(x, y)
  def rem(x, y), do: :erlang.rem(x, y)
  def max(x, y), do: :erlang.max(x, y)
  def min(x, y), do: :erlang.min(x, y)
  def send(x, y), do: :erlang.send(x, y)
  def is_function(x, y), do: :erlang.is_function(x, y)
  def spawn(m, f, a), do: :erlang.spawn(m, f, a)
  def spawn_link(m, f, a), do: :erlang.spawn_link(m, f, a)
  def spawn_monitor(m, f, a), do: :erlang.spawn_monitor(m, f, a)
  def self(), do: :erlang.self()
  def make_ref(), do: :erlang.make_ref()
  def apply(fun, args), do: :erlang.apply(fun, args)
  def apply(m, f, a), do: :erlang.apply(m, f, a)
  def binary_part(b, start, size), do: :erlang.binary_part(b, start, size)
  def function_exported?(m, f, a), do: :erlang.function_exported(m, f, a)
  def +x, do: :erlang.+(x)
  def -x, do: :erlang.-(x)
  def left + right, do: :erlang.+(left, right)
  def left - right, do: :erlang.-(left, right)
  def left * right, do: :erlang.*(left, right)
  def left / right, do: :erlang./(left, right)
  def left ++ right, do: :erlang.++(left, right)
  def left -- right, do: :erlang.--(left, right)
  def left == right, do: :erlang.==(left, right)
  def left < right, do: :erlang.<(left, right)
  def left > right, do: :erlang.>(left, right)
  def left >= right, do: :erlang.>=(left, right)
  def left <= right, do: :erlang."=<"(left, right)
  def left != right, do: :erlang."/="(left, right)
  def left === right, do: :erlang."=:="(left, right)
  def left !== right, do: :erlang."=/="(left, right)
  def not(x), do: :erlang.not(x)
  def macro_exported?(module, name, arity) when :erlang.is_atom(module) and :erlang.is_atom(name) and :erlang.is_integer(arity) and :erlang.>=(arity, 0),
    do: Kernel.Structs.macro?(module, name, arity)
end

defmodule Kernel.Structs do
  def macro?(Kernel, name, arity), do: {name, arity} in :beamyard.kernel_macros()

  def macro?(module, name, arity) do
    :beamyard.module_loaded(module) and {name, arity} in module.__info__(:macros)
  end
end

defmodule Access.Paths do
  def fetch(data, [key | rest]) when is_function(key, 3), do: key.(:get, data, &fetch_rest(&1, rest))
  def fetch(nil, [_ | rest]), do: fetch_rest(nil, rest)
  def fetch(data, [key | rest]), do: fetch_rest(Access.get(data, key), rest)

  defp fetch_rest(data, []), do: data
  defp fetch_rest(data, rest), do: fetch(data, rest)

  def update(data, [key], fun) when is_function(key, 3), do: key.(:get_and_update, data, fun)
  def update(data, [key | rest], fun) when is_function(key, 3), do: key.(:get_and_update, data, &update(&1, rest, fun))
  def update(data, [key], fun), do: Access.get_and_update(data, key, fun)
  def update(data, [key | rest], fun), do: Access.get_and_update(data, key, &update(&1, rest, fun))

  def pop(nil, [key | _]) when not is_function(key, 3) do
    raise ArgumentError, "could not pop key #{inspect(key)} on a nil value"
  end

  def pop(data, [key]) when is_function(key, 3), do: key.(:get_and_update, data, fn _ -> :pop end)
  def pop(data, [key | rest]) when is_function(key, 3), do: key.(:get_and_update, data, &pop_inner(&1, rest))
  def pop(data, [key]), do: Access.pop(data, key)
  def pop(data, [key | rest]), do: Access.get_and_update(data, key, &pop_inner(&1, rest))

  defp pop_inner(nil, _), do: :pop
  defp pop_inner(data, rest), do: pop(data, rest)
end

defmodule Access do
  def fetch(%module{} = container, key) do
    if function_exported?(module, :fetch, 2) do
      module.fetch(container, key)
    else
      not_accessible(module, :fetch, [container, key])
    end
  end

  def fetch(map, key) when is_map(map), do: :maps.find(key, map)

  def fetch(list, key) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {_, value} -> {:ok, value}
      false -> :error
    end
  end

  def fetch(list, key) when is_list(list) do
    raise ArgumentError,
          "the Access calls for keywords expect the key to be an atom, got: " <> inspect(key)
  end

  def fetch(nil, _), do: :error

  def fetch!(container, key) do
    case fetch(container, key) do
      {:ok, value} -> value
      :error -> raise KeyError, key: key, term: container
    end
  end

  def get(container, key, default \\ nil)

  def get(%module{} = container, key, default) do
    if function_exported?(module, :fetch, 2) do
      case module.fetch(container, key) do
        {:ok, value} -> value
        :error -> default
      end
    else
      not_accessible(module, :fetch, [container, key])
    end
  end

  def get(map, key, default) when is_map(map), do: :maps.get(key, map, default)

  def get(list, key, default) when is_list(list) and is_atom(key) do
    case :lists.keyfind(key, 1, list) do
      {_, value} -> value
      false -> default
    end
  end

  def get(list, key, _) when is_list(list) do
    raise ArgumentError, "the Access calls for keywords expect the key to be an atom, got: " <> inspect(key)
  end

  def get(nil, _, default), do: default

  defp not_accessible(module, function, args) do
    raise UndefinedFunctionError,
      module: module,
      function: function,
      arity: length(args),
      message:
        "function #{inspect(module)}.#{function}/#{length(args)} is undefined (#{inspect(module)} does not implement the " <>
          "Access behaviour. If you are using get_in/put_in/update_in, you can specify the field to be accessed using " <>
          "Access.key!/1)"
  end

  def get_and_update(%module{} = container, key, fun) do
    if function_exported?(module, :get_and_update, 3) do
      module.get_and_update(container, key, fun)
    else
      not_accessible(module, :get_and_update, [container, key, fun])
    end
  end

  def get_and_update(map, key, fun) when is_map(map), do: Map.get_and_update(map, key, fun)
  def get_and_update(list, key, fun) when is_list(list), do: Keyword.get_and_update(list, key, fun)

  def get_and_update(nil, key, _), do: raise(ArgumentError, "could not put/update key #{inspect(key)} on a nil value")

  def pop(%module{} = container, key) do
    if function_exported?(module, :pop, 2) do
      module.pop(container, key)
    else
      not_accessible(module, :pop, [container, key])
    end
  end

  def pop(map, key) when is_map(map), do: Map.pop(map, key)
  def pop(list, key) when is_list(list), do: Keyword.pop(list, key)
  def pop(nil, key), do: raise(ArgumentError, "could not pop key #{inspect(key)} on a nil value")

  def key(key, default \\ nil) do
    fn
      :get, data, next ->
        next.(
          case data do
            %{^key => value} -> value
            %{} -> default
          end
        )

      :get_and_update, data, next ->
        value =
          case data do
            %{^key => value} -> value
            %{} -> default
          end

        case next.(value) do
          {got, new} -> {got, Map.put(data, key, new)}
          :pop -> {value, Map.delete(data, key)}
        end
    end
  end

  def key!(key) do
    fn
      :get, %{} = data, next ->
        next.(:maps.get(key, data))

      :get_and_update, %{} = data, next ->
        value = :maps.get(key, data)

        case next.(value) do
          {got, new} -> {got, Map.put(data, key, new)}
          :pop -> {value, Map.delete(data, key)}
        end

      _, data, _ ->
        raise "Access.key!/1 expected a map/struct, got: #{inspect(data)}"
    end
  end

  def elem(index) when is_integer(index) and index >= 0 do
    fn
      :get, data, next when is_tuple(data) ->
        next.(:erlang.element(index + 1, data))

      :get_and_update, data, next when is_tuple(data) ->
        value = :erlang.element(index + 1, data)

        case next.(value) do
          {got, new} -> {got, :erlang.setelement(index + 1, data, new)}
          :pop -> raise "cannot pop data from a tuple"
        end

      _, data, _ ->
        raise "Access.elem/1 expected a tuple, got: #{inspect(data)}"
    end
  end

  def all() do
    fn
      :get, data, next when is_list(data) -> Enum.map(data, next)
      :get_and_update, data, next when is_list(data) -> update_all(data, next, fn _ -> true end)
      _, data, _ -> raise "Access.all/0 expected a list, got: #{inspect(data)}"
    end
  end

  def filter(fun) when is_function(fun) do
    fn
      :get, data, next when is_list(data) -> data |> Enum.filter(fun) |> Enum.map(next)
      :get_and_update, data, next when is_list(data) -> update_all(data, next, fun)
      _, data, _ -> raise "Access.filter/1 expected a list, got: #{inspect(data)}"
    end
  end

  defp update_all(list, next, fun) do
    {got, kept} =
      Enum.reduce(list, {[], []}, fn x, {got, kept} ->
        if fun.(x) do
          case next.(x) do
            {value, new} -> {[value | got], [new | kept]}
            :pop -> {[x | got], kept}
          end
        else
          {got, [x | kept]}
        end
      end)

    {:lists.reverse(got), :lists.reverse(kept)}
  end

  def slice(%Range{} = range) do
    if range.step > 0 do
      fn
        :get, data, next when is_list(data) -> data |> Enum.slice(range) |> Enum.map(next)
        :get_and_update, data, next when is_list(data) -> update_slice(data, range, next)
        _, data, _ -> raise ArgumentError, "Access.slice/1 expected a list, got: #{inspect(data)}"
      end
    else
      raise ArgumentError, "Access.slice/1 does not accept ranges with negative steps, got: #{inspect(range)}"
    end
  end

  defp update_slice(data, first..last//step, next) do
    length = length(data)
    first = if first >= 0, do: first, else: max(first + length, 0)
    last = if last >= 0, do: last, else: last + length

    {got, kept} =
      data
      |> Enum.with_index()
      |> Enum.reduce({[], []}, fn {x, index}, {got, kept} ->
        if index in first..last//step do
          case next.(x) do
            {value, new} -> {[value | got], [new | kept]}
            :pop -> {[x | got], kept}
          end
        else
          {got, [x | kept]}
        end
      end)

    {:lists.reverse(got), :lists.reverse(kept)}
  end

  def at(index) when is_integer(index) do
    fn
      :get, data, next when is_list(data) ->
        next.(Enum.at(data, index))

      :get_and_update, data, next when is_list(data) ->
        value = Enum.at(data, index)

        case next.(value) do
          {got, new} -> {got, List.replace_at(data, index, new)}
          :pop -> {value, List.delete_at(data, index)}
        end

      _, data, _ ->
        raise "Access.at/1 expected a list, got: #{inspect(data)}"
    end
  end

  def at!(index) when is_integer(index) do
    fn
      :get, data, next -> next.(Enum.fetch!(data, index))
      :get_and_update, data, next -> at(index).(:get_and_update, data, next)
    end
  end
end

defmodule Kernel.Dbg do
  # What dbg shows: the place, the code with its value (of a pipe each step), an empty line.

  def start(place), do: IO.puts(place)

  def step(text, value) do
    IO.puts(text <> " #=> " <> inspect(value, pretty: true))
    value
  end

  def finish(value) do
    IO.puts("")
    value
  end
end
