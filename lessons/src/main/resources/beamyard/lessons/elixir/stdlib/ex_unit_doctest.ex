defmodule ExUnit.DocTest.Error do
  defexception [:line, :module, :message]

  def message(error) do
    file = ExUnit.DocTest.__source__(error.module)
    Exception.format_file_line(file, error.line) <> " " <> error.message
  end
end

defmodule ExUnit.DocTest do
  # Examples in documentation: what is behind iex> is evaluated and compared with what is below it.

  alias ExUnit.DocTest.Error

  defmacro doctest(module, options \\ []) do
    place = {__CALLER__.file, __CALLER__.line}

    quote bind_quoted: [module: module, options: options, place: place] do
      for {name, body} <- ExUnit.DocTest.__doctests__(module, options) do
        tags = Keyword.get(options, :tags, [])
        name = ExUnit.Case.__register__(__MODULE__, :doctest, name, place, List.wrap(tags))
        def unquote(name)(_), do: unquote(body)
      end
    end
  end

  def __source__(module) do
    case module.module_info(:compile)[:source] do
      nil -> "nofile"
      source -> source |> to_string() |> Path.relative_to_cwd()
    end
  end

  # The names and bodies of the tests that the documentation of a module makes.
  def __doctests__(module, options) do
    module
    |> documented()
    |> chosen(module, options)
    |> Enum.with_index(1)
    |> Enum.map(fn {{owner, example}, index} ->
      {name(module, owner) <> " (#{index})", body(module, example, Keyword.get(options, :import, false))}
    end)
  end

  defp name(module, :moduledoc), do: "module #{inspect(module)}"
  defp name(module, {function, arity}), do: "#{inspect(module)}.#{function}/#{arity}"

  defp documented(module) do
    case Code.fetch_docs(module) do
      {:docs_v1, place, _, _, of_module, _, entries} ->
        entries = for {{_, name, arity}, place, _, doc, _} <- Enum.sort(entries), do: {{name, arity}, place, doc}

        for {owner, place, %{"en" => text}} <- [{:moduledoc, place, of_module} | entries],
            example <- examples(text, place + 1, module),
            do: {owner, example}

      {:error, reason} ->
        raise Error,
          module: module,
          message: "could not retrieve the documentation for module #{inspect(module)}. #{missing(reason)}"
    end
  end

  defp missing(:module_not_found), do: "The BEAM file of the module cannot be accessed"
  defp missing(_), do: "The module was not compiled with documentation"

  defp chosen(all, module, options) do
    except = Keyword.get(options, :except, [])
    kept = Enum.reject(all, fn {owner, _} -> owner in except end)

    case Keyword.fetch(options, :only) do
      :error ->
        kept

      {:ok, only} ->
        kept = Enum.filter(kept, fn {owner, _} -> owner in only end)
        unknown = only -- Enum.map(kept, &elem(&1, 0))
        if unknown != [], do: raise(Error, module: module, message: undefined(module, unknown))
        Enum.reverse(kept)
    end
  end

  defp undefined(module, unknown) do
    functions = Enum.map_join(unknown, "\n    ", fn {name, arity} -> Exception.format_mfa(module, name, arity) end)
    "undefined or private #{if match?([_], unknown), do: "function", else: "functions"} given to doctest:\n\n    #{functions}\n\n"
  end

  # ---- from text to examples

  # An example is a line and steps that follow each other without an empty line; a step is what is typed, as it is
  # shown, and what it should give.
  defp examples(text, line, module) do
    text
    |> String.split(["\r\n", "\n"])
    |> Enum.with_index(line)
    |> Enum.reduce(%{module: module, indent: 0, step: nil, fresh: true, examples: []}, &read/2)
    |> finish()
    |> Map.fetch!(:examples)
    |> Enum.reverse()
    |> Enum.map(fn {line, steps} -> {line, Enum.reverse(steps)} end)
  end

  defp read({line, number}, state) do
    shown = String.trim_leading(line)

    case {prompt(shown, state, number), state.step} do
      {{:iex, code, shown}, nil} ->
        begin(%{state | indent: byte_size(line) - byte_size(String.trim_leading(line))}, code, shown, number)

      {{:iex, code, shown}, {_, _, expected}} when expected != "" ->
        aligned(state, line, number)
        state |> finish() |> begin(code, shown, number)

      {{_, code, shown}, {typed, all, ""}} ->
        aligned(state, line, number)
        %{state | step: {typed <> "\n" <> code, all <> "\n" <> shown, ""}}

      {_, nil} ->
        %{state | fresh: true}

      {_, step} ->
        result(state, step, line, shown, number)
    end
  end

  defp begin(%{fresh: true} = state, code, shown, number),
    do: %{state | step: {code, shown, ""}, fresh: false, examples: [{number, []} | state.examples]}

  defp begin(state, code, shown, _), do: %{state | step: {code, shown, ""}}

  defp result(state, {typed, all, expected}, line, shown, number) do
    cond do
      shown == "" or String.starts_with?(shown, ["```", "~~~"]) ->
        %{finish(state) | fresh: true}

      expected == "" ->
        %{state | step: {typed, all, aligned(state, line, number)}}

      true ->
        %{state | step: {typed, all, expected <> "\n" <> cut(line, state.indent)}}
    end
  end

  defp finish(%{step: nil} = state), do: state

  defp finish(%{step: {typed, shown, expected}, examples: [{line, steps} | others]} = state),
    do: %{state | step: nil, examples: [{line, [{typed, tagged(expected), shown} | steps]} | others]}

  defp cut(line, indent), do: if(byte_size(line) > indent, do: binary_part(line, indent, byte_size(line) - indent), else: "")

  # What stands below a prompt begins in its column.
  defp aligned(%{indent: indent, module: module}, line, number) do
    cut = cut(line, indent)

    if cut != String.trim_leading(line) do
      spaces = if indent == 1, do: "1 space", else: "#{indent} spaces"

      raise Error,
        line: number,
        module: module,
        message:
          "indentation level mismatch on doctest line: #{inspect(line)}\n\n" <>
            "If you are planning to assert on the result of an `iex>` expression, make sure the result is indented at " <>
            "the beginning of `iex>`, which in this case is exactly #{spaces}.\n\nIf instead you have an `iex>` " <>
            "expression that spans over multiple lines, please make sure that each line after the first one begins with " <>
            "`...>`.\n"
    end

    cut
  end

  defp prompt("iex>" <> code = shown, _, _), do: {:iex, code, shown}
  defp prompt("...>" <> code = shown, _, _), do: {:more, code, shown}
  defp prompt("iex(" <> _ = shown, state, number), do: numbered(:iex, "iex>", shown, state, number)
  defp prompt("...(" <> _ = shown, %{step: {_, _, _}} = state, number), do: numbered(:more, "...>", shown, state, number)
  defp prompt(_, _, _), do: :none

  defp numbered(kind, prompt, shown, %{module: module}, number) do
    case String.split(shown, ")>", parts: 2) do
      [_, code] ->
        {kind, code, prompt <> code}

      _ ->
        raise Error,
          line: number,
          module: module,
          message: "unknown IEx prompt: #{inspect(shown)}.\nAccepted formats are: iex>, iex(1)>, ...>, ...(1)>}"
    end
  end

  defp tagged(""), do: :nothing

  defp tagged("** (" <> error) do
    [name, message] = String.split(error, ")", parts: 2)
    {:error, Module.concat([name]), String.trim_leading(message)}
  end

  defp tagged(expected) do
    if expected =~ ~r/\A#[A-Z][A-Za-z0-9_]*(\.[A-Z][A-Za-z0-9_]*)*</,
      do: {:inspected, inspect(expected)},
      else: {:value, expected}
  end

  # ---- from examples to code

  defp body(module, {line, steps}, imports) do
    if Enum.count(steps, &match?({_, {:error, _, _}, _}, &1)) > 1 do
      raise Error,
        line: line,
        module: module,
        message:
          "multiple exceptions in the same doctest example are not supported, please separate your iex> prompts by " <>
            "multiple newlines to start new examples"
    end

    file = __source__(module)
    place = [line: line, file: file]
    stack = Macro.escape([{module, :__MODULE__, 0, place}])
    import = if imports, do: [quote(do: import(unquote(module)))], else: []
    {:__block__, [], import ++ Enum.map(steps, &step(&1, place, stack))}
  end

  defp step({typed, :nothing, shown}, place, stack), do: typed |> parsed("\n" <> shown, place, stack) |> asserting()

  defp step({typed, {:error, exception, message}, shown}, place, stack) do
    doctest = "\n#{shown}\n** (#{inspect(exception)}) #{inspect(message)}"
    code = parsed(typed, doctest, place, stack)

    quote do
      ExUnit.DocTest.__error__(fn -> unquote(code) end, unquote(exception), unquote(message), unquote(doctest), unquote(stack))
    end
  end

  defp step({typed, {kind, expected}, shown}, place, stack) do
    doctest = "\n#{shown}\n#{expected}"
    code = typed |> parsed(doctest, place, stack) |> asserting()
    value = parsed(expected, doctest, place, stack)
    last = code |> last() |> Macro.to_string()
    call = if kind == :inspected, do: "inspect(#{last})", else: last
    expression = "#{call} === #{String.trim(expected)}"

    quote do
      ExUnit.DocTest.__compare__(unquote(kind), unquote(code), unquote(value), unquote(doctest), unquote(expression), unquote(stack))
    end
  end

  defp last({:__block__, _, [_ | _] = expressions}), do: expressions |> List.last() |> last()
  defp last(other), do: other

  defp parsed(text, doctest, place, stack) do
    Code.string_to_quoted!(text, place)
  rescue
    error ->
      message = "Doctest did not compile, got: (#{inspect(error.__struct__)}) #{Exception.message(error)}"
      quote(do: reraise(ExUnit.AssertionError, [message: unquote(message), doctest: unquote(doctest)], unquote(stack)))
  end

  # A match that fails is a failed assertion.
  defp asserting({:__block__, meta, expressions}), do: {:__block__, meta, Enum.map(expressions, &asserting/1)}
  defp asserting({:=, _, [{name, _, context}, _]} = match) when is_atom(name) and is_atom(context), do: match
  defp asserting({:=, _, [_, _]} = match), do: quote(do: ExUnit.Assertions.assert(unquote(match)))
  defp asserting(other), do: other

  # ---- while the tests run

  def __compare__(kind, value, expected, doctest, expression, stack) do
    value = if kind == :inspected, do: inspect(value, safe: false), else: value

    if value !== expected do
      error = [message: "Doctest failed", doctest: doctest, expr: {:ex_unit_code, expression}, left: value, right: expected]
      reraise ExUnit.AssertionError, error, stack
    end

    :ok
  end

  def __error__(function, exception, message, doctest, stack) do
    failed =
      try do
        function.()
        "Doctest failed: expected exception #{inspect(exception)} but nothing was raised"
      rescue
        error -> wrong(error, exception, message)
      end

    if failed, do: reraise(ExUnit.AssertionError, [message: failed, doctest: doctest], stack)
    :ok
  end

  defp wrong(%{__struct__: exception} = error, exception, message) do
    case Exception.message(error) do
      ^message ->
        nil

      actual ->
        "Doctest failed: wrong message for #{inspect(exception)}\n" <>
          "expected:\n  #{inspect(message)}\nactual:\n  #{inspect(actual)}"
    end
  end

  defp wrong(error, exception, _) do
    "Doctest failed: expected exception #{inspect(exception)} but got " <>
      "#{inspect(error.__struct__)} with message #{inspect(Exception.message(error))}"
  end
end
