# Writes down how functions, callbacks and types of the real Elixir and OTP are written: facts only, the heads, the types and the
# metadata, laid out as h/1, b/1 and t/1 show them. What they do is told in words of our own (the folder help beside the output).
#
#     elixir lessons/src/tools/signatures.exs > lessons/src/main/resources/beamyard/lessons/elixir/stdlib/signatures.txt
#
# Lines: module MODULE                (¶ stands for the end of a line in a head)
#        function|macro|callback|macrocallback|type NAME/ARITY LINE DEFAULTS HEAD
#         one blank and a line of its type; a line with one dot alone begins another spec of the same function
#        + KEY VALUE               metadata of the function above
#        optional                  the optional callbacks, followed by what b/1 shows of them

modules = [
  Kernel, Kernel.SpecialForms, Enum, Stream, List, Keyword, Map, MapSet, Range, Tuple, String, Integer, Float, Atom, Bitwise, Regex,
  Date, Date.Range, Time, NaiveDateTime, DateTime, Calendar, Calendar.ISO, Access, Process, Node, Port, Task, Task.Supervisor,
  Agent, GenServer, GenEvent, Supervisor, DynamicSupervisor, PartitionSupervisor, Registry, Application, Config, Config.Provider,
  Logger, IO, IO.ANSI, StringIO, File, File.Stat, File.Stream, Path, System, Base, URI, OptionParser, Inspect, Inspect.Algebra,
  Inspect.Opts, Exception, Code, Code.Fragment, Function, Module, Macro, Macro.Env, Protocol, Record, Version, Enumerable,
  Collectable, String.Chars, List.Chars, ExUnit, ExUnit.Case, ExUnit.Callbacks, ExUnit.Assertions, ExUnit.CaptureIO,
  ExUnit.CaptureLog, IEx, IEx.Helpers,
  :erlang, :lists, :maps, :ets, :timer, :rand, :math, :crypto, :queue, :gb_trees, :gb_sets, :ordsets, :orddict, :sets, :dict,
  :array, :digraph, :proplists, :string, :unicode, :base64, :binary, :calendar, :re, :io, :io_lib, :file, :filename, :filelib, :os,
  :init, :application, :code, :proc_lib, :gen_server, :gen_statem, :gen_event, :supervisor, :sys, :rpc, :erpc, :global, :pg,
  :net_kernel, :net_adm, :inet, :persistent_term, :counters, :atomics, :error_logger, :logger, :zlib
]

shown = fn quoted, kind, width ->
  {:@, [], [{kind, [], [quoted]}]} |> Code.quoted_to_algebra() |> Inspect.Algebra.format(width) |> IO.iodata_to_binary()
end

told = fn
  {module, name, arity} -> "#{inspect(module)} #{name}/#{arity}"
  value -> value
end

indented = fn texts -> texts |> Enum.join("\n.\n") |> String.split("\n") |> Enum.map_join("\n", &(" " <> &1)) end

# The first argument of a macro's callback is its caller, which nobody writes.
without_caller = fn {:type, a, :fun, [{:type, b, :product, [_ | rest]}, result]} -> {:type, a, :fun, [{:type, b, :product, rest}, result]} end

for module <- modules do
  {:module, _} = Code.ensure_loaded(module)
  IO.puts("module #{inspect(module)}")

  specs =
    case Code.Typespec.fetch_specs(module) do
      {:ok, list} -> Map.new(list)
      :error -> %{}
    end

  docs =
    case Code.fetch_docs(module) do
      {:docs_v1, _, _, _, _, _, docs} ->
        for {{kind, name, arity}, line, signature, doc, meta} <- docs,
            kind in [:function, :macro],
            doc != :hidden,
            doc != :none or not String.starts_with?(Atom.to_string(name), "_"),
            do: {kind, name, arity, line, Enum.join(signature, " "), meta}

      {:error, _} ->
        for {name, arity} <- Enum.sort(module.module_info(:exports)),
            Map.has_key?(specs, {name, arity}),
            do: {:function, name, arity, 0, "", %{}}
    end

  for {kind, name, arity, line, signature, meta} <- docs do
    line = if is_integer(line), do: line, else: :erl_anno.line(line)
    IO.puts(String.trim_trailing("#{kind} #{name}/#{arity} #{line} #{meta[:defaults] || 0} #{String.replace(signature, "\n", "¶")}"))

    if list = specs[{name, arity}] do
      IO.puts(list |> Enum.map(&shown.(Code.Typespec.spec_to_quoted(name, &1), :spec, 76)) |> indented.())
    end

    for {key, value} <- Enum.sort(meta), key != :defaults, do: IO.puts("+ #{key} #{told.(value)}")
  end

  callbacks =
    case Code.Typespec.fetch_callbacks(module) do
      {:ok, list} ->
        for {{name, arity}, types} <- list do
          case Atom.to_string(name) do
            "MACRO-" <> macro -> {:macrocallback, String.to_atom(macro), arity - 1, Enum.map(types, without_caller)}
            _ -> {:callback, name, arity, types}
          end
        end

      :error ->
        []
    end

  for {kind, name, arity, types} <- Enum.sort(callbacks) do
    IO.puts("#{kind} #{name}/#{arity} 0 0")
    IO.puts(types |> Enum.map(&shown.(Code.Typespec.spec_to_quoted(name, &1), kind, 80)) |> indented.())
  end

  if callbacks != [] and function_exported?(module, :behaviour_info, 1) do
    case Enum.sort(module.behaviour_info(:optional_callbacks)) do
      [] ->
        :ok

      names ->
        plain =
          for {name, arity} <- names do
            case Atom.to_string(name) do
              "MACRO-" <> macro -> {String.to_atom(macro), arity - 1}
              _ -> {name, arity}
            end
          end

        IO.puts("optional")
        IO.puts(indented.([shown.(Enum.sort(plain), :optional_callbacks, 80)]))
    end
  end

  types =
    case Code.Typespec.fetch_types(module) do
      {:ok, list} -> list
      :error -> []
    end

  for {kind, {name, _, arguments} = type} <- Enum.sort_by(types, fn {_, {name, _, arguments}} -> {name, length(arguments)} end) do
    {:"::", _, [head, _]} = quoted = Code.Typespec.type_to_quoted(type)
    IO.puts("type #{name}/#{length(arguments)} 0 0 #{kind}")
    IO.puts(indented.([if(kind == :opaque, do: shown.(head, kind, 80), else: shown.(quoted, kind, 80))]))
  end
end
