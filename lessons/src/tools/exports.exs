# Writes down what the modules of the real Elixir and OTP export: facts only, names and arities.
#
#     elixir lessons/src/tools/exports.exs > lessons/src/main/resources/beamyard/lessons/elixir/stdlib/exports.txt
#
# Functions of OTP's modules are in the order of their module_info(exports), in which an error message names them.
#
# Lines: MODULE functions|macros|hidden|deprecated NAME/ARITY...  (hidden: without documentation; deprecated: warned of)
#        modules MODULE...                                        (all modules that come with Elixir and OTP)

modules = [
  Kernel, Enum, Stream, List, Keyword, Map, MapSet, Range, Tuple, String, Integer, Float, Atom, Bitwise, Regex,
  Date, Date.Range, Time, NaiveDateTime, DateTime, Calendar, Calendar.ISO, Access, Process, Node, Port, Task, Task.Supervisor,
  Agent, GenServer, Supervisor, DynamicSupervisor, PartitionSupervisor, Registry, Application, Config, Logger, IO, IO.ANSI,
  StringIO, File, File.Stat, File.Stream, Path, System, Base, URI, OptionParser, Inspect, Inspect.Algebra, Inspect.Opts,
  Exception, Code, Code.Fragment, Function, Module, Macro, Macro.Env, Protocol, Record, Version, Enumerable, Collectable,
  String.Chars, List.Chars,
  :erlang, :lists, :maps, :ets, :timer, :rand, :math, :crypto, :queue, :gb_trees, :gb_sets, :ordsets, :orddict, :sets, :dict,
  :array, :digraph, :proplists, :string, :unicode, :base64, :binary, :calendar, :re, :io, :io_lib, :erl_scan, :erl_parse,
  :file, :filename, :filelib, :os, :init, :application, :code, :proc_lib, :gen_server, :gen_statem, :gen_event, :supervisor,
  :sys, :rpc, :erpc, :global, :pg, :net_kernel, :net_adm, :inet, :persistent_term, :counters, :atomics, :error_logger, :logger,
  :zlib
]

names = fn list -> list |> Enum.uniq() |> Enum.map_join(" ", fn {name, arity} -> "#{name}/#{arity}" end) end

for module <- modules do
  {:module, _} = Code.ensure_loaded(module)
  elixir? = function_exported?(module, :__info__, 1)

  {functions, macros, deprecated} =
    if elixir? do
      {Enum.sort(module.__info__(:functions)), Enum.sort(module.__info__(:macros)),
       for({name, _} <- Enum.sort(module.__info__(:deprecated)), do: name)}
    else
      {module.module_info(:exports) -- [module_info: 0, module_info: 1], [], []}
    end

  # What OTP exports for itself only: callbacks of its behaviours, and what its own modules call.
  internal =
    case {elixir?, module} do
      {true, _} ->
        {:docs_v1, _, _, _, _, _, docs} = Code.fetch_docs(module)
        undocumented = for {{kind, name, arity}, _, _, :hidden, _} <- docs, kind in [:function, :macro], do: {name, arity}
        undocumented ++ for({name, arity} <- functions, name in [:__struct__, :__impl__, :__protocol__, :impl_for, :impl_for!], do: {name, arity})

      {false, _} ->
        behaviours = [:gen_server, :supervisor, :gen_event, :gen_statem]
        server? = {:init, 1} in functions and module not in behaviours and module != :erl_scan
        system = [system_continue: 3, system_terminate: 4, system_code_change: 4, system_get_state: 1, system_replace_state: 2]
        callbacks = if server?, do: :gen_server.behaviour_info(:callbacks) ++ [start_link: 0, start: 0, stop: 0], else: []
        callbacks ++ system ++ [behaviour_info: 1, format_log: 1, format_log: 2, init_it: 6, wake_hib: 5, wake_hib: 6, wake_up: 3]
    end

  rows = [
    functions: functions -- internal,
    macros: macros -- internal,
    hidden: Enum.filter(functions ++ macros, &(&1 in internal)) |> then(&if elixir?, do: Enum.sort(&1), else: &1),
    deprecated: deprecated
  ]

  for {kind, list} <- rows, list != [], do: IO.puts("#{inspect(module)} #{kind} #{names.(list)}")
end

all =
  for application <- [:elixir, :logger, :ex_unit, :iex, :mix, :eex, :kernel, :stdlib, :crypto, :mnesia, :sasl, :ssl, :inets, :runtime_tools,
                      :tools, :compiler, :public_key, :ssh, :xmerl, :os_mon, :observer, :parsetools, :syntax_tools, :asn1, :eunit],
      :ok == Application.load(application) or true,
      {:ok, list} = :application.get_key(application, :modules),
      module <- list,
      do: module

preloaded = :erlang.pre_loaded()
IO.puts("modules " <> (Enum.uniq(all ++ preloaded) |> Enum.sort_by(&inspect/1) |> Enum.map_join(" ", &inspect/1)))
