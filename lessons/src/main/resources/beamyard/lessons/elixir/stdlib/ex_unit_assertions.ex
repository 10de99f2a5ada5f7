defmodule ExUnit.AssertionError do
  @no_value :ex_unit_no_meaningful_value

  defexception left: @no_value, right: @no_value, message: @no_value, expr: @no_value, args: @no_value, doctest: @no_value, context: :==

  def no_value(), do: @no_value

  def message(exception), do: "\n\n" <> ExUnit.Formatter.__assertion__(exception, "")
end

defmodule ExUnit.Assertions do
  @operators [:==, :<, :>, :<=, :>=, :===, :=~, :!==, :!=, :in]

  defmacro assert({:=, _, [pattern, value]} = call) do
    code = "assert " <> Macro.to_string(call)
    {clause, guarded} = guard_of(pattern)
    variables = variables(clause)
    pins = pins(clause)
    text = Macro.to_string(pattern)

    quote do
      right = unquote(value)

      unquote(variables) =
        case right do
          unquote(guarded) ->
            unquote(variables)

          _ ->
            raise ExUnit.AssertionError,
              left: {:ex_unit_pattern, unquote(text)},
              right: right,
              expr: {:ex_unit_code, unquote(code)},
              message: "match (=) failed" <> ExUnit.Assertions.__pins__(unquote(pins)),
              context: {:match, []}
        end

      right
    end
  end

  defmacro assert({:match?, _, [pattern, value]} = call) do
    code = "assert " <> Macro.to_string(call)
    pins = pins(pattern)
    text = Macro.to_string(pattern)

    quote do
      right = unquote(value)

      if match?(unquote(pattern), right) do
        true
      else
        raise ExUnit.AssertionError,
          left: {:ex_unit_pattern, unquote(text)},
          right: right,
          expr: {:ex_unit_code, unquote(code)},
          message: "match (match?) failed" <> ExUnit.Assertions.__pins__(unquote(pins)),
          context: {:match, []}
      end
    end
  end

  defmacro assert({operator, _, [left, right]} = call) when operator in @operators do
    code = "assert " <> Macro.to_string(call)
    check = {operator, [], [quote(do: left), quote(do: right)]}
    check = if operator == :in, do: quote(do: Enum.member?(right, left)), else: check

    quote do
      left = unquote(left)
      right = unquote(right)
      ExUnit.Assertions.__compare__(unquote(check), unquote(operator), left, right, unquote(code))
    end
  end

  defmacro assert(assertion) do
    code = "assert " <> Macro.to_string(assertion)
    {arguments, call} = arguments(assertion, __CALLER__)

    quote do
      arguments = unquote(arguments)
      value = unquote(call)

      if value do
        value
      else
        raise ExUnit.AssertionError,
          args: arguments,
          expr: {:ex_unit_code, unquote(code)},
          message: "Expected truthy, got #{inspect(value)}"
      end
    end
  end

  def assert(value, message) when is_binary(message) do
    if value, do: true, else: raise(ExUnit.AssertionError, message: message)
  end

  def assert(value, options) when is_list(options) do
    if value, do: true, else: raise(ExUnit.AssertionError, options)
  end

  defmacro refute({:match?, _, [pattern, value]} = call) do
    code = "refute " <> Macro.to_string(call)
    pins = pins(pattern)
    text = Macro.to_string(pattern)

    quote do
      right = unquote(value)

      if match?(unquote(pattern), right) do
        raise ExUnit.AssertionError,
          left: {:ex_unit_pattern, unquote(text)},
          right: right,
          expr: {:ex_unit_code, unquote(code)},
          message: "match (match?) succeeded, but should have failed" <> ExUnit.Assertions.__pins__(unquote(pins))
      else
        false
      end
    end
  end

  defmacro refute({operator, _, [left, right]} = call) when operator in @operators do
    code = "refute " <> Macro.to_string(call)
    check = {operator, [], [quote(do: left), quote(do: right)]}
    check = if operator == :in, do: quote(do: Enum.member?(right, left)), else: check

    quote do
      left = unquote(left)
      right = unquote(right)
      ExUnit.Assertions.__refute__(unquote(check), unquote(operator), left, right, unquote(code))
    end
  end

  defmacro refute(assertion) do
    code = "refute " <> Macro.to_string(assertion)
    {arguments, call} = arguments(assertion, __CALLER__)

    quote do
      arguments = unquote(arguments)
      value = unquote(call)

      if value do
        raise ExUnit.AssertionError,
          args: arguments,
          expr: {:ex_unit_code, unquote(code)},
          message: "Expected false or nil, got #{inspect(value)}"
      else
        value
      end
    end
  end

  def refute(value, message), do: not assert(!value, message)

  # The values of a call's arguments are worth showing, unless they are literals or it is a macro's.
  defp arguments({name, meta, arguments} = call, caller) when is_list(arguments) and arguments != [] do
    special = is_atom(name) and (name in [:fn, :&, :^, :{}, :%{}, :%, :<<>>, :__block__, :__aliases__, :., :case, :if] or Macro.expand_once(call, caller) != call)
    dotted = match?({:., _, [_, function]} when is_atom(function), name)

    if special or Enum.all?(arguments, &literal?/1) or not (is_atom(name) or dotted) do
      {ExUnit.AssertionError.no_value(), call}
    else
      variables = for index <- 1..length(arguments), do: {:"arg#{index}", [], __MODULE__}
      bind = for {variable, argument} <- Enum.zip(variables, arguments), do: quote(do: unquote(variable) = unquote(argument))
      {quote(do: (unquote_splicing(bind); unquote(variables))), {name, meta, variables}}
    end
  end

  defp arguments(other, _), do: {ExUnit.AssertionError.no_value(), other}

  defp literal?(term) when is_list(term), do: Enum.all?(term, &literal?/1)
  defp literal?({a, b}), do: literal?(a) and literal?(b)
  defp literal?({:__aliases__, _, _}), do: true
  defp literal?({name, _, arguments}) when name in [:%{}, :{}] and is_list(arguments), do: literal?(arguments)
  defp literal?({sign, _, [number]}) when sign in [:+, :-], do: is_number(number)
  defp literal?(term), do: not is_tuple(term)

  def __compare__(result, operator, left, right, code) do
    cond do
      result ->
        true

      operator in [:!=, :!==] ->
        raise ExUnit.AssertionError,
          left: left,
          expr: {:ex_unit_code, code},
          message: "Assertion with #{operator} failed, both sides are exactly equal"

      true ->
        raise ExUnit.AssertionError,
          left: left,
          right: right,
          expr: {:ex_unit_code, code},
          message: "Assertion with #{operator} failed",
          context: operator
    end
  end

  def __refute__(result, operator, left, right, code) do
    cond do
      !result ->
        false

      operator in [:==, :===] ->
        raise ExUnit.AssertionError,
          left: left,
          expr: {:ex_unit_code, code},
          message: "Refute with #{operator} failed, both sides are exactly equal"

      true ->
        raise ExUnit.AssertionError,
          left: left,
          right: right,
          expr: {:ex_unit_code, code},
          message: "Refute with #{operator} failed",
          context: operator
    end
  end

  def __pins__([]), do: ""

  def __pins__(pins) do
    "\nThe following variables were pinned:" <>
      Enum.map_join(pins, "", fn {name, value} -> "\n  #{name} = #{inspect(value)}" end)
  end

  defp guard_of({:when, meta, [pattern, guard]}), do: {pattern, {:when, meta, [pattern, guard]}}
  defp guard_of(pattern), do: {pattern, pattern}

  # The variables that a pattern binds, each once.
  defp variables(pattern), do: pattern |> bound([]) |> Enum.uniq_by(fn {name, _, context} -> {name, context} end) |> Enum.reverse()

  defp bound({:^, _, [_]}, acc), do: acc
  defp bound({:"::", _, [left, _]}, acc), do: bound(left, acc)
  defp bound({:_, _, context}, acc) when is_atom(context), do: acc

  defp bound({name, _, context} = variable, acc) when is_atom(name) and is_atom(context) do
    if name in [:__MODULE__, :__ENV__] or String.starts_with?(Atom.to_string(name), "_"), do: acc, else: [variable | acc]
  end

  defp bound({left, right}, acc), do: bound(right, bound(left, acc))
  defp bound({_, _, arguments}, acc) when is_list(arguments), do: bound(arguments, acc)
  defp bound(list, acc) when is_list(list), do: Enum.reduce(list, acc, &bound/2)
  defp bound(_, acc), do: acc

  defp pins(pattern) do
    pattern
    |> pinned([])
    |> Enum.reverse()
    |> Enum.uniq_by(fn {name, _, _} -> name end)
    |> Enum.map(fn {name, _, _} = variable -> {name, variable} end)
  end

  defp pinned({:^, _, [{name, _, context} = variable]}, acc) when is_atom(name) and is_atom(context), do: [variable | acc]
  defp pinned({left, right}, acc), do: pinned(right, pinned(left, acc))
  defp pinned({_, _, arguments}, acc) when is_list(arguments), do: pinned(arguments, acc)
  defp pinned(list, acc) when is_list(list), do: Enum.reduce(list, acc, &pinned/2)
  defp pinned(_, acc), do: acc

  defmacro assert_receive(pattern, timeout \\ 100, message \\ nil) do
    await(:assert_receive, pattern, timeout, message)
  end

  defmacro assert_received(pattern, message \\ nil), do: await(:assert_received, pattern, 0, message)

  defp await(name, pattern, timeout, message) do
    {clause, guarded} = guard_of(pattern)
    variables = variables(clause)
    text = Macro.to_string(pattern)
    code = "#{name} " <> Macro.to_string(pattern)
    pins = pins(clause)

    quote do
      {received, unquote(variables)} =
        receive do
          unquote(received_pattern(guarded)) -> {received, unquote(variables)}
        after
          unquote(timeout) ->
            ExUnit.Assertions.__not_received__(unquote(timeout), unquote(text), unquote(code), unquote(message), unquote(pins))
        end

      received
    end
  end

  defp received_pattern({:when, meta, [pattern, guard]}), do: {:when, meta, [quote(do: unquote(pattern) = received), guard]}
  defp received_pattern(pattern), do: quote(do: unquote(pattern) = received)

  def __not_received__(_, _, _, message, _) when is_binary(message), do: flunk(message)

  def __not_received__(timeout, text, code, nil, pins) do
    {:messages, messages} = Process.info(self(), :messages)
    shown = Enum.take(messages, -10)

    mailbox =
      case length(messages) do
        0 -> "\nThe process mailbox is empty."
        1 -> "\nShowing 1 of 1 message in the mailbox"
        n -> "\nShowing #{length(shown)} of #{n} messages in the mailbox"
      end

    raise ExUnit.AssertionError,
      expr: {:ex_unit_code, code},
      message: "Assertion failed, no matching message after #{timeout}ms" <> __pins__(pins) <> mailbox,
      context: {:mailbox, text, shown}
  end

  defmacro refute_receive(pattern, timeout \\ 100, message \\ nil) do
    refuse(:refute_receive, pattern, timeout, message)
  end

  defmacro refute_received(pattern, message \\ nil), do: refuse(:refute_received, pattern, 0, message)

  defp refuse(_name, pattern, timeout, message) do
    {_, guarded} = guard_of(pattern)
    text = Macro.to_string(pattern)

    quote do
      receive do
        unquote(received_pattern(unused(guarded))) ->
          flunk(unquote(message) || "Unexpectedly received message #{inspect(received)} (which matched #{unquote(text)})")
      after
        unquote(timeout) -> false
      end
    end
  end

  defp unused(pattern), do: pattern

  def assert_raise(exception, message, function) when is_function(function) do
    error = assert_raise(exception, function)
    actual = Exception.message(error)

    matches =
      case message do
        text when is_binary(text) -> actual == text
        %{__struct__: Regex} = regex -> Regex.match?(regex, actual)
      end

    if not matches do
      raise ExUnit.AssertionError,
        message: "Wrong message for #{inspect(exception)}\nexpected:\n  #{inspect(message)}\nactual:\n  #{inspect(actual)}"
    end

    error
  end

  def assert_raise(exception, function) when is_function(function) do
    result =
      try do
        function.()
        :nothing
      rescue
        error -> {:raised, error, __STACKTRACE__}
      end

    case result do
      :nothing ->
        flunk("Expected exception #{inspect(exception)} but nothing was raised")

      {:raised, %{__struct__: ^exception} = error, _} ->
        error

      {:raised, %{__struct__: ExUnit.AssertionError} = error, stack} ->
        reraise(error, stack)

      {:raised, %{__struct__: other} = error, stack} ->
        reraise(
          %ExUnit.AssertionError{
            message: "Expected exception #{inspect(exception)} but got #{inspect(other)} (#{Exception.message(error)})"
          },
          stack
        )
    end
  end

  def assert_in_delta(left, right, delta, message \\ nil)

  def assert_in_delta(_, _, delta, _) when delta < 0 do
    raise ArgumentError, "delta must always be a positive number, got: #{inspect(delta)}"
  end

  def assert_in_delta(left, right, delta, message) do
    difference = abs(left - right)

    assert(
      difference <= delta,
      message ||
        "Expected the difference between #{inspect(left)} and #{inspect(right)} (#{inspect(difference)}) to be less than or equal to #{inspect(delta)}"
    )
  end

  def refute_in_delta(left, right, delta, message \\ nil) do
    difference = abs(left - right)

    refute(
      difference < delta,
      message ||
        "Expected the difference between #{inspect(left)} and #{inspect(right)} (#{inspect(difference)}) to be more than #{inspect(delta)}"
    )
  end

  defmacro catch_throw(expression), do: catching(:throw, expression)
  defmacro catch_exit(expression), do: catching(:exit, expression)
  defmacro catch_error(expression), do: catching(:error, expression)

  defp catching(kind, expression) do
    quote do
      try do
        _ = unquote(expression)
        flunk("Expected to catch #{unquote(kind)}, got nothing")
      rescue
        error in [ExUnit.AssertionError] -> reraise(error, __STACKTRACE__)
      catch
        unquote(kind), caught -> caught
      end
    end
  end

  def flunk(message \\ "Flunked!"), do: raise(ExUnit.AssertionError, message: message)
end
