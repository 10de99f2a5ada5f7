#!/usr/bin/env elixir
#no space, no newline before
defmodule   Yard.Sample   do   # trailing, of the module
  @moduledoc   """
  What the yard holds.

      iex> Yard.Sample.gates(:north)
      3

  And "quotes" with \"escapes\".
  """
  use Agent,restart: :transient, shutdown: 10_000
  alias Yard.{Gate,Wall,
    Tower}
  import Kernel, except: [to_string: 1]


  @type gate :: {:gate, atom, non_neg_integer} | :none | (integer -> boolean) | (() -> :ok) | %{required(:name) => String.t(), optional(atom()) => any}
  @spec open(gate, keyword) :: {:ok, gate} | {:error, term} when gate: {:gate, atom, non_neg_integer}, term: any
  @gates [north: 3, south: 0x1f, "east side": 1234567, west: 1.5E-10]
  @attribute_with_a_long_name_of_many_words Application.compile_env(:yard, :some_setting, default_value_of_setting: true)

  defstruct name: nil,
            height: 0,
            open?: false

  # before a function

  # after an empty line
  def gates(side) when is_atom(side) and side in [:north,:south] or side == :east, do: Keyword.fetch!(@gates, side)
  def gates(_), do: raise ArgumentError, "no such side of the yard: there are only four sides, as everybody can see for himself"

  def walk(path,opts\\[]) do
    path |> Enum.map(fn step -> step*2 end) |> Enum.filter(& &1>0) |> Enum.reduce(0, &+/2)
    result = path
    |> Enum.map(&(&1 + 1))   # counted from one
    # and then
    |> Enum.sum()

    if opts[:loud] do IO.puts "sum: #{result} of #{length(path)} steps #{inspect(path, limit: 3, pretty: true)}, which is more than enough" else :ok end
    unless result > 10, do: :small
    case result do
      0->:none
      n when n<0 or n>100 ->
        {:error,n}
      # the usual
      _other -> {:ok, %{result: result, path: path, opts: opts, message: "a rather long message to break the line"}}
    end
  end

  defp bits(<<0::1,size::7,rest::binary-size(size),_::bits>>, <<head::utf8, tail::binary>>), do: <<size, (rest <> tail)::binary, head::little-unsigned-integer-size(8)-unit(2), <<1, 2>>::binary>>

  defp everything(a, b) do
    x = not a in b
    y = !(a and b) || a && not b
    z = -a ** 2 + b * (a - b) / 3 - -1
    w = a..b//2
    v = [head | tail] = a ++ b -- [1,2] ++ [3]
    u = {a, b, "c", 'd', ?e, ?\n, ~w(a b)a, ~r/x\/y/i, ~s{braces}, 'char#{a}list', :"quoted atom", :"atom#{a}", nil}
    t = a && (b || raise "no")
    with {:ok, c} <- fetch(a),
         d = c + 1,
         {:ok, e} when e > d <- fetch(b) do
      {c, d, e}
    else
      :error -> :error
      {:error, reason} -> reason
    end
    for i <- 1..10, rem(i, 2) == 0, j <- [i, i * i], into: %{}, do: {i, j}
    for <<r::8, g::8, b::8 <- "pixels">>, reduce: 0 do acc -> acc + r + g + b end
    receive do
      {:go, from} -> send from, :gone
    after 5_000 -> exit :timeout
    end
    try do
      risky!()
    rescue
      e in [ArgumentError, RuntimeError] -> reraise e, __STACKTRACE__
      ArithmeticError -> 0
    catch
      :exit, reason -> reason
      thrown -> thrown
    after
      :cleaned
    end
    fun = fn
      1, _ -> :one
      n, m when n > m ->
        n
    end
    fun.(1, 2).name.(3) |> Map.get(:key)[:deep]["er"]
    &Enum.map(&1, fn {key, _} -> key end)
    &(&1.name)
    &Yard.Sample.gates/1
    quote do: unquote(x) + unquote_splicing([y, z])
    %Gate{name: "north", height: 3} |> Map.put(:very_long_key_name, "very long value that needs room") |> Map.delete(:name)
    %{v | height: 4, name: "a name", another_field: "some more text", yet_another: "to fill the line up"}
    some_function_with_a_long_name(argument_number_one, argument_number_two, key: :value, other_key: [1, 2, 3])
    very_long_variable_name_for_a_result = another_quite_long_function_name(with_argument, and_another_one)
    assert_receive {:message, %{id: ^x}}, 1000
    [
      one: 1,
      two: 2]
    [1,
     2,
     3
    ]
    {
      :kept,
      # comment in a tuple
      :apart
    }
    "a" <> "b" <> String.duplicate("long enough to be broken", 3) <> "and a little more of it" <> "end"
    a = b = c = if x, do: y, else: z
    @gates[:north] == 3 and (a == 1 or b == 2) and c != 4 and some_other_condition_that_is_long(a, b)
    ~S'''
    heredoc sigil #{not_code}
      indented
    '''x
    function_taking_heredoc("""
    first line

      second #{x + y} line
    """, :more)
    a; b; c
  end
  # last words
end # trailing at the end
