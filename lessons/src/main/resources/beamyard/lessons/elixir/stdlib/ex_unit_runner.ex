defmodule ExUnit.Formatter do
  # The text of a failure, numbered, as the command line shows it.
  def format_test_failure(test, failures, number) do
    head = String.pad_leading("#{number}", 3) <> ") #{test.name} (#{inspect(test.module)})\n     #{Path.relative_to_cwd(test.tags.file)}:#{test.tags.line}\n"
    head <> Enum.map_join(failures, "", fn failure -> failure(failure, test) end)
  end

  # The failure of what is done once for all tests of a module.
  def format_test_all_failure(module, failure, number) do
    String.pad_leading("#{number}", 3) <>
      ") #{inspect(module)}: failure on setup_all callback, all tests have been invalidated\n" <>
      failure(failure, %{module: module, name: module})
  end

  defp failure({:error, %{__struct__: ExUnit.AssertionError} = error, stack}, test) do
    none = ExUnit.AssertionError.no_value()
    code = if error.expr == none, do: code_at(stack, test)
    error = if code, do: %{error | expr: {:ex_unit_code, code}}, else: error
    __assertion__(error, "     ") <> stack(stack, test)
  end

  defp failure({{:EXIT, pid}, reason, stack}, test) do
    "     ** (EXIT from #{inspect(pid)}) " <> exit_text(reason) <> "\n" <> stack(stack, test)
  end

  defp failure({kind, reason, stack}, test) do
    {blamed, stack} = Exception.blame(kind, reason, stack)
    code = if code = code_at(stack, test), do: "     code: #{code}\n", else: ""
    banner(blamed, indent(Exception.format_banner(kind, blamed, stack), "     ")) <> "\n" <> code <> stack(stack, test)
  end

  # The empty line before the arguments is empty, unlike those among them.
  defp banner(%FunctionClauseError{}, text), do: String.replace(text, "\n     \n", "\n\n", global: false)
  defp banner(_, text), do: text

  # The line of the test in which it failed, if its file is there to be read.
  defp code_at(stack, %{module: module, name: name}) do
    with {_, _, _, location} <- Enum.find(stack, &match?({^module, ^name, _, _}, &1)),
         line when is_integer(line) and line > 0 <- location[:line],
         {:ok, text} <- File.read(to_string(location[:file])),
         code when is_binary(code) <- text |> String.split("\n") |> Enum.at(line - 1) do
      String.trim(code)
    else
      _ -> nil
    end
  end

  defp exit_text(reason), do: Exception.format_exit(reason)

  defp stack([], _), do: ""

  defp stack(stack, test) do
    kept = Enum.take_while(stack, fn entry -> elem(entry, 0) != ExUnit.Runner or elem(entry, 3)[:file] == 'lib/ex_unit/runner.ex' end)
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
    message <> doctest(error.doctest, margin) <> Enum.join(lines) <> arguments(error.args, margin) <> mailbox(error.context, margin)
  end

  defp doctest(:ex_unit_no_meaningful_value, _), do: ""
  defp doctest(text, margin), do: margin <> "doctest:" <> String.replace(text, "\n", "\n" <> margin <> "  ") <> "\n"

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
      Enum.map_join(messages, "\n", fn message ->
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
    filters(options)
    counts = %{excluded: 0, failures: 0, invalid: 0, skipped: 0, total: 0, types: %{}}
    {async, sync} = Enum.split_with(modules, & &1.__ex_unit__(:async))
    counts = run_modules(async, options, counts)
    between = System.monotonic_time(:microsecond)
    counts = run_modules(Enum.reverse(sync), options, counts)
    ended = System.monotonic_time(:microsecond)
    summary(counts, %{load: options[:load], async: between - started, sync: ended - between}, options)
    Map.delete(counts, :types) |> Map.delete(:invalid)
  end

  defp run_modules(modules, options, counts) do
    Enum.reduce(modules, counts, fn module, counts -> run_module(module, options, counts) end)
  end

  defp filters(options) do
    if options[:exclude] != [], do: IO.puts("Excluding tags: #{inspect(options[:exclude])}")
    if options[:include] != [], do: IO.puts("Including tags: #{inspect(options[:include])}")
    if options[:exclude] != [] or options[:include] != [], do: IO.puts("")
  end

  defp run_module(module, options, counts) do
    tests = for {name, tags} <- ordered(module.__ex_unit__(:tests), options[:seed]), do: %ExUnit.Test{name: name, case: module, module: module, tags: tags}
    {run, left_out} = Enum.split_with(tests, fn test -> not excluded?(test, options) and !test.tags[:skip] end)
    counts = Enum.reduce(left_out, counts, fn test, counts -> run_test(test, nil, options, counts) end)
    if run == [], do: counts, else: run_tests(module, run, options, counts)
  end

  defp run_tests(module, tests, options, counts) do
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

    counts = Enum.reduce(tests, counts, fn test, counts -> run_test(test, outcome, options, counts) end)
    send(owner, {ref, :done})
    Process.demonitor(monitor, [:flush])
    exit_hooks(owner)
    invalidated(module, outcome, counts)
  end

  defp invalidated(module, {:failed, failure}, counts) do
    IO.write("\n\n" <> ExUnit.Formatter.format_test_all_failure(module, failure, counts.failures) <> "\n")
    counts
  end

  defp invalidated(_, _, counts), do: counts

  defp ordered(tests, 0), do: tests

  defp ordered(tests, seed) do
    :rand.seed(:exs1024, {seed, seed, seed})
    Enum.shuffle(tests)
  end

  defp run_test(test, outcome, options, counts) do
    types = Map.update(counts.types, test.tags.test_type, 1, &(&1 + 1))
    counts = %{counts | total: counts.total + 1, types: types}

    cond do
      excluded?(test, options) ->
        %{counts | excluded: counts.excluded + 1}

      test.tags[:skip] ->
        IO.write("*")
        %{counts | skipped: counts.skipped + 1}

      match?({:failed, _}, outcome) ->
        IO.write("?")
        %{counts | invalid: counts.invalid + 1}

      true ->
        {:ok, context} = outcome

        context = context |> Map.merge(test.tags) |> with_tmp_dir(test)

        case logged(test, options, fn -> execute(test, context, options) end) do
          {:ok, _} ->
            IO.write(".")
            counts

          {failure, log} ->
            fail(%{test | logs: log}, failure, counts)
        end
    end
  end

  # What a test with the tag :capture_log logs is shown only if it fails.
  defp logged(test, options, run) do
    case Map.get(test.tags, :capture_log, options[:capture_log]) do
      off when off in [nil, false] -> {run.(), ""}
      true -> ExUnit.CaptureLog.with_log([], run)
      given -> ExUnit.CaptureLog.with_log(given, run)
    end
  end

  @unsafe [" ", "[", "~", "#", "%", "&", "*", "{", "}", "\\", ":", "<", ">", "?", "/", "+", "|", "\"", "]"]

  defp with_tmp_dir(%{tmp_dir: dir} = context, test) when dir == true or is_binary(dir) do
    {module, name} = {inspect(test.module), to_string(test.name)}
    digest = "#{module}/#{name}" |> :erlang.md5() |> Base.encode16(case: :lower) |> binary_part(0, 8)
    [module, name] = for text <- [module, name], do: String.replace(text, @unsafe, "-")
    extra = if is_binary(dir), do: dir, else: ""
    path = ["tmp", module, "#{name}-#{digest}", extra] |> Path.join() |> Path.expand()
    File.rm_rf!(path)
    File.mkdir_p!(path)
    %{context | tmp_dir: path}
  end

  defp with_tmp_dir(%{tmp_dir: other}, _) when other != false,
    do: raise(ArgumentError, "expected :tmp_dir to be a boolean or a string, got: #{inspect(other)}")

  defp with_tmp_dir(context, _), do: context

  defp fail(test, failure, counts) do
    counts = %{counts | failures: counts.failures + 1}
    IO.write("\n\n" <> ExUnit.Formatter.format_test_failure(test, [failure], counts.failures) <> "\n")

    if test.logs != "" do
      IO.puts(["     The following output was logged:\n     ", String.replace(test.logs, "\n", "\n     ")])
    end

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
            kind, reason ->
              stack = if test.tags[:not_implemented], do: [], else: __STACKTRACE__
              {kind, normal(kind, reason, __STACKTRACE__), stack}
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
          stack = stack_of(pid)
          Process.exit(pid, :kill)
          Process.demonitor(monitor, [:flush])
          {:error, %ExUnit.TimeoutError{timeout: timeout, type: to_string(test.tags.test_type)}, stack}
      end

    case {result, exit_hooks(pid)} do
      {:ok, failure} -> failure
      {failure, _} -> failure
    end
  end

  # Where a test was that took too long, and what of ExUnit was below it.
  defp stack_of(pid) do
    case Process.info(pid, :current_stacktrace) do
      {:current_stacktrace, stack} -> Enum.take_while(stack, &(elem(&1, 0) != __MODULE__)) ++ below_tests()
      nil -> []
    end
  end

  defp below_tests do
    [
      {ExUnit.Runner, :exec_test, 1, [file: 'lib/ex_unit/runner.ex', line: 512]},
      {:timer, :tc, 1, [file: 'timer.erl', line: 235]},
      {ExUnit.Runner, :"-spawn_test_monitor/4-fun-1-", 4, [file: 'lib/ex_unit/runner.ex', line: 463]}
    ]
  end

  # The latest hook first, each in a process of its own.
  defp exit_hooks(pid) do
    receive do
      {:supervisor, ^pid, supervisor} -> stop(supervisor)
    after
      0 -> :ok
    end

    pid
    |> hooks([])
    |> Enum.reduce(:ok, fn {_, callback}, so_far ->
      {hook, monitor} =
        spawn_monitor(fn ->
          case ExUnit.OnExitHandler.exec_callback(callback) do
            :ok -> :ok
            failure -> exit({:hook, failure})
          end
        end)

      receive do
        {:DOWN, ^monitor, _, _, :normal} -> so_far
        {:DOWN, ^monitor, _, _, {:hook, failure}} -> if so_far == :ok, do: failure, else: so_far
        {:DOWN, ^monitor, _, _, reason} -> if so_far == :ok, do: {{:EXIT, hook}, reason, []}, else: so_far
      end
    end)
  end

  defp stop(supervisor) do
    monitor = Process.monitor(supervisor)
    Process.exit(supervisor, :shutdown)
    receive do: ({:DOWN, ^monitor, _, _, _} -> :ok)
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

  defp call(_module, {other, name}, context), do: apply(other, name, [context])
  defp call(module, name, context), do: module.__ex_unit__(name, context)

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

  defp summary(counts, times, options) do
    IO.puts("\nFinished in #{seconds((times.load || 0) + times.async + times.sync)} seconds (#{load(times)}#{seconds(times.async)}s async, #{seconds(times.sync)}s sync)")
    types = Enum.map_join(counts.types, "", fn {type, count} -> "#{count(count, type)}, " end)
    left_out = for kind <- [:excluded, :invalid, :skipped], counts[kind] > 0, do: ", #{counts[kind]} #{kind}"
    IO.puts([types, count(counts.failures, "failure"), left_out, "\n\nRandomized with seed #{options[:seed]}"])
  end

  defp count(1, what), do: "1 #{what}"
  defp count(number, what), do: "#{number} #{what}s"

  defp load(%{load: nil}), do: ""
  defp load(%{load: time}), do: "#{seconds(time)}s on load, "

  # Hundredths of a second below a tenth, else tenths.
  defp seconds(micros) do
    hundredths = div(micros, 10_000)

    if hundredths < 10,
      do: "0.0#{hundredths}",
      else: "#{div(hundredths, 100)}.#{div(rem(hundredths, 100), 10)}"
  end
end

defmodule ExUnit.OnExitHandler do
  # Runs an exit hook; answers how it failed, if it did, with the stack that ExUnit's own handler has below it.
  def exec_callback(callback) do
    callback.()
    :ok
  catch
    kind, reason ->
      reason = if kind == :error, do: Exception.normalize(:error, reason, __STACKTRACE__), else: reason
      {kind, reason, Enum.take_while(__STACKTRACE__, fn entry -> elem(entry, 0) != __MODULE__ end) ++ below()}
  end

  defp below() do
    for {name, arity, line} <- [{:exec_callback, 1, 143}, {:on_exit_runner_loop, 0, 129}] do
      {__MODULE__, name, arity, [file: 'lib/ex_unit/on_exit_handler.ex', line: line]}
    end
  end
end
