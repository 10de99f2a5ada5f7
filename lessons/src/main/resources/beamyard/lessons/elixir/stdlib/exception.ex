defmodule Exception do
  def exception?(%{__struct__: struct, __exception__: true}) when is_atom(struct), do: true
  def exception?(_), do: false

  def message(%module{__exception__: true} = exception) do
    try do
      module.message(exception)
    rescue
      caught ->
        "got #{inspect(caught.__struct__)} with message #{inspect(message(caught))} while retrieving Exception.message/1 " <>
          "for #{inspect(exception)}. Stacktrace:\n#{format_stacktrace(__STACKTRACE__)}"
    else
      text when is_binary(text) ->
        text

      other ->
        "got #{inspect(other)} while retrieving Exception.message/1 for #{inspect(exception)} (expected a string)"
    end
  end

  def normalize(kind, payload, stacktrace \\ [])
  def normalize(:error, %_{__exception__: true} = exception, _), do: exception
  def normalize(:error, payload, stacktrace), do: from_erlang(payload, stacktrace || [])
  def normalize(_, payload, _), do: payload

  defp from_erlang(:badarg, stacktrace) do
    case explanation(:badarg, stacktrace) do
      nil -> %ArgumentError{}
      text -> %ArgumentError{message: text}
    end
  end

  defp from_erlang(:badarith, _), do: %ArithmeticError{}
  defp from_erlang(:system_limit, stacktrace) do
    case explanation(:system_limit, stacktrace) do
      nil -> %SystemLimitError{}
      text -> %ArgumentError{message: text}
    end
  end

  defp from_erlang({:yard_limit, kind, limit}, _), do: %Beamyard.LimitError{kind: kind, limit: limit}
  defp from_erlang({:yard_mistake, text}, _), do: %Beamyard.MistakeError{text: text}
  defp from_erlang(:cond_clause, _), do: %CondClauseError{}
  defp from_erlang({:badarity, {fun, args}}, _), do: %BadArityError{function: fun, args: args}
  defp from_erlang({:badfun, term}, _), do: %BadFunctionError{term: term}
  defp from_erlang({:badstruct, struct, term}, _), do: %BadStructError{struct: struct, term: term}
  defp from_erlang({:badmatch, term}, _), do: %MatchError{term: term}
  defp from_erlang({:badmap, term}, _), do: %BadMapError{term: term}
  defp from_erlang({:badbool, operator, term}, _), do: %BadBooleanError{operator: operator, term: term}
  defp from_erlang({:badkey, key}, stacktrace) do
    term =
      case stacktrace do
        [{Map, :get_and_update!, [map, _, _], _} | _] -> map
        [{Map, :update!, [map, _, _], _} | _] -> map
        [{:maps, :update, [_, _, map], _} | _] -> map
        [{:maps, :get, [_, map], _} | _] -> map
        [{:erlang, :map_get, [_, map], _} | _] -> map
        _ -> nil
      end

    %KeyError{key: key, term: term}
  end

  defp from_erlang({:badkey, key, map}, _) when is_map(map), do: %KeyError{key: key, term: map}

  defp from_erlang({:badkey, key, term}, _) do
    message =
      "key #{inspect(key)} not found in: #{inspect(term)}. If you are using the dot syntax, such as map.field," <>
        " make sure the left-hand side of the dot is a map"

    %KeyError{key: key, term: term, message: message}
  end

  defp from_erlang({:case_clause, term}, _), do: %CaseClauseError{term: term}
  defp from_erlang({:with_clause, term}, _), do: %WithClauseError{term: term}
  defp from_erlang({:try_clause, term}, _), do: %TryClauseError{term: term}

  defp from_erlang(:undef, stacktrace) do
    case stacktrace do
      [{module, function, arity_or_args, _} | _] when is_atom(function) ->
        %UndefinedFunctionError{module: module, function: function, arity: arity(arity_or_args)}

      [{fun, args, _} | _] when is_function(fun) ->
        {:module, module} = :erlang.fun_info(fun, :module)
        {:name, name} = :erlang.fun_info(fun, :name)
        %UndefinedFunctionError{module: module, function: name, arity: arity(args)}

      _ ->
        %UndefinedFunctionError{}
    end
  end

  defp from_erlang(:function_clause, stacktrace) do
    case stacktrace do
      [{module, function, arity_or_args, _} | _] ->
        %FunctionClauseError{module: module, function: function, arity: arity(arity_or_args)}

      _ ->
        %FunctionClauseError{}
    end
  end

  defp from_erlang({:badarg, payload}, _), do: %ArgumentError{message: "argument error: #{inspect(payload)}"}
  defp from_erlang(other, _), do: %ErlangError{original: other}

  defp arity(list) when is_list(list), do: length(list)
  defp arity(n), do: n

  defp explanation(_, [{:ets, _, args, _} | _] = stacktrace) when is_list(args),
    do: :beamyard.explain_table_error(stacktrace)

  defp explanation(reason, [{module, function, args, _} | _]) when is_list(args),
    do: :beamyard.explain_error(reason, module, function, args)

  defp explanation(_, _), do: nil

  def blame(:error, error, stacktrace) do
    %module{} = exception = normalize(:error, error, stacktrace)

    if function_exported?(module, :blame, 2) do
      module.blame(exception, stacktrace)
    else
      {exception, stacktrace}
    end
  end

  def blame(_, reason, stacktrace), do: {reason, stacktrace}

  # The clauses of a function with what did not match them marked; :error where they are not known, as with
  # modules without debug information.
  def blame_mfa(module, function, args) when is_atom(module) and is_atom(function) and is_list(args) do
    case :beamyard.clause_heads("#{inspect(module)}.#{function}/#{length(args)}") do
      nil -> :error
      {kind, clauses} -> {:ok, kind, Enum.map(clauses, &blame_clause(&1, args))}
    end
  end

  defp blame_clause(head, args) do
    {patterns, guards} =
      case Code.string_to_quoted!(head) do
        {:when, _, [{_, _, patterns}, guard]} -> {patterns, [guard]}
        {_, _, patterns} -> {patterns, []}
      end

    variables = variables(patterns)

    {patterns, bound} =
      patterns
      |> Enum.zip(args)
      |> Enum.map_reduce([], fn {pattern, arg}, bound ->
        case blame_argument(pattern, arg) do
          {:ok, more} -> {%{match?: true, node: pattern}, more ++ bound}
          :error -> {%{match?: false, node: pattern}, bound}
        end
      end)

    unbound = variables -- Keyword.keys(bound)
    {patterns, Enum.map(guards, &blame_guard(&1, bound, unbound))}
  end

  defp variables(quoted) do
    {_, names} =
      Macro.prewalk(quoted, [], fn
        {name, _, context} = variable, names when is_atom(name) and is_atom(context) -> {variable, [name | names]}
        other, names -> {other, names}
      end)

    Enum.uniq(names)
  end

  # A variable of its own name matches without being compiled.
  defp blame_argument({name, _, context}, arg) when is_atom(name) and is_atom(context), do: {:ok, [{name, arg}]}

  defp blame_argument(pattern, arg) do
    {_, bound} = Code.eval_quoted({:=, [], [pattern, {:the_argument, [], nil}]}, the_argument: arg)
    {:ok, Keyword.delete(bound, :the_argument)}
  rescue
    _ -> :error
  end

  defp blame_guard({operator, meta, [left, right]}, bound, unbound) when operator in [:and, :or, :when] do
    {operator, meta, [blame_guard(left, bound, unbound), blame_guard(right, bound, unbound)]}
  end

  # What a pattern that did not match would have bound is not there, so no guard holds for it.
  defp blame_guard(guard, bound, unbound) do
    holds? =
      variables(guard) -- unbound == variables(guard) and
      try do
        {value, _} = Code.eval_quoted(guard, bound)
        value == true
      rescue
        _ -> false
      end

    %{match?: holds?, node: guard}
  end

  def format_banner(kind, payload, stacktrace \\ [])

  def format_banner(:error, payload, stacktrace) do
    %module{} = exception = normalize(:error, payload, stacktrace)
    "** (" <> inspect(module) <> ") " <> message(exception)
  end

  def format_banner(:throw, payload, _), do: "** (throw) " <> inspect(payload)
  def format_banner(:exit, payload, _), do: "** (exit) " <> format_exit(payload, "\n    ")
  def format_banner({:EXIT, pid}, payload, _), do: "** (EXIT from #{inspect(pid)}) " <> format_exit(payload, "\n    ")

  def format(kind, payload, stacktrace \\ [])
  def format({:EXIT, _} = kind, any, _), do: format_banner(kind, any)

  def format(kind, payload, stacktrace) do
    banner = format_banner(kind, payload, stacktrace)

    case stacktrace do
      [] -> banner
      _ -> banner <> "\n" <> format_stacktrace(stacktrace)
    end
  end

  def format_exit(reason), do: format_exit(reason, "\n    ")

  # 'exited in: call' with the inner reason on the next line, one step deeper
  defp format_exit({%{__exception__: true} = exception, [{_, _, _, _} | _] = stacktrace}, joiner) do
    "an exception was raised:" <>
      joiner <> indented(format_banner(:error, exception), joiner) <> stack_lines(stacktrace, joiner <> "    ")
  end

  defp format_exit({:bad_return_value, value}, _), do: "bad return value: " <> inspect(value)
  defp format_exit({:bad_call, call}, _), do: "bad call: " <> inspect(call)
  defp format_exit({:bad_cast, cast}, _), do: "bad cast: " <> inspect(cast)

  defp format_exit({:start_spec, spec}, joiner), do: "invalid child spec: " <> start_spec(spec, joiner)
  defp format_exit({:supervisor_data, data}, joiner), do: "bad supervisor configuration, " <> supervisor_data(data, joiner)

  defp format_exit({reason, {module, function, args}} = whole, joiner) when is_atom(module) and is_atom(function) do
    if is_list(args) or is_integer(args) do
      "exited in: " <>
        format_mfa(module, function, args) <> joiner <> "** (EXIT) " <> format_exit(reason, joiner <> "    ")
    else
      format_exit_reason(whole)
    end
  end

  defp format_exit({reason, [{_, _, _, _} | _] = stacktrace}, joiner) do
    exception = normalize(:error, reason, stacktrace)

    "an exception was raised:" <>
      joiner <> indented(format_banner(:error, exception), joiner) <> stack_lines(stacktrace, joiner <> "    ")
  end

  defp format_exit(reason, _), do: format_exit_reason(reason)

  defp indented(text, joiner), do: String.replace(text, "\n", joiner)

  defp stack_lines(stacktrace, joiner) do
    Enum.map_join(stacktrace, "", fn entry -> joiner <> format_stacktrace_entry(entry) end)
  end

  defp format_exit_reason(:normal), do: "normal"
  defp format_exit_reason(:shutdown), do: "shutdown"
  defp format_exit_reason({:shutdown, reason}), do: "shutdown: " <> inspect(reason)
  defp format_exit_reason(:calling_self), do: "process attempted to call itself"
  defp format_exit_reason(:timeout), do: "time out"
  defp format_exit_reason(:killed), do: "killed"
  defp format_exit_reason(:noconnection), do: "no connection"

  defp format_exit_reason(:noproc),
    do:
      "no process: the process is not alive or there's no process currently associated with the given name, " <>
        "possibly because its application isn't started"

  defp format_exit_reason({:nodedown, node}) when is_atom(node), do: "no connection to #{node}"

  defp format_exit_reason({:already_started, pid}) when is_pid(pid), do: "already started: " <> inspect(pid)

  defp format_exit_reason(reason), do: inspect(reason)

  defp start_spec({:invalid_mfa, mfa}, _), do: "invalid mfa: #{inspect(mfa)}"
  defp start_spec(other, _), do: inspect(other)

  defp supervisor_data({:invalid_type, type}, _), do: "invalid type: " <> inspect(type)
  defp supervisor_data({:invalid_intensity, intensity}, _), do: "invalid max_restarts (intensity): " <> inspect(intensity)
  defp supervisor_data({:invalid_period, period}, _), do: "invalid max_seconds (period): " <> inspect(period)
  defp supervisor_data(other, _), do: "got: " <> inspect(other)

  def format_stacktrace(trace \\ nil)
  def format_stacktrace(nil), do: "\n"
  def format_stacktrace([]), do: "\n"

  def format_stacktrace(trace) do
    "    " <> Enum.map_join(trace, "\n    ", &format_stacktrace_entry/1) <> "\n"
  end

  def format_stacktrace_entry(entry)
  def format_stacktrace_entry({_, :__MODULE__, 0, location}), do: location(location) <> "(module)"
  def format_stacktrace_entry({_, :__FILE__, 1, location}), do: location(location) <> "(file)"

  def format_stacktrace_entry({module, function, arity, location}) do
    application(module) <> location(location) <> format_mfa(module, function, arity)
  end

  def format_stacktrace_entry({fun, arity, location}), do: location(location) <> format_fa(fun, arity)

  defp application(module) do
    case :beamyard.module_application(module) do
      nil -> ""
      {name, version} -> "(#{name} #{version}) "
    end
  end

  defp location(options) when is_list(options) do
    case :lists.keyfind(:file, 1, options) do
      {:file, file} ->
        line = if found = List.keyfind(options, :line, 0), do: elem(found, 1), else: 0
        format_file_line(file, line) <> " "

      false ->
        ""
    end
  end

  def format_fa(fun, arity) when is_function(fun), do: inspect(fun) <> arity_text(arity)

  def format_mfa(module, fun, arity) when is_atom(module) and is_atom(fun) do
    case :beamyard.anonymous_function(fun) do
      nil -> "#{inspect(module)}.#{Macro.inspect_atom(:remote_call, fun)}#{arity_text(arity)}"
      {name, n} -> "anonymous fn#{arity_text(arity)} in #{inspect(module)}.#{Macro.inspect_atom(:remote_call, name)}/#{n}"
    end
  end

  defp arity_text(arity) when is_integer(arity), do: "/#{arity}"
  defp arity_text(args) when is_list(args), do: "(" <> Enum.map_join(args, ", ", &inspect/1) <> ")"

  def __snippet__(nil, _), do: ""

  def __snippet__(%{content: content, offset: offset}, line) do
    number = String.pad_leading(Integer.to_string(line), 3)
    gap = String.duplicate(" ", byte_size(number) + 1)
    "\n" <> gap <> "|\n" <> number <> " | " <> content <> "\n" <> gap <> "| " <> String.duplicate(" ", offset) <> "^"
  end

  def format_file_line(file, line, suffix \\ "")
  def format_file_line(nil, _, _), do: ""

  def format_file_line(file, line, suffix) do
    if line && line != 0, do: "#{file}:#{line}:#{suffix}", else: "#{file}:#{suffix}"
  end

  def format_file_line_column(file, line, column, suffix \\ "")
  def format_file_line_column(nil, _, _, _), do: ""
  def format_file_line_column(file, line, nil, suffix), do: format_file_line(file, line, suffix)
  def format_file_line_column(file, nil, _, suffix), do: format_file_line(file, nil, suffix)
  def format_file_line_column(file, line, column, suffix), do: "#{file}:#{line}:#{column}:#{suffix}"
end
