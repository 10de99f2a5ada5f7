# Writes down what the compiler knows of the modules of the real Elixir when it warns: callbacks of behaviours, and what is
# deprecated in favour of what.
#
#     elixir lessons/src/tools/claims.exs > lessons/src/main/resources/beamyard/lessons/elixir/compiler/claims.txt
#
# Lines: behaviour MODULE NAME/ARITY...   (a question mark behind those that are optional)
#        deprecated MODULE NAME/ARITY MESSAGE

shown = fn {name, arity} -> "#{name}/#{arity}" end
{:ok, elixir} = :application.get_key(:elixir, :modules)
{:ok, logger} = (Application.load(:logger); :application.get_key(:logger, :modules))
erlang = [:gen_server, :gen_statem, :gen_event, :supervisor, :application]

for module <- Enum.sort(elixir ++ logger) ++ erlang, {:module, _} <- [Code.ensure_loaded(module)] do
  if function_exported?(module, :behaviour_info, 1) do
    optional = module.behaviour_info(:optional_callbacks)
    names = for name <- module.behaviour_info(:callbacks), do: shown.(name) <> if(name in optional, do: "?", else: "")
    if names != [], do: IO.puts("behaviour #{inspect(module)} #{Enum.join(names, " ")}")
  end

  if String.starts_with?(Atom.to_string(module), "Elixir.") do
    for {name, message} <- Enum.sort(module.__info__(:deprecated)),
        do: IO.puts("deprecated #{inspect(module)} #{shown.(name)} #{message}")
  end
end
