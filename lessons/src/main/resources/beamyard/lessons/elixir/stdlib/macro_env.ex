defmodule Macro.Env do
  defstruct aliases: [],
            context: nil,
            context_modules: [],
            file: "nofile",
            function: nil,
            functions: [],
            lexical_tracker: nil,
            line: 0,
            macro_aliases: [],
            macros: [],
            module: nil,
            requires: [],
            tracers: [],
            versioned_vars: %{}

  def in_guard?(%{context: context}), do: context == :guard
  def in_match?(%{context: context}), do: context == :match
  def location(%{file: file, line: line}), do: [file: file, line: line]
  def vars(%{versioned_vars: vars}), do: Map.keys(vars)
  def has_var?(%{versioned_vars: vars}, variable), do: Map.has_key?(vars, variable)
  def required?(%{requires: requires}, module) when is_atom(module), do: module in requires
  def fetch_alias(%{aliases: aliases}, name) when is_atom(name), do: Keyword.fetch(aliases, :"Elixir.#{name}")
  def fetch_macro_alias(%{macro_aliases: aliases}, name) when is_atom(name), do: Keyword.fetch(aliases, :"Elixir.#{name}")
  def prepend_tracer(%{tracers: tracers} = env, tracer), do: %{env | tracers: [tracer | tracers]}
  def prune_compile_info(env), do: %{env | lexical_tracker: nil, tracers: []}
  def to_match(env), do: %{env | context: :match}

  def lookup_import(%{functions: functions, macros: macros}, {name, arity} = pair) when is_atom(name) and is_integer(arity) do
    imported = fn imports, kind -> for {module, pairs} <- imports, :ordsets.is_element(pair, pairs), do: {kind, module} end
    imported.(functions, :function) ++ imported.(macros, :macro)
  end

  def stacktrace(%{module: nil, file: file, line: line, function: nil}), do: [{:elixir_compiler, :__FILE__, 1, relative(file, line)}]
  def stacktrace(%{module: module, file: file, line: line, function: nil}), do: [{module, :__MODULE__, 0, relative(file, line)}]
  def stacktrace(%{module: module, file: file, line: line, function: {name, arity}}), do: [{module, name, arity, relative(file, line)}]

  defp relative(file, line), do: [file: file |> Path.relative_to_cwd() |> String.to_charlist(), line: line]
end
