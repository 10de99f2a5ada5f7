# What host files tell, and how connections are printed; what port mappers and connections tell is in Java.
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

defmodule :net_kernel do
  def i() do
    {:ok, nodes} = :net_kernel.nodes_info()
    line(["Node", "State", "Type", "In", "Out", "Address"])

    {received, sent} =
      Enum.reduce(nodes, {0, 0}, fn {node, info}, {received, sent} ->
        [state: state, address: address, type: type, in: in_count, out: out_count] = Keyword.delete(info, :owner)
        line([node, state, type, in_count, out_count, address(address)])
        {received + in_count, sent + out_count}
      end)

    line(["Total", "", "", received, sent, ""])
  end

  def i(node) do
    with {:ok, info} <- :net_kernel.node_info(node) do
      :io.format(
        'Node     = ~p~nState    = ~p~nType     = ~p~nIn       = ~p~nOut      = ~p~nAddress  = ~s~n',
        [node, info[:state], info[:type], info[:in], info[:out], address(info[:address])]
      )
    end
  end

  defp line(columns), do: :io.format('~-20s ~-7s ~-6s ~8s ~8s ~s~n', Enum.map(columns, &to_charlist/1))

  defp address({:net_address, {ip, port}, _, _, _}), do: '#{:inet.ntoa(ip)}:#{port}'
  defp address(_), do: '-'
end

defmodule :c do
  def pid(node, number, serial),
    do: :erlang.list_to_pid('<#{digits(node)}.#{digits(number)}.#{digits(serial)}>')

  defp digits(number), do: :erlang.integer_to_list(number)
end
