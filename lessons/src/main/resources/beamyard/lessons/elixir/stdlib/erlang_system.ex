# Erlang's own names for applications, code, and the inet of a host without a world around it.
defmodule :application do
  def start(app), do: Application.start(app)
  def start(app, type), do: Application.start(app, type)
  def stop(app), do: Application.stop(app)
  def load({:application, app, spec}), do: :application_master.load(app, spec)
  def load(app), do: Application.load(app)
  def load(app, _), do: load(app)
  def unload(app), do: Application.unload(app)
  def ensure_started(app), do: Application.ensure_started(app)
  def ensure_started(app, type), do: Application.ensure_started(app, type)
  def ensure_all_started(app), do: Application.ensure_all_started(app)
  def ensure_all_started(app, type), do: Application.ensure_all_started(app, type)
  def which_applications(), do: Application.started_applications()
  def which_applications(timeout), do: Application.started_applications(timeout)
  def loaded_applications(), do: Application.loaded_applications()

  def get_env(key), do: get_env(:erlang.get(:"$application") |> application(), key)

  def get_env(app, key) do
    case Application.fetch_env(app, key) do
      {:ok, value} -> {:ok, value}
      :error -> :undefined
    end
  end

  defp application(:undefined), do: :undefined
  defp application(app), do: app

  def get_env(app, key, default), do: Application.get_env(app, key, default)
  def get_all_env(), do: []
  def get_all_env(app), do: Application.get_all_env(app)
  def set_env(app, key, value), do: Application.put_env(app, key, value)
  def set_env(app, key, value, _), do: Application.put_env(app, key, value)
  def set_env(config) when is_list(config), do: Application.put_all_env(config)
  def set_env(config, _) when is_list(config), do: Application.put_all_env(config)
  def unset_env(app, key), do: Application.delete_env(app, key)
  def unset_env(app, key, _), do: Application.delete_env(app, key)

  def get_key(key), do: get_key(:undefined, key)

  def get_key(app, key) do
    case Application.spec(app, key) do
      nil -> :undefined
      value -> {:ok, value}
    end
  end

  def get_all_key(), do: []

  def get_all_key(app) do
    case Application.spec(app) do
      nil -> :undefined
      list -> {:ok, list}
    end
  end

  def get_application(), do: :undefined

  def get_application(module) when is_atom(module) do
    case Application.get_application(module) do
      nil -> :undefined
      app -> {:ok, app}
    end
  end

  def get_application(_), do: :undefined
  def start_type(), do: :undefined
  def permit(_, _), do: :ok
  def start_boot(_), do: :ok
  def start_boot(_, _), do: :ok
  def takeover(_, _), do: {:error, :not_distributed}
end

defmodule :code do
  def ensure_loaded(module) when is_atom(module), do: Code.ensure_loaded(module) |> answer()
  defp answer({:module, module}), do: {:module, module}
  defp answer({:error, reason}), do: {:error, reason}

  def ensure_modules_loaded(modules) do
    case for(module <- modules, {:error, reason} <- [ensure_loaded(module)], do: {module, reason}) do
      [] -> :ok
      failed -> {:error, failed}
    end
  end

  def load_file(module), do: ensure_loaded(module)
  def is_loaded(module) when is_atom(module), do: if(:erlang.module_loaded(module), do: {:file, which(module)}, else: false)
  def which(module) when is_atom(module), do: if(:beamyard.module_loaded(module), do: where(module), else: :non_existing)

  defp where(module) do
    cond do
      module in [:erlang, :init, :erts_internal, :prim_file, :atomics, :counters, :persistent_term, :zlib] -> :preloaded
      not :beamyard.real_module(module) -> []
      match?("Elixir." <> _, Atom.to_string(module)) -> '/usr/lib/elixir/lib/elixir/ebin/#{module}.beam'
      true -> '/usr/lib/erlang/lib/stdlib-4.2/ebin/#{module}.beam'
    end
  end

  def all_loaded(), do: for(module <- :erlang.loaded(), do: {module, which(module)})
  def delete(module) when is_atom(module), do: :code_server.delete(module)
  def purge(module) when is_atom(module), do: :code_server.purge(module)

  def soft_purge(module) when is_atom(module) do
    purge(module)
    true
  end

  def is_sticky(module) when is_atom(module), do: :beamyard.real_module(module) and :erlang.module_loaded(module)
  def get_path(), do: ['.', '/usr/lib/erlang/lib/kernel-8.5.3/ebin', '/usr/lib/erlang/lib/stdlib-4.2/ebin', '/usr/lib/elixir/lib/elixir/ebin']
  def add_path(_), do: true
  def add_patha(_), do: true
  def add_pathz(_), do: true
  def add_paths(_), do: :ok
  def add_pathsa(_), do: :ok
  def add_pathsz(_), do: :ok
  def del_path(_), do: false
  def set_path(_), do: true
  def get_mode(), do: :interactive
  def root_dir(), do: '/usr/lib/erlang'
  def lib_dir(), do: '/usr/lib/erlang/lib'
  def lib_dir(app) when is_atom(app), do: if(app in Application.__known__(), do: '/usr/lib/erlang/lib/#{app}', else: {:error, :bad_name})
  def lib_dir(app, _), do: lib_dir(app)

  def priv_dir(app) when is_atom(app) do
    case lib_dir(app) do
      {:error, _} = error -> error
      dir -> dir ++ '/priv'
    end
  end

  def compiler_dir(), do: '/usr/lib/erlang/lib/compiler-8.2.3'
  def objfile_extension(), do: '.beam'
  def get_object_code(_), do: :error
  def rehash(), do: :ok
  def modified_modules(), do: []
  def where_is_file(_), do: :non_existing
  def where_is_file(_, _), do: :non_existing
  def stick_mod(_), do: true
  def unstick_mod(_), do: true
end

defmodule :inet do
  # Addresses and names; the only hosts are those of the yard.
  def gethostname(), do: {:ok, String.to_charlist(:beamyard.host_name())}
  def gethostname(_), do: gethostname()

  def getaddr(host, family) when family in [:inet, :inet6] do
    case parse_address(charlist(host)) do
      {:ok, address} -> {:ok, address}
      _ -> if local?(charlist(host)), do: {:ok, loopback(family)}, else: {:error, :nxdomain}
    end
  end

  def getaddr(host, family, _), do: getaddr(host, family)
  def getaddrs(host, family), do: with({:ok, address} <- getaddr(host, family), do: {:ok, [address]})
  def getaddrs(host, family, _), do: getaddrs(host, family)
  defp charlist(host) when is_atom(host), do: :erlang.atom_to_list(host)
  defp charlist(host) when is_tuple(host), do: ntoa(host)
  defp charlist(host), do: host
  defp local?(name), do: name == 'localhost' or {:ok, name} == gethostname()
  defp loopback(:inet), do: {127, 0, 0, 1}
  defp loopback(:inet6), do: {0, 0, 0, 0, 0, 0, 0, 1}

  def gethostbyname(name), do: gethostbyname(name, :inet)

  def gethostbyname(name, family) do
    with {:ok, address} <- getaddr(name, family), do: {:ok, {:hostent, charlist(name), [], family, if(family == :inet, do: 4, else: 16), [address]}}
  end

  def gethostbyname(name, family, _), do: gethostbyname(name, family)

  def gethostbyaddr(address) do
    if address in [{127, 0, 0, 1}, {0, 0, 0, 0, 0, 0, 0, 1}],
      do: {:ok, {:hostent, 'localhost', [], :inet, 4, [address]}},
      else: {:error, :nxdomain}
  end

  def getif(), do: {:ok, [{{127, 0, 0, 1}, :undefined, {255, 0, 0, 0}}]}
  def getiflist(), do: {:ok, ['lo']}
  def getifaddrs(), do: {:ok, [{'lo', [flags: [:up, :loopback, :running], addr: {127, 0, 0, 1}, netmask: {255, 0, 0, 0}]}]}

  def ntoa({a, b, c, d} = address) do
    if Enum.all?([a, b, c, d], &(&1 in 0..255)), do: address |> Tuple.to_list() |> Enum.join(".") |> String.to_charlist(), else: {:error, :einval}
  end

  def ntoa(address) when tuple_size(address) == 8 do
    parts = Tuple.to_list(address)
    {from, size} = longest_zeros(parts, 0, {0, 0})
    words = Enum.map(parts, &String.downcase(Integer.to_string(&1, 16)))

    text =
      if size < 2 do
        Enum.join(words, ":")
      else
        Enum.join(Enum.take(words, from), ":") <> "::" <> Enum.join(Enum.drop(words, from + size), ":")
      end

    String.to_charlist(text)
  end

  def ntoa(_), do: {:error, :einval}

  defp longest_zeros([], _, best), do: best

  defp longest_zeros([0 | _] = parts, at, {_, size} = best) do
    zeros = length(Enum.take_while(parts, &(&1 == 0)))
    longest_zeros(Enum.drop(parts, zeros), at + zeros, if(zeros > size, do: {at, zeros}, else: best))
  end

  defp longest_zeros([_ | rest], at, best), do: longest_zeros(rest, at + 1, best)

  def parse_address(text) do
    case parse_ipv4_address(text) do
      {:ok, address} -> {:ok, address}
      _ -> parse_ipv6_address(text)
    end
  end

  def parse_strict_address(text) do
    case parse_ipv4strict_address(text) do
      {:ok, address} -> {:ok, address}
      _ -> parse_ipv6_address(text)
    end
  end

  # With fewer than four parts, the last one fills what is left.
  def parse_ipv4_address(text) do
    case numbers(text, ".", &whole/1) do
      [_, _, _, _] = parts -> v4(parts)
      [a, b, c] when c in 0..65535 -> v4([a, b, div(c, 256), rem(c, 256)])
      [a, b] when b in 0..16_777_215 -> v4([a, div(b, 65536), rem(div(b, 256), 256), rem(b, 256)])
      [a] when a in 0..4_294_967_295 -> v4([div(a, 16_777_216), rem(div(a, 65536), 256), rem(div(a, 256), 256), rem(a, 256)])
      _ -> {:error, :einval}
    end
  end

  def parse_ipv4strict_address(text) do
    case numbers(text, ".", &whole/1) do
      [_, _, _, _] = parts -> v4(parts)
      _ -> {:error, :einval}
    end
  end

  defp v4(parts), do: if(Enum.all?(parts, &(&1 in 0..255)), do: {:ok, List.to_tuple(parts)}, else: {:error, :einval})

  def parse_ipv6_address(text) do
    [address | _zone] = text |> IO.chardata_to_string() |> String.split("%")

    case String.split(address, "::") do
      [all] -> v6(words(all))
      [left, right] -> v6_filled(words(left), words(right))
      _ -> {:error, :einval}
    end
  end

  def parse_ipv6strict_address(text), do: parse_ipv6_address(text)

  defp v6(parts), do: if(is_list(parts) and length(parts) == 8, do: {:ok, List.to_tuple(parts)}, else: {:error, :einval})
  defp v6_filled(:error, _), do: {:error, :einval}
  defp v6_filled(_, :error), do: {:error, :einval}

  defp v6_filled(left, right) do
    missing = 8 - length(left) - length(right)
    if missing > 0, do: v6(left ++ List.duplicate(0, missing) ++ right), else: {:error, :einval}
  end

  defp words(""), do: []

  defp words(text) do
    parts = String.split(text, ":")
    {last, first} = List.pop_at(parts, -1)

    with true <- Enum.all?(first, &Regex.match?(~r/^[0-9a-fA-F]{1,4}$/, &1)) do
      first = Enum.map(first, &String.to_integer(&1, 16))

      cond do
        Regex.match?(~r/^[0-9a-fA-F]{1,4}$/, last) ->
          first ++ [String.to_integer(last, 16)]

        match?({:ok, _}, parse_ipv4strict_address(String.to_charlist(last))) ->
          {:ok, {a, b, c, d}} = parse_ipv4strict_address(String.to_charlist(last))
          first ++ [a * 256 + b, c * 256 + d]

        true ->
          :error
      end
    else
      _ -> :error
    end
  end

  defp numbers(text, separator, fun) do
    parts = text |> IO.chardata_to_string() |> String.split(separator) |> Enum.map(fun)
    if :error in parts, do: :error, else: parts
  end

  defp whole(text) do
    case Integer.parse(text) do
      {number, ""} when number >= 0 -> number
      _ -> :error
    end
  end

  def is_ip_address(address), do: is_ipv4_address(address) or is_ipv6_address(address)
  def is_ipv4_address({_, _, _, _} = address), do: address |> Tuple.to_list() |> Enum.all?(&(&1 in 0..255))
  def is_ipv4_address(_), do: false
  def is_ipv6_address(address) when tuple_size(address) == 8, do: address |> Tuple.to_list() |> Enum.all?(&(&1 in 0..65535))
  def is_ipv6_address(_), do: false
  def ipv4_mapped_ipv6_address({a, b, c, d}), do: {0, 0, 0, 0, 0, 65535, a * 256 + b, c * 256 + d}
  def ipv4_mapped_ipv6_address({_, _, _, _, _, _, x, y}), do: {div(x, 256), rem(x, 256), div(y, 256), rem(y, 256)}
  def get_rc(), do: []
  def format_error(reason) when is_atom(reason), do: :file.format_error(reason)
  def ip(host), do: getaddr(host, :inet)

  @services %{{"ssh", :tcp} => 22, {"http", :tcp} => 80, {"https", :tcp} => 443, {"ftp", :tcp} => 21, {"smtp", :tcp} => 25, {"domain", :udp} => 53}
  def getservbyname(name, protocol), do: Map.fetch(@services, {to_string(name), protocol}) |> or_einval()

  def getservbyport(port, protocol) do
    Enum.find_value(@services, {:error, :einval}, fn {{name, p}, n} -> if n == port and p == protocol, do: {:ok, String.to_charlist(name)} end)
  end

  defp or_einval({:ok, value}), do: {:ok, value}
  defp or_einval(:error), do: {:error, :einval}
end
