# Writes down where functions of the real Elixir stand on stack traces: facts only, the file and line of a function that failed or in
# which something else failed, found by calling each function with arguments of many kinds.
#
#     elixir lessons/src/tools/lines.exs > lessons/src/main/resources/beamyard/lessons/elixir/stdlib/lines.txt
#
# Lines: MODULE.NAME/ARITY FILE LINE CLAUSE   (CLAUSE: where a FunctionClauseError points to; 0 for a line that is not known)

modules = [
  Kernel, Enum, Stream, List, Keyword, Map, MapSet, Range, Tuple, String, Integer, Float, Atom, Regex, Date, Time,
  NaiveDateTime, DateTime, Calendar, Calendar.ISO, Access, Process, Node, Task, Task.Supervisor, Agent, GenServer, Supervisor,
  DynamicSupervisor, Registry, Application, IO, StringIO, File, Path, System, Base, URI, OptionParser, Exception, Code, Function,
  Module, Macro, Version, Enumerable, Collectable, String.Chars, List.Chars
]

endless =
  ~w(cycle repeatedly interval iterate sleep halt stop cmd shell gets read getn stream rm rm_rf rm! rm_rf! at_exit rename cp cp_r
     put_env delete_env write touch mkdir mkdir_p ln_s chmod chown hibernate exit put_all_env no_halt restart)a

pool = [0, 3, -1, 2.5, :nope, nil, "abc", "nope", 'ab', [], [1, 2, 3], [a: 1], {1, 2}, %{a: 1}, 1..3, fn x -> x end, fn _, _ -> 1 end, ~D[2024-02-29]]

arguments = fn
  0 -> [[]]
  1 -> for a <- pool, do: [a]
  2 -> for a <- pool, b <- pool, do: [a, b]
  3 -> for a <- pool, b <- pool, c <- Enum.take_every(pool, 3), do: [a, b, c]
  _ -> []
end

trace = fn module, function, args ->
  me = self()

  {pid, ref} =
    spawn_monitor(fn ->
      Process.group_leader(self(), :erlang.whereis(:standard_error))

      try do
        value = apply(module, function, args)
        if module == Stream and is_function(value, 2), do: Enum.take(value, 3)
      catch
        _, reason -> send(me, {:trace, self(), reason, __STACKTRACE__})
      end
    end)

  receive do
    {:trace, ^pid, reason, trace} ->
      Process.demonitor(ref, [:flush])
      {reason, trace}

    {:DOWN, ^ref, _, _, _} ->
      nil
  after
    200 ->
      Process.exit(pid, :kill)
      nil
  end
end

places = fn {reason, trace}, found ->
  trace
  |> Enum.with_index()
  |> Enum.reduce(found, fn
    {{module, function, arity_or_args, [_ | _] = location}, index}, found ->
      arity = if is_list(arity_or_args), do: length(arity_or_args), else: arity_or_args
      kind = if index == 0 and reason == :function_clause, do: :clause, else: :line
      weight = if index == 0 and is_exception(reason), do: 100, else: 1

      if String.starts_with?(Atom.to_string(module), "Elixir.") and location[:line] && function_exported?(module, function, arity) do
        key = {{module, function, arity}, to_string(location[:file])}
        place = {kind, location[:line]}
        Map.update(found, key, %{place => weight}, &Map.update(&1, place, weight, fn n -> n + weight end))
      else
        found
      end

    _, found ->
      found
  end)
end

found =
  for module <- modules,
      {:module, _} <- [Code.ensure_loaded(module)],
      {function, arity} <- module.__info__(:functions),
      function not in endless,
      args <- arguments.(arity),
      reduce: %{} do
    found ->
      case trace.(module, function, args) do
        nil -> found
        failure -> places.(failure, found)
      end
  end

often = fn counts, kind ->
  case for({{^kind, line}, n} <- counts, do: {n, line}) do
    [] -> 0
    lines -> lines |> Enum.max() |> elem(1)
  end
end

for {{{module, function, arity}, file}, counts} <- Enum.sort(found), Enum.member?(modules, module) do
  IO.puts("#{module}.#{function}/#{arity} #{file} #{often.(counts, :line)} #{often.(counts, :clause)}")
end
