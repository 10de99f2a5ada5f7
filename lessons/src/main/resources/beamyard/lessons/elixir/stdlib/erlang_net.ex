# Who runs where, as Erlang's port mapper and host files tell.
defmodule :net_adm do
  def names(), do: names(:beamyard.host_name())

  def names(host) do
    case :beamyard_discovery.port_mapper(to_string(host)) do
      {:ok, names} -> {:ok, for({name, port} <- names, do: {String.to_charlist(name), port})}
      :error -> {:error, :address}
    end
  end

  # The hosts of .hosts.erlang: Erlang terms, each with a dot at its end.
  def host_file() do
    case File.read(".hosts.erlang") do
      {:error, _} -> {:error, :enoent}
      {:ok, text} -> for [_, name] <- Regex.scan(~r/'([^']+)'\s*\./, text), do: String.to_atom(name)
    end
  end
end

defmodule :erl_epmd do
  def names(), do: :net_adm.names()
  def names(host), do: :net_adm.names(host)
end
