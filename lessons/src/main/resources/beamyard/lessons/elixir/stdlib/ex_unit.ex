defmodule ExUnit.AssertionError do
  @no_value :ex_unit_no_meaningful_value

  defexception left: @no_value, right: @no_value, message: @no_value, expr: @no_value, args: @no_value, doctest: @no_value, context: :==

  def no_value(), do: @no_value

  def message(exception), do: "\n\n" <> ExUnit.Formatter.__assertion__(exception, "")
end

defmodule ExUnit.TimeoutError do
  defexception [:timeout, :type]

  def message(%{timeout: timeout, type: type}) do
    "#{type} timed out after #{timeout}ms. You can change the timeout with the :timeout tag"
  end
end

defmodule ExUnit.Test do
  defstruct [:name, :case, :module, :state, time: 0, tags: %{}, logs: ""]
end

defmodule ExUnit.Case do
  defmacro __using__(options) do
    quote do
      ExUnit.Case.__open__(__MODULE__, unquote(options))
      import ExUnit.Callbacks
      import ExUnit.Assertions
      import ExUnit.Case, only: [describe: 2, test: 1, test: 2, test: 3]
      @before_compile ExUnit.Case
    end
  end

  def __open__(module, options) do
    if not ExUnit.__started__?() do
      raise "cannot use ExUnit.Case without starting the ExUnit application, please call ExUnit.start() or explicitly start the :ex_unit app"
    end

    for name <- [:ex_unit_tests, :ex_unit_setups, :tag, :describetag, :moduletag] do
      Module.register_attribute(module, name, accumulate: true)
    end

    Module.put_attribute(module, :ex_unit_describe, nil)
    Module.put_attribute(module, :ex_unit_async, Keyword.get(options, :async, false))
    :ok
  end

  defmacro __before_compile__(env) do
    names = for {_, _, {:private, name}} <- Module.get_attribute(env.module, :ex_unit_setups), uniq: true, do: name
    doors = for name <- names, do: quote(do: def(__ex_unit_call__(unquote(name), context), do: unquote(name)(context)))

    quote do
      unquote_splicing(doors)
      def __ex_unit__(:tests), do: Enum.reverse(@ex_unit_tests)
      def __ex_unit__(:setups), do: Enum.reverse(@ex_unit_setups)
      def __ex_unit__(:async), do: @ex_unit_async
      ExUnit.__add_module__(__MODULE__)
    end
  end

  defmacro describe(message, do: block) do
    quote do
      ExUnit.Case.__describe__(__MODULE__, unquote(message))
      unquote(block)
      ExUnit.Case.__end_describe__(__MODULE__)
    end
  end

  def __describe__(module, message) do
    if Module.get_attribute(module, :ex_unit_describe) do
      raise "cannot call \"describe\" inside another \"describe\". See the documentation for ExUnit.Case.describe/2 on named setups and how to handle hierarchies"
    end

    Module.put_attribute(module, :ex_unit_describe, message)
  end

  def __end_describe__(module) do
    Module.put_attribute(module, :ex_unit_describe, nil)
    Module.delete_attribute(module, :describetag)
    Module.register_attribute(module, :describetag, accumulate: true)
  end

  defmacro test(message) do
    line = __CALLER__.line

    quote bind_quoted: [message: message, line: line] do
      name = ExUnit.Case.__register__(__MODULE__, message, line, not_implemented: true)
      def unquote(name)(_), do: :ok
    end
  end

  defmacro test(message, do: block), do: define(message, quote(do: _), block, __CALLER__.line)

  defmacro test(message, context, do: block), do: define(message, context, block, __CALLER__.line)

  defp define(message, context, block, line) do
    body =
      quote do
        unquote(block)
        :ok
      end

    quote bind_quoted: [
            message: message,
            line: line,
            body: Macro.escape(body, unquote: true),
            context: Macro.escape(context)
          ] do
      name = ExUnit.Case.__register__(__MODULE__, message, line, [])
      def unquote(name)(unquote(context)), do: unquote(body)
    end
  end

  # The name of a new test, whose tags are those set since the one before.
  def __register__(module, message, line, given) do
    describe = Module.get_attribute(module, :ex_unit_describe)
    name = if describe, do: :"test #{describe} #{message}", else: :"test #{message}"

    if Enum.any?(Module.get_attribute(module, :ex_unit_tests), fn {known, _} -> known == name end) do
      raise ExUnit.DuplicateTestError, "#{inspect(name)} is already defined in #{inspect(module)}"
    end

    tags =
      for attribute <- [:moduletag, :describetag, :tag], tag <- Enum.reverse(Module.get_attribute(module, attribute)) do
        tag
      end

    tags =
      (tags ++ given)
      |> Enum.flat_map(fn
        tag when is_atom(tag) -> [{tag, true}]
        {_, _} = tag -> [tag]
        tags -> Enum.to_list(tags)
      end)
      |> Map.new()
      |> Map.merge(%{
        line: line,
        file: "iex",
        registered: %{},
        test: name,
        describe: describe,
        describe_line: nil,
        module: module,
        case: module,
        async: Module.get_attribute(module, :ex_unit_async),
        test_type: :test
      })

    Module.put_attribute(module, :ex_unit_tests, {name, tags})
    Module.delete_attribute(module, :tag)
    Module.register_attribute(module, :tag, accumulate: true)
    name
  end
end

defmodule ExUnit.DuplicateTestError do
  defexception [:message]
end

defmodule ExUnit.Callbacks do
  defmacro setup(what), do: callback(:setup, what, __CALLER__)
  defmacro setup(context, what), do: callback(:setup, context, what, __CALLER__)
  defmacro setup_all(what), do: callback(:setup_all, what, __CALLER__)
  defmacro setup_all(context, what), do: callback(:setup_all, context, what, __CALLER__)

  defp callback(kind, [do: _] = body, caller), do: callback(kind, quote(do: _), body, caller)

  defp callback(kind, names, _caller) do
    quote do
      ExUnit.Callbacks.__names__(__MODULE__, unquote(kind), unquote(names))
      |> Enum.each(fn name -> ExUnit.Callbacks.__add__(__MODULE__, unquote(kind), name) end)
    end
  end

  defp callback(kind, context, [do: body], caller) do
    name = :"__ex_unit_#{kind}_#{caller.line}_#{:erlang.unique_integer([:positive])}"

    quote do
      ExUnit.Callbacks.__add__(__MODULE__, unquote(kind), unquote(name))
      def unquote(name)(unquote(context)), do: unquote(body)
    end
  end

  def __names__(_module, _kind, name) when is_atom(name), do: [name]

  def __names__(_module, _kind, names) when is_list(names), do: names

  def __names__(_module, _kind, {_module_name, function} = name) when is_atom(function), do: [name]

  def __add__(module, kind, name) do
    describe = if kind == :setup, do: Module.get_attribute(module, :ex_unit_describe)

    if is_atom(name) and not String.starts_with?(Atom.to_string(name), "__ex_unit") do
      Module.put_attribute(module, :ex_unit_setups, {kind, describe, {:private, name}})
    else
      Module.put_attribute(module, :ex_unit_setups, {kind, describe, name})
    end
  end

  def on_exit(name \\ make_ref(), callback) when is_function(callback, 0) do
    case Process.get(:ex_unit_runner) do
      nil ->
        raise ArgumentError, "on_exit/2 can only be invoked from the test process"

      runner ->
        send(runner, {:on_exit, self(), name, callback})
        :ok
    end
  end

  def start_supervised(child, options \\ []) do
    {id, start} = child_start(child, options)

    case supervised(start) do
      {:ok, pid} ->
        on_exit({:supervised, id}, fn -> stop(pid) end)
        {:ok, pid}

      other ->
        other
    end
  end

  def start_supervised!(child, options \\ []) do
    case start_supervised(child, options) do
      {:ok, pid} -> pid
      {:error, reason} -> raise "failed to start child with the spec #{inspect(child)}.\nReason: #{Exception.format_exit(reason)}"
    end
  end

  defp child_start(child, options) do
    spec = Supervisor.child_spec(child, options)
    {spec.id, spec.start}
  end

  # Started by a process of its own, so that it does not end with the test before the test's exit hooks have run.
  defp supervised({module, function, arguments}) do
    test = self()
    ref = make_ref()

    spawn(fn ->
      Process.flag(:trap_exit, true)
      result = apply(module, function, arguments)
      send(test, {ref, result})
      if match?({:ok, _}, result), do: Process.sleep(:infinity)
    end)

    receive do
      {^ref, result} -> result
    end
  end

  defp stop(pid) do
    ref = Process.monitor(pid)
    Process.exit(pid, :shutdown)

    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    after
      5000 -> Process.exit(pid, :kill)
    end
  end
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
          message: "match (match?/2) failed" <> ExUnit.Assertions.__pins__(unquote(pins)),
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
    text = Macro.to_string(pattern)

    quote do
      right = unquote(value)

      if match?(unquote(pattern), right) do
        raise ExUnit.AssertionError,
          left: {:ex_unit_pattern, unquote(text)},
          right: right,
          expr: {:ex_unit_code, unquote(code)},
          message: "match (match?/2) succeeded, but should have failed"
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

defmodule ExUnit.CaptureIO do
  def capture_io(function) when is_function(function, 0), do: capture_io(:stdio, "", function)
  def capture_io(device, function) when is_atom(device), do: capture_io(device, "", function)
  def capture_io(input, function) when is_binary(input), do: capture_io(:stdio, input, function)

  def capture_io(options, function) when is_list(options) do
    capture_io(:stdio, Keyword.get(options, :input, ""), function)
  end

  def capture_io(device, input, function) do
    {_, output} = capture(device, input, function)
    output
  end

  def with_io(function) when is_function(function, 0), do: capture(:stdio, "", function)
  def with_io(input, function) when is_binary(input), do: capture(:stdio, input, function)

  defp capture(:stderr, _input, function) do
    original = Process.whereis(:standard_error)
    device = start("")
    if original, do: Process.unregister(:standard_error)
    Process.register(device, :standard_error)

    try do
      {function.(), contents(device)}
    after
      # the device ends with its contents, and its name may be gone by now
      if Process.whereis(:standard_error), do: Process.unregister(:standard_error)
      if original, do: Process.register(original, :standard_error)
    end
  end

  defp capture(_, input, function) do
    original = Process.group_leader()
    device = start(input)
    Process.group_leader(self(), device)

    try do
      result = function.()
      {result, contents(device)}
    after
      Process.group_leader(self(), original)
    end
  end

  defp start(input) do
    spawn(fn -> loop(input, []) end)
  end

  defp contents(device) do
    ref = make_ref()
    send(device, {:contents, self(), ref})

    receive do
      {^ref, output} -> output
    end
  end

  defp loop(input, output) do
    receive do
      {:contents, from, ref} ->
        send(from, {ref, IO.chardata_to_string(Enum.reverse(output))})

      {:io_request, from, ref, request} ->
        {reply, input, output} = answer(request, input, output)
        send(from, {:io_reply, ref, reply})
        loop(input, output)
    end
  end

  defp answer({:put_chars, chars}, input, output), do: {:ok, input, [chars | output]}
  defp answer({:put_chars, _encoding, chars}, input, output), do: {:ok, input, [chars | output]}

  defp answer({:put_chars, _encoding, module, function, arguments}, input, output) do
    {:ok, input, [apply(module, function, arguments) | output]}
  end

  defp answer({:get_line, _encoding, prompt}, input, output) do
    output = [to_string(prompt) | output]

    case String.split(input, "\n", parts: 2) do
      [""] -> {:eof, "", output}
      [line] -> {line, "", output}
      [line, rest] -> {line <> "\n", rest, output}
    end
  end

  defp answer(_, input, output), do: {{:error, :request}, input, output}
end

defmodule ExUnit.Formatter do
  # The text of a failure, numbered, as the command line shows it.
  def format_test_failure(test, failures, number) do
    head = String.pad_leading("#{number}", 3) <> ") #{test.name} (#{inspect(test.module)})\n     #{test.tags.file}:#{test.tags.line}\n"
    head <> Enum.map_join(failures, "", fn failure -> failure(failure, test) end)
  end

  defp failure({:error, %{__struct__: ExUnit.AssertionError} = error, stack}, test) do
    __assertion__(error, "     ") <> stack(stack, test)
  end

  defp failure({{:EXIT, pid}, reason, stack}, test) do
    "     ** (EXIT from #{inspect(pid)}) " <> exit_text(reason) <> "\n" <> stack(stack, test)
  end

  defp failure({kind, reason, stack}, test) do
    {blamed, stack} = Exception.blame(kind, reason, stack)
    indent(Exception.format_banner(kind, blamed, stack), "     ") <> "\n" <> stack(stack, test)
  end

  defp exit_text(reason), do: Exception.format_exit(reason)

  defp stack([], _), do: ""

  defp stack(stack, test) do
    kept = Enum.take_while(stack, fn entry -> elem(entry, 0) != ExUnit.Runner end)
    kept = Enum.reject(kept, fn entry -> elem(entry, 0) in [ExUnit.Assertions, ExUnit.Callbacks, ExUnit.Case] end)

    if kept == [] do
      ""
    else
      "     stacktrace:\n" <> Enum.map_join(kept, "", fn entry -> "       " <> entry(entry, test) <> "\n" end)
    end
  end

  # A place in the test itself is shown as such.
  defp entry({module, name, arity, location}, %{module: module, name: name}) when arity == 1 or is_list(arity) do
    "#{location[:file]}:#{location[:line]}: (test)"
  end

  defp entry(entry, _), do: Exception.format_stacktrace_entry(entry)

  def __assertion__(error, margin) do
    none = ExUnit.AssertionError.no_value()
    {left, right} = {side(error.left), side(error.right)}

    rows =
      [{"code:", code(error.expr)}, {"left:", left}, {"right:", right}]
      |> Enum.reject(fn {_, value} -> value == none end)

    width = if Enum.any?(rows, fn {label, _} -> label == "right:" end), do: 7, else: 6

    lines =
      Enum.map(rows, fn {label, value} ->
        margin <> String.pad_trailing(label, width) <> String.replace(value, "\n", "\n" <> margin <> String.duplicate(" ", width)) <> "\n"
      end)

    message = if error.message == none, do: "", else: indent(error.message, margin) <> "\n"
    message <> Enum.join(lines) <> arguments(error.args, margin) <> mailbox(error.context, margin)
  end

  defp side(:ex_unit_no_meaningful_value = none), do: none
  defp side({:ex_unit_pattern, text}), do: text
  defp side(value), do: inspect(value, pretty: true, width: 80 - 12)

  defp code(:ex_unit_no_meaningful_value = none), do: none
  defp code({:ex_unit_code, text}), do: text
  defp code(form), do: Macro.to_string(form)

  defp arguments(list, margin) when is_list(list) do
    shown =
      list
      |> Enum.with_index(1)
      |> Enum.map_join("", fn {argument, index} ->
        "\n         # #{index}\n#{indent(inspect(argument, pretty: true), "         ")}\n"
      end)

    "#{margin}arguments:\n" <> shown <> "\n"
  end

  defp arguments(_, _), do: ""

  defp mailbox({:mailbox, _, []}, _), do: ""

  defp mailbox({:mailbox, pattern, messages}, margin) do
    "#{margin}mailbox:\n" <>
      Enum.map_join(messages, "", fn message ->
        "#{margin}  pattern: #{pattern}\n#{margin}  value:   #{inspect(message, pretty: true)}\n"
      end)
  end

  defp mailbox(_, _), do: ""

  defp indent(text, margin), do: margin <> String.replace(text, "\n", "\n" <> margin)
end

defmodule ExUnit.Runner do
  # Runs the tests of all modules one after the other, in the caller, and prints as it goes.
  def run(modules, options) do
    started = System.monotonic_time(:microsecond)
    counts = %{excluded: 0, failures: 0, skipped: 0, total: 0}
    counts = Enum.reduce(modules, counts, fn module, counts -> run_module(module, options, counts) end)
    seconds = (System.monotonic_time(:microsecond) - started) / 1_000_000
    summary(counts, seconds, Enum.any?(modules, & &1.__ex_unit__(:async)), options)
    counts
  end

  defp run_module(module, options, counts) do
    tests = for {name, tags} <- ordered(module.__ex_unit__(:tests), options[:seed]), do: %ExUnit.Test{name: name, case: module, module: module, tags: tags}
    parent = self()
    ref = make_ref()

    # setup_all runs in a process that lives as long as the tests of its module
    {owner, monitor} =
      spawn_monitor(fn ->
        Process.put(:ex_unit_runner, parent)

        result =
          try do
            {:ok, setups(module, :setup_all, nil, %{module: module, case: module, async: module.__ex_unit__(:async)})}
          catch
            kind, reason -> {:failed, {kind, normal(kind, reason, __STACKTRACE__), __STACKTRACE__}}
          end

        send(parent, {ref, result})

        receive do
          {^ref, :done} -> :ok
        end
      end)

    outcome =
      receive do
        {^ref, result} -> result
        {:DOWN, ^monitor, _, _, reason} -> {:failed, {{:EXIT, owner}, reason, []}}
      end

    {run, left_out} = Enum.split_with(tests, fn test -> not excluded?(test, options) and !test.tags[:skip] end)
    counts = Enum.reduce(left_out ++ run, counts, fn test, counts -> run_test(test, outcome, options, counts) end)
    send(owner, {ref, :done})
    Process.demonitor(monitor, [:flush])
    exit_hooks(owner)
    counts
  end

  defp ordered(tests, 0), do: tests

  defp ordered(tests, seed) do
    :rand.seed(:exs1024, {seed, seed, seed})
    Enum.shuffle(tests)
  end

  defp run_test(test, outcome, options, counts) do
    counts = %{counts | total: counts.total + 1}

    cond do
      excluded?(test, options) ->
        %{counts | excluded: counts.excluded + 1}

      test.tags[:skip] ->
        IO.write("*")
        %{counts | skipped: counts.skipped + 1}

      test.tags[:not_implemented] ->
        fail(test, {:error, %ExUnit.AssertionError{message: "Not implemented"}, []}, counts)

      match?({:failed, _}, outcome) ->
        {:failed, failure} = outcome
        fail(test, failure, counts)

      true ->
        {:ok, context} = outcome

        case execute(test, Map.merge(context, test.tags), options) do
          :ok ->
            IO.write(".")
            counts

          failure ->
            fail(test, failure, counts)
        end
    end
  end

  defp fail(test, failure, counts) do
    counts = %{counts | failures: counts.failures + 1}
    IO.write("\n\n" <> ExUnit.Formatter.format_test_failure(test, [failure], counts.failures) <> "\n")
    counts
  end

  defp excluded?(%{tags: tags}, options) do
    matches = fn rule ->
      case rule do
        {key, value} -> Map.has_key?(tags, key) and (tags[key] == value or to_string(tags[key]) == to_string(value))
        key -> Map.has_key?(tags, key)
      end
    end

    Enum.any?(options[:exclude], matches) and not Enum.any?(options[:include], matches)
  end

  defp execute(test, context, options) do
    parent = self()
    timeout = Map.get(test.tags, :timeout, options[:timeout])

    {pid, monitor} =
      spawn_monitor(fn ->
        Process.put(:ex_unit_runner, parent)

        result =
          try do
            context = setups(test.module, :setup, test.tags.describe, context)
            apply(test.module, test.name, [context])
            :ok
          catch
            kind, reason -> {kind, normal(kind, reason, __STACKTRACE__), __STACKTRACE__}
          end

        send(parent, {self(), :finished, result})
        exit(:shutdown)
      end)

    result =
      receive do
        {^pid, :finished, result} ->
          Process.demonitor(monitor, [:flush])
          result

        {:DOWN, ^monitor, _, _, reason} ->
          {{:EXIT, pid}, reason, []}
      after
        timeout ->
          Process.exit(pid, :kill)
          Process.demonitor(monitor, [:flush])
          {:error, %ExUnit.TimeoutError{timeout: timeout, type: "test"}, []}
      end

    case {result, exit_hooks(pid)} do
      {:ok, failure} -> failure
      {failure, _} -> failure
    end
  end

  # The latest hook first, each in a process of its own.
  defp exit_hooks(pid) do
    pid
    |> hooks([])
    |> Enum.reduce(:ok, fn {_, callback}, so_far ->
      {hook, monitor} =
        spawn_monitor(fn ->
          try do
            callback.()
          catch
            kind, reason -> exit({:hook, {kind, normal(kind, reason, __STACKTRACE__), __STACKTRACE__}})
          end
        end)

      receive do
        {:DOWN, ^monitor, _, _, :normal} -> so_far
        {:DOWN, ^monitor, _, _, {:hook, failure}} -> if so_far == :ok, do: failure, else: so_far
        {:DOWN, ^monitor, _, _, reason} -> if so_far == :ok, do: {{:EXIT, hook}, reason, []}, else: so_far
      end
    end)
  end

  defp hooks(pid, found) do
    receive do
      {:on_exit, ^pid, name, callback} -> hooks(pid, List.keystore(found, name, 0, {name, callback}))
    after
      0 -> Enum.reverse(found)
    end
  end

  defp normal(:error, reason, stack), do: Exception.normalize(:error, reason, stack)
  defp normal(_, reason, _), do: reason

  defp setups(module, kind, describe, context) do
    module.__ex_unit__(:setups)
    |> Enum.filter(fn {of, group, _} -> of == kind and group in [nil, describe] end)
    |> Enum.sort_by(fn {_, group, _} -> group != nil end)
    |> Enum.reduce(context, fn {_, _, callback}, context -> merge(module, kind, context, call(module, callback, context)) end)
  end

  defp call(module, {:private, name}, context), do: module.__ex_unit_call__(name, context)
  defp call(_module, {other, name}, context), do: apply(other, name, [context])
  defp call(module, name, context), do: apply(module, name, [context])

  defp merge(module, kind, context, result) do
    case result do
      :ok -> context
      {:ok, given} -> add(context, given, module, kind)
      given when is_list(given) or is_map(given) -> add(context, given, module, kind)
      other -> raise "expected ExUnit callback in #{inspect(module)} to return :ok | keyword | map, got #{inspect(other)} instead"
    end
  end

  defp add(context, %{__struct__: _} = given, module, _) do
    _ = context
    raise "expected ExUnit callback in #{inspect(module)} to return :ok | keyword | map, got #{inspect(given)} instead"
  end

  defp add(context, given, _, _), do: Map.merge(context, Map.new(given))

  defp summary(counts, seconds, async, options) do
    time = :erlang.float_to_binary(seconds * 1.0, decimals: 2)
    {parallel, serial} = if async, do: {time, "0.00"}, else: {"0.00", time}
    failures = if counts.failures == 1, do: "1 failure", else: "#{counts.failures} failures"
    tests = if counts.total == 1, do: "1 test", else: "#{counts.total} tests"
    excluded = if counts.excluded > 0, do: ", #{counts.excluded} excluded", else: ""
    skipped = if counts.skipped > 0, do: ", #{counts.skipped} skipped", else: ""

    IO.puts("\nFinished in #{time} seconds (#{parallel}s async, #{serial}s sync)\n#{tests}, #{failures}#{excluded}#{skipped}\n\nRandomized with seed #{options[:seed]}")
  end
end

defmodule ExUnit do
  # Unlike Elixir's, the seed is 0 unless one is given, so that the same run gives the same order.
  @defaults [seed: 0, exclude: [], include: [], timeout: 60_000, autorun: true]

  def start(options \\ []) do
    if not __started__?(), do: Application.put_env(:ex_unit, :modules, [])
    configure(Keyword.merge(configuration(), options))
    Application.put_env(:ex_unit, :started, true)
    :ok
  end

  def configure(options) do
    Application.put_env(:ex_unit, :options, Keyword.merge(configuration(), options))
  end

  def configuration(), do: Application.get_env(:ex_unit, :options, @defaults)

  def __started__?(), do: Application.get_env(:ex_unit, :started, false)

  def __add_module__(module) do
    modules = Application.get_env(:ex_unit, :modules, [])
    Application.put_env(:ex_unit, :modules, List.delete(modules, module) ++ [module])
  end

  def run(additional \\ []) do
    modules = Application.get_env(:ex_unit, :modules, []) ++ additional
    Application.put_env(:ex_unit, :modules, [])
    ExUnit.Runner.run(Enum.uniq(modules), configuration())
  end

  # What a script that started ExUnit does at its end.
  def __at_exit__() do
    if __started__?() and configuration()[:autorun] and Application.get_env(:ex_unit, :modules, []) != [], do: run()
    :ok
  end
end
