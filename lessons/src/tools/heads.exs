# Writes down the clauses that a real node shows as attempted when none of a public function's clauses matches. As for the
# exports: facts, seen in the output of Exception.blame, without which no error message of the library could be told.
#
#     elixir lessons/src/tools/heads.exs > lessons/src/main/resources/beamyard/lessons/elixir/stdlib/heads.txt
#
# Lines: MODULE.NAME/ARITY KIND, then one clause on each line, indented by a blank.

modules = [
  Kernel, Enum, Stream, List, Keyword, Map, MapSet, Range, Tuple, String, Integer, Float, Atom, Bitwise, Regex,
  Date, Date.Range, Time, NaiveDateTime, DateTime, Calendar, Calendar.ISO, Access, Process, Node, Port, Task, Task.Supervisor,
  Agent, GenServer, Supervisor, DynamicSupervisor, PartitionSupervisor, Registry, Application, Config, Logger, IO, IO.ANSI,
  StringIO, File, File.Stat, File.Stream, Path, System, Base, URI, OptionParser, Inspect, Inspect.Algebra, Inspect.Opts,
  Exception, Code, Code.Fragment, Function, Module, Macro, Macro.Env, Protocol, Record, Version, IEx.Helpers
]

# private functions that an error message may name
helpers = [{Task, :yield_many, 3}]

for module <- modules do
  public = module.__info__(:functions)
  private = for {^module, name, arity} <- helpers, do: {name, arity}

  for {name, arity} <- Enum.sort(public ++ private) do
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
