defmodule RuntimeError do
  defexception message: "runtime error"
end

defmodule ArgumentError do
  defexception message: "argument error"

  def blame(%{message: "argument error"} = exception, [{:erlang, :apply, [module, function, args], _} | _] = stack) do
    message =
      cond do
        not proper_list?(args) ->
          "you attempted to apply a function named #{inspect(function)} on module #{inspect(module)} with arguments " <>
            "#{inspect(args)}. Arguments (the third argument of apply) must always be a proper list"

        is_atom(module) ->
          "you attempted to apply a function named #{inspect(function)} on module #{inspect(module)}. However #{inspect(function)} is " <>
            "not a valid function name. Function names (the second argument of apply) must always be an atom"

        args != [] or not is_atom(function) ->
          "you attempted to apply a function on #{inspect(module)}. Modules (the first argument of apply) must always be an atom"

        true ->
          "you attempted to apply a function named #{inspect(function)} on #{inspect(module)}. If you are using " <>
            "Kernel.apply/3, make sure the module is an atom. If you are using the dot syntax, such as " <>
            "module.function(), make sure the left-hand side of the dot is a module atom"
      end

    {%{exception | message: message}, stack}
  end

  def blame(exception, stack), do: {exception, stack}

  defp proper_list?(list) when length(list) >= 0, do: true
  defp proper_list?(_), do: false
end

defmodule ArithmeticError do
  defexception message: "bad argument in arithmetic expression"

  @unary [:+, :-]
  @binary [:+, :-, :*, :/]
  @bits %{bor: "Bitwise.bor", band: "Bitwise.band", bxor: "Bitwise.bxor", bsl: "Bitwise.bsl", bsr: "Bitwise.bsr"}

  def blame(%{message: message} = exception, [{:erlang, fun, args, _} | _] = stack) when fun in [:div, :rem] and is_list(args) do
    [a, b] = args
    {%{exception | message: message <> ": #{fun}(#{inspect(a)}, #{inspect(b)})"}, stack}
  end

  def blame(%{message: message} = exception, [{:erlang, fun, [a], _} | _] = stack) when fun in @unary do
    {%{exception | message: message <> ": #{fun}(#{inspect(a)})"}, stack}
  end

  def blame(%{message: message} = exception, [{:erlang, fun, [a, b], _} | _] = stack) when fun in @binary do
    {%{exception | message: message <> ": #{inspect(a)} #{fun} #{inspect(b)}"}, stack}
  end

  def blame(%{message: message} = exception, [{:erlang, :bnot, [a], _} | _] = stack) do
    {%{exception | message: message <> ": Bitwise.bnot(#{inspect(a)})"}, stack}
  end

  def blame(%{message: message} = exception, [{:erlang, fun, [a, b], _} | _] = stack) when is_map_key(@bits, fun) do
    {%{exception | message: message <> ": #{:maps.get(fun, @bits)}(#{inspect(a)}, #{inspect(b)})"}, stack}
  end

  def blame(exception, stack), do: {exception, stack}
end

defmodule SystemLimitError do
  defexception message: "a system limit has been reached"
end

defmodule SyntaxError do
  defexception [:file, :line, :column, :snippet, description: "syntax error"]

  def message(%{file: file, line: line, column: column, description: description, snippet: snippet}) do
    Exception.format_file_line_column(Path.relative_to_cwd(file), line, column) <> " " <> description <> Exception.__snippet__(snippet, line)
  end
end

defmodule TokenMissingError do
  defexception [:file, :line, :column, :snippet, description: "expression is incomplete"]

  def message(%{file: file, line: line, column: column, description: description, snippet: snippet}) do
    Exception.format_file_line_column(Path.relative_to_cwd(file), line, column) <> " " <> description <> Exception.__snippet__(snippet, line)
  end
end

defmodule CompileError do
  defexception [:file, :line, description: "compile error"]

  def message(%{file: file, line: line, description: description}) do
    Exception.format_file_line(file && Path.relative_to_cwd(file), line) <> " " <> description
  end
end

defmodule Kernel.TypespecError do
  defexception [:file, :line, :description]
  def message(e), do: Exception.format_file_line(e.file, e.line) <> " " <> e.description
end

defmodule BadFunctionError do
  defexception [:term]

  def message(%{term: fun}) when is_function(fun),
    do: "function #{inspect(fun)} is invalid, likely because it points to an old version of the code"

  def message(%{term: term}), do: "expected a function, got: #{inspect(term)}"
end

defmodule BadStructError do
  defexception [:struct, :term]
  def message(e), do: "expected a struct named #{inspect(e.struct)}, got: #{inspect(e.term)}"
end

defmodule BadMapError do
  defexception [:term]
  def message(e), do: "expected a map, got: #{inspect(e.term)}"
end

defmodule BadBooleanError do
  defexception [:term, :operator]
  def message(e), do: "expected a boolean on left-side of \"#{e.operator}\", got: #{inspect(e.term)}"
end

defmodule MatchError do
  defexception [:term]
  def message(e), do: "no match of right hand side value: #{inspect(e.term)}"
end

defmodule CaseClauseError do
  defexception [:term]
  def message(e), do: "no case clause matching: #{inspect(e.term)}"
end

defmodule WithClauseError do
  defexception [:term]
  def message(e), do: "no with clause matching: #{inspect(e.term)}"
end

defmodule CondClauseError do
  defexception []
  def message(_), do: "no cond clause evaluated to a truthy value"
end

defmodule TryClauseError do
  defexception [:term]
  def message(e), do: "no try clause matching: #{inspect(e.term)}"
end

defmodule BadArityError do
  defexception [:function, :args]

  def message(e) do
    {:arity, arity} = :erlang.fun_info(e.function, :arity)
    given = e.args |> Enum.map(&inspect/1) |> Enum.join(", ")

    case length(e.args) do
      0 -> "#{inspect(e.function)} with arity #{arity} called with no arguments"
      1 -> "#{inspect(e.function)} with arity #{arity} called with 1 argument (#{given})"
      n -> "#{inspect(e.function)} with arity #{arity} called with #{n} arguments (#{given})"
    end
  end
end

defmodule UndefinedFunctionError do
  defexception [:module, :function, :arity, :reason, :message]

  def message(%{message: nil} = e), do: text(e)
  def message(%{message: message}), do: message

  defp text(%{module: nil, arity: nil, function: nil}), do: "undefined function"

  defp text(%{module: nil, function: function, arity: arity} = e) do
    call = Exception.format_mfa(nil, function, arity)

    cond do
      e.reason not in [nil, :"module could not be loaded"] ->
        describe(e, call)

      arity != 0 ->
        "function #{call} is undefined"

      true ->
        "function #{call} is undefined. If you are using the dot syntax, such as module.function(), make sure the " <>
          "left-hand side of the dot is a module atom"
    end
  end

  defp text(%{module: module, function: function, arity: arity} = e) do
    call = Exception.format_mfa(module, function, arity)
    if missing_here?(e) and not macro?(e), do: "function #{call} is not in the yard yet, though #{origin(module)} has it", else: describe(e, call)
  end

  # The one message that no real node prints: for what the simulator lacks and the real library has.
  defp missing_here?(%{module: :erl_eval, function: :do_apply}), do: false

  defp missing_here?(%{module: module, function: function, arity: arity}) do
    cond do
      :beamyard.real_function(module, function, arity) -> not function_exported?(module, function, arity)
      :beamyard.module_loaded(module) -> false
      true -> :beamyard.real_module(module) and not listed?(module)
    end
  end

  # what is typed at a prompt runs in the evaluator of Erlang, which the yard has in traces only
  defp known?(:erl_eval), do: true
  defp known?(module), do: :beamyard.module_loaded(module) or listed?(module)
  defp listed?(module), do: is_atom(module) and :beamyard.real_exports(module) != nil

  defp origin(module) do
    case Atom.to_string(module) do
      "Elixir." <> _ -> "Elixir 1.14"
      _ -> "Erlang/OTP 25"
    end
  end

  defp describe(%{reason: :"module could not be loaded", module: module}, call),
    do: "function #{call} is undefined (module #{inspect(module)} is not available)"

  defp describe(%{reason: :"function not exported"}, call), do: "function #{call} is undefined or private"

  defp describe(%{reason: nil, module: module, function: function, arity: arity}, call) do
    cond do
      not known?(module) -> "function #{call} is undefined (module #{inspect(module)} is not available)"
      function_exported?(module, function, arity) -> "function #{call} is undefined"
      true -> "function #{call} is undefined or private"
    end
  end

  # The behaviour of the module that wants the function; nil if none does.
  defp wanting(%{module: module, function: function, arity: arity}) do
    behaviours = if function_exported?(module, :module_info, 1), do: module.module_info(:attributes) |> Keyword.get_values(:behaviour) |> Enum.concat(), else: []

    wants? = fn behaviour ->
      Code.ensure_loaded?(behaviour) and function_exported?(behaviour, :behaviour_info, 1) and
        {function, arity} in (behaviour.behaviour_info(:callbacks) -- behaviour.behaviour_info(:optional_callbacks))
    end

    Enum.find(behaviours, wants?)
  end

  defp describe(%{reason: reason}, call), do: "function #{call} is undefined (#{reason})"

  def blame(exception, stack) do
    reason =
      case exception do
        %{reason: nil, module: module} when module != nil ->
          if known?(module), do: :"function not exported", else: :"module could not be loaded"

        %{reason: reason} ->
          reason
      end

    exception = %{exception | reason: reason}
    {%{exception | message: message(exception) <> hint(exception)}, stack}
  end

  # A name that is there with another arity comes first; then those that look alike.
  defp hint(%{reason: :"function not exported"} = e) do
    cond do
      macro?(e) ->
        ". However there is a macro with the same name and arity. " <>
          "Be sure to require #{inspect(e.module)} if you intend to invoke this macro"

      missing_here?(e) ->
        ""

      removed = :beamyard.removed_function(e.module, e.function, e.arity) ->
        ", " <> removed

      behaviour = wanting(e) ->
        ", but the behaviour #{inspect(behaviour)} expects it to be present"

      true ->
        alike(e)
    end
  end

  defp hint(_), do: ""

  # Modules that are functions in Java only have no macros to ask for.
  defp macro?(%{module: module, function: function, arity: arity}) do
    :beamyard.module_loaded(module) and function_exported?(module, :__info__, 1) and macro_exported?(module, function, arity)
  end

  defp alike(%{module: module, function: function, arity: arity}) do
    known = exports(module)
    same = for {^function, n} <- known, n != arity, do: {function, n}

    alike =
      if same != [] do
        same
      else
        wanted = Atom.to_string(function)

        known
        |> Enum.map(fn {name, n} -> {String.jaro_distance(wanted, Atom.to_string(name)), name, n} end)
        |> Enum.filter(fn {likeness, _, _} -> likeness > 0.77 end)
        |> Enum.sort(fn {a, _, _}, {b, _, _} -> a >= b end)
        |> Enum.take(5)
        |> Enum.map(fn {_, name, n} -> {name, n} end)
        |> Enum.sort_by(fn {name, _} -> name end)
      end

    case alike do
      [] -> ""
      _ -> ". Did you mean:\n\n" <> Enum.map_join(alike, "", fn {name, n} -> "      * #{Macro.inspect_atom(:remote_call, name)}/#{n}\n" end)
    end
  end

  defp exports(module), do: :beamyard.real_exports(module) || macros(module) ++ :beamyard.module_exports(module)

  defp macros(module), do: if(function_exported?(module, :__info__, 1), do: module.__info__(:macros), else: [])
end

defmodule FunctionClauseError do
  defexception [:module, :function, :arity, :kind, :args, :clauses]

  def message(%{function: nil}), do: "no function clause matches"

  def message(e) do
    call = Exception.format_mfa(e.module, e.function, e.arity)
    "no function clause matching in #{call}" <> given(e, call)
  end

  defp given(%{args: nil}, _), do: ""

  defp given(e, _), do: blame(e, &inspect(&1, pretty: true), &__marked__/1)

  # What follows the first line of the message, for those who print it themselves.
  def blame(%{args: nil}, _inspect_fun, _ast_fun), do: ""

  def blame(%{args: args, kind: kind, clauses: clauses} = e, inspect_fun, ast_fun) do
    call = Exception.format_mfa(e.module, e.function, e.arity)
    arguments(call, args, inspect_fun) <> attempted(e.function, kind, clauses, ast_fun)
  end

  defp arguments(_, [], _), do: ""

  defp arguments(call, args, inspect_fun) do
    list =
      args
      |> Enum.with_index(1)
      |> Enum.map_join("", fn {arg, i} -> "\n    # #{i}\n" <> indent(inspect_fun.(arg)) <> "\n" end)

    "\n\nThe following arguments were given to #{call}:\n" <> list
  end

  # Ten clauses are enough to see what was expected.
  defp attempted(_, kind, clauses, _) when kind == nil or clauses in [nil, []], do: ""

  defp attempted(function, kind, clauses, ast_fun) do
    total = length(clauses)
    shown = Enum.take(clauses, 10)
    left = total - length(shown)
    more = if left > 0, do: "    ...\n    (#{left} clauses not shown)\n", else: ""

    "\nAttempted function clauses (showing #{length(shown)} out of #{total}):\n\n" <>
      Enum.map_join(shown, "", &"    #{kind} #{clause(function, &1, ast_fun)}\n") <> more
  end

  defp clause(function, {args, guards}, ast_fun) do
    "#{Macro.inspect_atom(:remote_call, function)}(#{Enum.map_join(args, ", ", ast_fun)})" <>
      Enum.map_join(guards, "", &(" when " <> guard(&1, ast_fun)))
  end

  defp guard({operator, _, [left, right]}, ast_fun), do: "#{guard(left, ast_fun)} #{operator} #{guard(right, ast_fun)}"
  defp guard(leaf, ast_fun), do: ast_fun.(leaf)

  # What did not match stands between dashes.
  def __marked__(%{match?: true, node: node}), do: Macro.to_string(node)
  def __marked__(%{match?: false, node: node}), do: "-" <> Macro.to_string(node) <> "-"

  defp indent(text), do: "    " <> String.replace(text, "\n", "\n    ")

  def blame(%{module: module, function: function, arity: arity} = exception, [{module, function, args, meta} | rest])
      when length(args) == arity do
    exception =
      case Exception.blame_mfa(module, function, args) do
        {:ok, kind, clauses} -> %{exception | args: args, kind: kind, clauses: clauses}
        :error -> %{exception | args: args}
      end

    {exception, [{module, function, arity, meta} | rest]}
  end

  def blame(exception, stack), do: {exception, stack}
end

defmodule KeyError do
  defexception [:key, :term, :message]

  def message(%{message: nil} = e), do: text(e.key, e.term)
  def message(%{message: message}), do: message

  defp text(key, term) do
    message = "key #{inspect(key)} not found"

    cond do
      term == nil ->
        message

      is_atom(term) and is_atom(key) ->
        message <> " in: #{inspect(term)}. If you are using the dot syntax, such as map.field, make sure the " <>
          "left-hand side of the dot is a map"

      true ->
        message <> " in: #{inspect(term, pretty: true, limit: :infinity)}"
    end
  end

  def blame(%{term: nil} = exception, stack), do: {exception, stack}

  def blame(%{key: key, term: term} = exception, stack) do
    {%{exception | message: message(exception) <> hint(key, keys(term))}, stack}
  end

  defp keys(%{__struct__: _} = struct), do: :maps.keys(:maps.remove(:__struct__, struct))
  defp keys(term) when is_map(term), do: :maps.keys(term)
  defp keys([{_, _} | _] = term), do: for({key, _} <- term, do: key)
  defp keys(_), do: []

  defp hint(key, keys) when is_atom(key) do
    wanted = Atom.to_string(key)

    alike =
      for k <- keys, is_atom(k), likeness = String.jaro_distance(wanted, Atom.to_string(k)), likeness > 0.77 do
        {likeness, k}
      end

    case alike |> Enum.sort(fn {a, _}, {b, _} -> a >= b end) |> Enum.take(5) |> Enum.map(&elem(&1, 1)) |> Enum.sort() do
      [] -> ""
      found -> ". Did you mean:\n\n" <> Enum.map_join(found, "", fn k -> "      * #{inspect(k)}\n" end)
    end
  end

  defp hint(_, _), do: ""
end

defmodule ErlangError do
  defexception [:original, :reason]
  def message(%{original: original, reason: nil}), do: "Erlang error: #{inspect(original)}"
  def message(%{original: original, reason: reason}), do: "Erlang error: #{inspect(original)}#{reason}"
end

defmodule Protocol.UndefinedError do
  defexception [:protocol, :value, description: ""]

  def message(%{protocol: protocol, value: value, description: description}) do
    "protocol #{inspect(protocol)} not implemented for #{inspect(value)} of type #{type(value)}" <>
      if(description in [nil, ""], do: implementations(protocol), else: ", " <> description)
  end

  defp type(%{__struct__: struct}), do: "#{inspect(struct)} (a struct)"
  defp type(value) when is_atom(value), do: "Atom"
  defp type(value) when is_binary(value), do: "BitString"
  defp type(value) when is_bitstring(value), do: "BitString"
  defp type(value) when is_integer(value), do: "Integer"
  defp type(value) when is_float(value), do: "Float"
  defp type(value) when is_list(value), do: "List"
  defp type(value) when is_map(value), do: "Map"
  defp type(value) when is_tuple(value), do: "Tuple"
  defp type(value) when is_pid(value), do: "PID"
  defp type(value) when is_reference(value), do: "Reference"
  defp type(value) when is_function(value), do: "Function"
  defp type(_), do: "Port"

  defp implementations(_), do: ""
end

defmodule File.Error do
  defexception [:reason, :path, action: ""]

  def message(%{action: action, reason: reason, path: path}) do
    formatted =
      case {action, reason} do
        {"remove directory", :eexist} -> "directory is not empty"
        _ -> IO.iodata_to_binary(:file.format_error(reason))
      end

    "could not #{action} #{inspect(path)}: #{formatted}"
  end
end

defmodule File.CopyError do
  defexception [:reason, :source, :destination, on: "", action: ""]

  def message(e) do
    formatted = IO.iodata_to_binary(:file.format_error(e.reason))
    "could not #{e.action} from #{inspect(e.source)} to #{inspect(e.destination)}: #{formatted}"
  end
end

defmodule IO.StreamError do
  defexception [:reason, :message]
  def exception(options), do: %IO.StreamError{reason: options[:reason], message: "error during streaming: #{inspect(options[:reason])}"}
end

defmodule Code.LoadError do
  defexception [:file, :message]

  def exception(options) do
    file = Keyword.fetch!(options, :file)
    %Code.LoadError{file: file, message: "could not load #{file}. Reason: #{Keyword.fetch!(options, :reason)}"}
  end
end

defmodule UnicodeConversionError do
  defexception [:encoded, :message]

  def exception(options) do
    %UnicodeConversionError{encoded: options[:encoded], message: "#{options[:kind]} #{place(options[:rest])}"}
  end

  defp place(rest) when is_binary(rest), do: "encoding starting at #{inspect(rest)}"
  defp place([char | _]) when is_integer(char), do: "code point #{char}"
  defp place([part | _]), do: place(part)
end
