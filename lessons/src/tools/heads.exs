# Writes down the clauses that a real node shows as attempted when none of a function's clauses matches: those of public functions, and of
# private ones that the yard's own library has, too. As for the exports: facts, seen in the output of Exception.blame, without which no
# error message of the library could be told.
#
#     elixir lessons/src/tools/heads.exs > lessons/src/main/resources/beamyard/lessons/elixir/stdlib/heads.txt
#
# Lines: MODULE.NAME/ARITY KIND, then one clause on each line, indented by a blank.

modules = [
  Kernel, Enum, Stream, List, Keyword, Map, MapSet, Range, Tuple, String, Integer, Float, Atom, Bitwise, Regex,
  Date, Date.Range, Time, NaiveDateTime, DateTime, Calendar, Calendar.ISO, Access, Process, Node, Port, Task, Task.Supervisor,
  Agent, GenServer, Supervisor, DynamicSupervisor, PartitionSupervisor, Registry, Application, Config, Logger, IO, IO.ANSI,
  StringIO, File, File.Stat, File.Stream, Path, System, Base, URI, OptionParser, Inspect, Inspect.Algebra, Inspect.Opts,
  Exception, Code, Code.Fragment, Function, Module, Macro, Macro.Env, Protocol, Record, Version, IEx.Helpers, String.Break,
  Enumerable.List, Enumerable.Map, Enumerable.Range, Enumerable.MapSet, Enumerable.Function, Enumerable.Stream, Enumerable.Date.Range,
  Collectable.List, Collectable.Map, Collectable.BitString, Collectable.MapSet, List.Chars.List, String.Chars.List
]

sources = Path.wildcard(Path.expand("../main/resources/beamyard/lessons/elixir/stdlib/*.ex", __DIR__))
ours = for source <- sources, [_, name] <- Regex.scan(~r/^  defp (\w+[?!]?)/m, File.read!(source)), into: MapSet.new(), do: name

private = fn module ->
  with path when is_list(path) <- :code.which(module),
       {:ok, {_, debug_info: {:debug_info_v1, backend, data}}} <- :beam_lib.chunks(path, [:debug_info]),
       {:ok, %{definitions: definitions}} <- backend.debug_info(:elixir_v1, module, data, []) do
    for {{name, arity}, :defp, _, _} <- definitions, to_string(name) in ours, do: {name, arity}
  else
    _ -> []
  end
end

for module <- modules do
  for {name, arity} <- Enum.sort(module.__info__(:functions) ++ private.(module)) do
    # arguments that match nothing show every clause; the marks of what failed are left out
    arguments = List.duplicate(:"no clause has this", arity)

    case Exception.blame_mfa(module, name, arguments) do
      {:ok, kind, clauses} when clauses != [] ->
        plain = fn node -> Macro.prewalk(node, fn
            %{match?: _, node: node} -> node
            other -> other
          end)
        end

        open? = Enum.any?(clauses, fn {args, guards} -> guards == [] and Enum.all?(args, &match?({v, _, c} when is_atom(v) and is_atom(c), plain.(&1))) end)

        unless open? or name in [:__struct__, :__impl__] do
          IO.puts("#{inspect(module)}.#{name}/#{arity} #{kind}")

          for {args, guards} <- clauses do
            line = fn node -> node |> plain.() |> Code.quoted_to_algebra() |> Inspect.Algebra.format(:infinity) |> IO.iodata_to_binary() end
            text = args |> Enum.map(line) |> Enum.join(", ")
            guard = guards |> Enum.map(&(" when " <> line.(&1))) |> Enum.join()
            IO.puts(" " <> "#{name}(#{text})#{guard}")
          end
        end

      _ ->
        :ok
    end
  end
end
