defmodule Tuple do
  def append(tuple, x), do: :erlang.append_element(tuple, x)
  def insert_at(tuple, index, x), do: :erlang.insert_element(index + 1, tuple, x)
  def delete_at(tuple, index), do: :erlang.delete_element(index + 1, tuple)
  def duplicate(x, size), do: :erlang.make_tuple(size, x)
  def to_list(tuple), do: :erlang.tuple_to_list(tuple)
  def sum(tuple), do: tuple |> :erlang.tuple_to_list() |> Enum.sum()
  def product(tuple), do: tuple |> :erlang.tuple_to_list() |> Enum.product()
end

defmodule Atom do
  def to_string(atom), do: :erlang.atom_to_binary(atom)
  def to_charlist(atom), do: :erlang.atom_to_list(atom)
  def to_char_list(atom), do: to_charlist(atom)
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
  def unquote(:^^^)(a, b), do: :erlang.bxor(a, b)
  def unquote(:"~~~")(a), do: :erlang.bnot(a)
end
