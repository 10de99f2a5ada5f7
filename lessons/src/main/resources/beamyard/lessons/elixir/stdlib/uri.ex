defmodule URI.Error do
  defexception [:action, :reason, :part]
  def message(e), do: "cannot #{e.action} due to reason #{e.reason}: #{inspect(e.part)}"
end

defmodule URI do
  @derive {Inspect, optional: [:authority]}
  defstruct [:scheme, :authority, :userinfo, :host, :port, :path, :query, :fragment]

  @ports %{"http" => 80, "https" => 443, "ftp" => 21, "ldap" => 389, "sftp" => 22, "ws" => 80, "wss" => 443}
  @reserved ':/?#[]@!$&\'()*+,;='

  def default_port(scheme) when is_binary(scheme), do: Map.get(@ports, scheme)
  def char_reserved?(char), do: char in @reserved
  def char_unreserved?(char), do: char in ?0..?9 or char in ?a..?z or char in ?A..?Z or char in '~_-.'
  def char_unescaped?(char), do: char_reserved?(char) or char_unreserved?(char)

  def encode(text, keeps? \\ &URI.char_unescaped?/1) when is_binary(text) do
    for <<byte <- text>>, into: "", do: if(keeps?.(byte), do: <<byte>>, else: percent(byte))
  end

  defp percent(byte), do: "%" <> Base.encode16(<<byte>>)

  def encode_www_form(text) when is_binary(text) do
    for <<byte <- text>>, into: "" do
      cond do
        byte == ?\s -> "+"
        char_unreserved?(byte) -> <<byte>>
        true -> percent(byte)
      end
    end
  end

  def decode(text), do: unpercent(text, "")
  def decode_www_form(text) when is_binary(text), do: text |> String.replace("+", " ") |> unpercent("")

  defp unpercent("", acc), do: acc

  defp unpercent(<<?%, pair::binary-size(2), rest::binary>>, acc) do
    case Base.decode16(pair, case: :mixed) do
      {:ok, byte} -> unpercent(rest, acc <> byte)
      :error -> unpercent(pair <> rest, acc <> "%")
    end
  end

  defp unpercent(<<byte, rest::binary>>, acc), do: unpercent(rest, <<acc::binary, byte>>)

  def encode_query(pairs, encoding \\ :www_form), do: Enum.map_join(pairs, "&", &encode_pair(&1, encoding))

  defp encode_pair({key, _}, _) when is_list(key),
    do: raise(ArgumentError, "encode_query/2 keys cannot be lists, got: #{inspect(key)}")

  defp encode_pair({_, value}, _) when is_list(value),
    do: raise(ArgumentError, "encode_query/2 values cannot be lists, got: #{inspect(value)}")

  defp encode_pair({key, value}, :rfc3986),
    do: encode(Kernel.to_string(key), &char_unreserved?/1) <> "=" <> encode(Kernel.to_string(value), &char_unreserved?/1)

  defp encode_pair({key, value}, :www_form), do: encode_www_form(Kernel.to_string(key)) <> "=" <> encode_www_form(Kernel.to_string(value))

  def decode_query(text, map \\ %{}, _ \\ :www_form), do: Enum.into(query_decoder(text), map)

  def query_decoder(text, _ \\ :www_form) when is_binary(text) do
    for part <- String.split(text, "&", trim: true) do
      case String.split(part, "=", parts: 2) do
        [key, value] -> {decode_www_form(key), decode_www_form(value)}
        [key] -> {decode_www_form(key), ""}
      end
    end
  end

  def parse(%URI{} = uri), do: uri

  def parse(text) when is_binary(text) do
    [_, _, scheme, with_slashes, authority, path, _, query, _, fragment | _] =
      Regex.run(~r{^(([a-zA-Z][a-zA-Z0-9+.-]*):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?}, text) |> filled(10)

    scheme = if scheme == "", do: nil, else: String.downcase(scheme)
    {userinfo, host, port} = authority(authority)

    %URI{
      scheme: scheme,
      authority: if(with_slashes == "", do: nil, else: authority),
      userinfo: userinfo,
      host: if(with_slashes == "", do: nil, else: host),
      port: port || (scheme && default_port(scheme)),
      path: if(path == "", do: nil, else: path),
      query: if(String.contains?(text, "?") and query != "", do: query),
      fragment: if(fragment == "", do: nil, else: fragment)
    }
  end

  # The first thing that no URI has is what the error tells.
  def new(%URI{} = uri), do: {:ok, uri}

  def new(text) when is_binary(text) do
    case wrong(text) do
      nil -> {:ok, parse(text)}
      part -> {:error, part}
    end
  end

  def new!(%URI{} = uri), do: uri

  def new!(text) when is_binary(text) do
    case new(text) do
      {:ok, uri} -> uri
      {:error, part} -> raise URI.Error, action: :parse, reason: :invalid_uri, part: part
    end
  end

  defp wrong(text) do
    cond do
      String.contains?(text, "[") and not String.contains?(text, "]") -> ":"
      found = Regex.run(~r/[^!-~]|[<>"\\^`{|}]/u, text) -> hd(found)
      found = Regex.run(~r/%(?![0-9A-Fa-f]{2})/, text) -> hd(found)
      found = Regex.run(~r{^[^/?#:]*:[^/]*//}, "") -> hd(found)
      true -> bad_port(text)
    end
  end

  defp bad_port(text) do
    case Regex.run(~r{^[^/?#]*//[^/?#]*?:([^/?#\]@]*)(?:[/?#]|$)}, text) do
      [_, port] -> if Regex.match?(~r/^\d*$/, port), do: nil, else: ":"
      nil -> nil
    end
  end

  defp filled(list, size), do: list ++ List.duplicate("", size - length(list))

  defp authority(text) do
    {userinfo, rest} =
      case String.split(text, "@", parts: 2) do
        [userinfo, rest] -> {userinfo, rest}
        [rest] -> {nil, rest}
      end

    case Regex.run(~r/^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/, rest) do
      [_, host, port] when port != "" -> {userinfo, unbracketed(host), :erlang.binary_to_integer(port)}
      [_, host | _] -> {userinfo, unbracketed(host), nil}
      nil -> {userinfo, rest, nil}
    end
  end

  defp unbracketed("[" <> rest), do: String.trim_trailing(rest, "]")
  defp unbracketed(host), do: host

  def to_string(%URI{} = uri) do
    authority = uri.authority || (uri.host && made_authority(uri))

    IO.iodata_to_binary([
      if(uri.scheme, do: [uri.scheme, ":"], else: []),
      if(authority, do: ["//", authority], else: []),
      uri.path || "",
      if(uri.query, do: ["?", uri.query], else: []),
      if(uri.fragment, do: ["#", uri.fragment], else: [])
    ])
  end

  defp made_authority(uri) do
    port = if uri.port && uri.port != default_port(uri.scheme), do: ":#{uri.port}", else: ""
    if(uri.userinfo, do: uri.userinfo <> "@", else: "") <> uri.host <> port
  end

  def default_port(scheme, port) when is_binary(scheme) and is_integer(port) and port >= 0 do
    :persistent_term.put({URI, scheme}, port)
    :ok
  end

  def append_query(%URI{} = uri, query) when is_binary(query) and uri.query in [nil, ""], do: %{uri | query: query}

  def append_query(%URI{} = uri, query) when is_binary(query) do
    %{uri | query: if(String.ends_with?(uri.query, "&"), do: uri.query <> query, else: uri.query <> "&" <> query)}
  end

  def merge(uri, rel)
  def merge(%URI{host: host, path: path}, _) when host == nil and path == nil, do: raise(ArgumentError, "you must merge onto an absolute URI")
  def merge(%URI{host: nil}, _), do: raise(ArgumentError, "you must merge onto an absolute URI")
  def merge(_, %URI{scheme: scheme} = rel) when scheme != nil, do: %{rel | path: plain_path(rel.path)}
  def merge(base, %URI{authority: authority} = rel) when authority != nil, do: %{rel | scheme: base.scheme, path: plain_path(rel.path)}

  def merge(%URI{} = base, %URI{path: nil} = rel), do: %{base | query: rel.query || base.query, fragment: rel.fragment}

  def merge(%URI{} = base, %URI{} = rel) do
    %{base | path: plain_path(joined_path(base.path, rel.path)), query: rel.query, fragment: rel.fragment}
  end

  def merge(base, rel), do: merge(parse(base), parse(rel))

  defp joined_path(_, "/" <> _ = path), do: path
  defp joined_path(nil, path), do: "/" <> path

  defp joined_path(base, path) do
    base |> String.split("/") |> Enum.drop(-1) |> Enum.concat([path]) |> Enum.join("/")
  end

  # Without . and ..
  defp plain_path(nil), do: nil

  defp plain_path(path) do
    parts = String.split(path, "/")
    ends_open = List.last(parts) in [".", ".."]

    kept =
      Enum.reduce(parts, [], fn
        ".", acc -> acc
        "..", [""] -> [""]
        "..", [_ | rest] -> rest
        "..", [] -> []
        part, acc -> [part | acc]
      end)

    kept |> Enum.reverse() |> Kernel.++(if(ends_open, do: [""], else: [])) |> Enum.join("/")
  end
end
