# What host files tell; what port mappers tell is in Java.
defmodule :net_adm do
  # The hosts of .hosts.erlang: Erlang terms, each with a dot at its end.
  def host_file() do
    case File.read(".hosts.erlang") do
      {:error, _} -> {:error, :enoent}
      {:ok, text} -> for [_, name] <- Regex.scan(~r/'([^']+)'\s*\./, text), do: String.to_atom(name)
    end
  end

  def world(), do: world(:silent)

  def world(verbose) do
    case host_file() do
      {:error, reason} -> exit({:error, reason})
      hosts -> :net_adm.world_list(hosts, verbose)
    end
  end
end
