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
  defp from_erlang({:badarg, {_, line}, text} = original, _) when is_integer(line) and is_list(text),
    do: %ErlangError{original: original, reason: ":\n\n  * 1st argument: #{text}\n"}

  defp from_erlang(other, _), do: %ErlangError{original: other}

  defp arity(list) when is_list(list), do: length(list)
  defp arity(n), do: n

  defp explanation(_, [{:ets, _, args, _} | _] = stacktrace) when is_list(args),
    do: :beamyard.explain_table_error(stacktrace)

  defp explanation(:badarg, [{_, _, _, [_ | _] = location} | _] = stacktrace) do
    case List.keyfind(location, :error_info, 0) do
      {_, %{function: :format_bs_fail, cause: {segment, type, what, value}}} ->
        "construction of binary failed: segment #{segment} of type '#{type}': " <> bad_segment(type, what, value)

      _ ->
        called(:badarg, stacktrace)
    end
  end

  defp explanation(reason, stacktrace), do: called(reason, stacktrace)

  defp bad_segment(_, :size, value), do: "expected a non-negative integer as size but got: " <> inspect(value)
  defp bad_segment(:integer, :type, value), do: "expected an integer but got: " <> inspect(value)
  defp bad_segment(:float, :type, value), do: "expected a float or an integer but got: " <> inspect(value)
  defp bad_segment(:float, :invalid, size), do: "expected one of the supported sizes 16, 32, or 64 but got: " <> inspect(size)
  defp bad_segment(:float, :no_float, value), do: "the value #{inspect(value)} is outside the range expressible as a float"
  defp bad_segment(:binary, :type, value), do: "expected a binary but got: " <> inspect(value)
  defp bad_segment(:binary, :short, value), do: "the value #{inspect(value)} is shorter than the size of the segment"

  defp bad_segment(:binary, :unit, value),
    do: "the size of the value #{inspect(value)} is not a multiple of the unit for the segment"

  defp bad_segment(utf, :type, value), do: "expected a non-negative integer encodable as #{utf} but got: " <> inspect(value)

  defp called(reason, [{module, function, args, _} | _]) when is_list(args),
    do: :beamyard.explain_error(reason, module, function, args)

  defp called(_, _), do: nil

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
      {kind, clauses} -> {:ok, kind, Enum.map(clauses, &blame_clause(String.replace_prefix(&1, "#{function}(", "f("), args))}
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

  # What was caught or went wrong inside is told on the next line, one step deeper.

  defp format_exit({:bad_return_value, value}, _), do: "bad return value: " <> inspect(value)
  defp format_exit({:bad_call, call}, _), do: "bad call: " <> inspect(call)
  defp format_exit({:bad_cast, cast}, _), do: "bad cast: " <> inspect(cast)
  defp format_exit({:bad_return, {module, :init, value}}, _), do: "#{inspect(module)}.init/1 returned a bad value: " <> inspect(value)
  defp format_exit({:bad_start_spec, children}, _), do: "bad child specification, invalid children: " <> inspect(children)
  defp format_exit({:start_spec, spec}, _), do: "bad child specification, " <> start_spec(spec)
  defp format_exit({:supervisor_data, data}, _), do: "bad supervisor configuration, " <> supervisor_data(data)

  defp format_exit({:shutdown, {:failed_to_start_child, child, {:EXIT, reason}}}, joiner),
    do: format_exit({:shutdown, {:failed_to_start_child, child, reason}}, joiner)

  defp format_exit({:shutdown, {:failed_to_start_child, child, reason}}, joiner),
    do: "shutdown: failed to start child: " <> inspect(child) <> deeper(reason, joiner)

  defp format_exit({reason, {module, function, args}}, joiner) when is_atom(module) and is_atom(function) and is_list(args),
    do: "exited in: " <> format_mfa(module, function, args) <> deeper(reason, joiner)

  defp format_exit({%{__exception__: true} = exception, [{_, _, _, _} | _] = stacktrace}, joiner),
    do: raised(exception, stacktrace, joiner)

  defp format_exit({reason, [{_, _, _, _} | _] = stacktrace}, joiner),
    do: raised(normalize(:error, reason, stacktrace), stacktrace, joiner)

  defp format_exit(reason, _), do: format_exit_reason(reason)

  defp deeper(reason, joiner), do: joiner <> "** (EXIT) " <> format_exit(reason, joiner <> "    ")

  defp raised(exception, stacktrace, joiner) do
    lines = Enum.map(stacktrace, fn entry -> [joiner, "    ", format_stacktrace_entry(entry)] end)
    IO.iodata_to_binary(["an exception was raised:", joiner, format_banner(:error, exception), lines])
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

  defp format_exit_reason({:already_started, pid}), do: "already started: " <> inspect(pid)

  defp format_exit_reason(reason), do: inspect(reason)

  defp start_spec({:duplicate_child_name, id}) do
    """
    more than one child specification has the id: #{inspect(id)}.
    If using maps as child specifications, make sure the :id keys are unique.
    If using a module or {module, arg} as child, use Supervisor.child_spec/2 to change the :id, for example:

        children = [
          Supervisor.child_spec({MyWorker, arg}, id: :my_worker_1),
          Supervisor.child_spec({MyWorker, arg}, id: :my_worker_2)
        ]
    """
  end

  defp start_spec({:invalid_mfa, mfa}), do: "invalid mfa: #{inspect(mfa)}"

  defp start_spec({:invalid_restart_type, restart}),
    do: "invalid restart type: #{inspect(restart)}. Must be :permanent, :transient or :temporary."

  defp start_spec({:invalid_shutdown, shutdown}),
    do: "invalid shutdown: #{inspect(shutdown)}. Must be an integer >= 0, :infinity or :brutal_kill."

  defp start_spec({:invalid_child_type, type}), do: "invalid child type: #{inspect(type)}. Must be :worker or :supervisor."
  defp start_spec({:invalid_module, module}), do: "invalid module: #{inspect(module)}. Must be an atom."
  defp start_spec({:invalid_modules, modules}), do: "invalid modules: #{inspect(modules)}. Must be a list of atoms or :dynamic."
  defp start_spec({:invalid_child_spec, spec}), do: "invalid child specification: #{inspect(spec)}"
  defp start_spec(other), do: "got: #{inspect(other)}"

  defp supervisor_data({:invalid_type, type}), do: "invalid type: " <> inspect(type)
  defp supervisor_data({:invalid_strategy, strategy}), do: "invalid strategy: " <> inspect(strategy)
  defp supervisor_data({:invalid_intensity, intensity}), do: "invalid max_restarts (intensity): " <> inspect(intensity)
  defp supervisor_data({:invalid_period, period}), do: "invalid max_seconds (period): " <> inspect(period)
  defp supervisor_data({:invalid_max_children, max}), do: "invalid max_children: " <> inspect(max)
  defp supervisor_data({:invalid_extra_arguments, extra}), do: "invalid extra_arguments: " <> inspect(extra)
  defp supervisor_data(other), do: "got: " <> inspect(other)

  def format_stacktrace(trace \\ nil)
  def format_stacktrace(nil), do: "\n"
  def format_stacktrace([]), do: "\n"

  def format_stacktrace(trace) do
    "    " <> Enum.map_join(trace, "\n    ", &format_stacktrace_entry/1) <> "\n"
  end

  def format_stacktrace_entry(entry)
  def format_stacktrace_entry({module, :__MODULE__, 0, location}), do: location(location) <> inspect(module) <> " (module)"
  def format_stacktrace_entry({_, :__MODULE__, 1, location}), do: location(location) <> "(module)"
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
