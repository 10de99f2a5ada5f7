defmodule Base do
  import Bitwise
  @base64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  @url64 "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
  @base32 "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
  @hex32 "0123456789ABCDEFGHIJKLMNOPQRSTUV"
  @base16 "0123456789ABCDEF"

  def encode16(data, options \\ []), do: encode(data, 4, 1, @base16, options)
  def encode32(data, options \\ []), do: encode(data, 5, 8, @base32, options)
  def hex_encode32(data, options \\ []), do: encode(data, 5, 8, @hex32, options)
  def encode64(data, options \\ []), do: encode(data, 6, 4, @base64, options)
  def url_encode64(data, options \\ []), do: encode(data, 6, 4, @url64, options)

  defp encode(data, bits, block, alphabet, options) when is_binary(data) do
    text = digits(data, bits, alphabet, "")
    text = if Keyword.get(options, :case) == :lower, do: String.downcase(text), else: text
    missing = rem(block - rem(byte_size(text), block), block)
    if Keyword.get(options, :padding, true), do: text <> :binary.copy("=", missing), else: text
  end

  defp digits(data, bits, alphabet, text) do
    case data do
      <<>> ->
        text

      <<digit::size(bits), rest::bitstring>> ->
        digits(rest, bits, alphabet, <<text::binary, :binary.at(alphabet, digit)>>)

      rest ->
        left = bits - bit_size(rest)
        <<digit::size(bits)>> = <<rest::bitstring, 0::size(left)>>
        <<text::binary, :binary.at(alphabet, digit)>>
    end
  end

  def decode16(text, options \\ []), do: quietly(fn -> decode16!(text, options) end)
  def decode32(text, options \\ []), do: quietly(fn -> decode32!(text, options) end)
  def hex_decode32(text, options \\ []), do: quietly(fn -> hex_decode32!(text, options) end)
  def decode64(text, options \\ []), do: quietly(fn -> decode64!(text, options) end)
  def url_decode64(text, options \\ []), do: quietly(fn -> url_decode64!(text, options) end)

  defp quietly(fun) do
    {:ok, fun.()}
  rescue
    ArgumentError -> :error
  end

  def decode16!(text, options \\ [])

  def decode16!(text, _) when rem(byte_size(text), 2) == 1 do
    raise ArgumentError,
          "string given to decode has wrong length. An even number of bytes was expected, got: #{byte_size(text)}. " <>
            "Double check your string for unwanted characters or pad it accordingly"
  end

  def decode16!(text, options), do: bytes(cased(text, options), 4, @base16)
  def decode32!(text, options \\ []), do: padded(cased(text, options), 5, 8, @base32, options)
  def hex_decode32!(text, options \\ []), do: padded(cased(text, options), 5, 8, @hex32, options)
  def decode64!(text, options \\ []), do: padded(text, 6, 4, @base64, options)
  def url_decode64!(text, options \\ []), do: padded(text, 6, 4, @url64, options)

  defp cased(text, options) do
    text = if Keyword.get(options, :ignore) == :whitespace, do: String.replace(text, ~r/\s/, ""), else: text

    case Keyword.get(options, :case, :upper) do
      :upper -> text
      :lower -> if String.downcase(text) == text, do: String.upcase(text), else: text |> String.downcase()
      :mixed -> String.upcase(text)
    end
  end

  defp padded(text, bits, block, alphabet, options) do
    text = if Keyword.get(options, :ignore) == :whitespace, do: String.replace(text, ~r/\s/, ""), else: text
    if Keyword.get(options, :padding, true) and rem(byte_size(text), block) != 0, do: raise(ArgumentError, "incorrect padding")
    kept = without_padding(text, if(bits == 6, do: 2, else: 6))
    if rem(byte_size(kept) * bits, 8) >= bits, do: raise(ArgumentError, "incorrect padding")
    bytes(kept, bits, alphabet)
  end

  defp without_padding(text, most) do
    size = byte_size(text) - 1

    case text do
      <<rest::binary-size(size), "=">> when most > 0 -> without_padding(rest, most - 1)
      _ -> text
    end
  end

  defp bytes(text, bits, alphabet), do: bytes(text, bits, alphabet, 0, 0, [])

  defp bytes("", _, _, _, _, acc), do: IO.iodata_to_binary(:lists.reverse(acc))

  defp bytes(<<char, rest::binary>>, bits, alphabet, held, size, acc) do
    case :binary.match(alphabet, <<char>>) do
      {digit, 1} ->
        held = (held <<< bits) ||| digit
        size = size + bits

        if size >= 8 do
          left = size - 8
          bytes(rest, bits, alphabet, held &&& (1 <<< left) - 1, left, [held >>> left | acc])
        else
          bytes(rest, bits, alphabet, held, size, acc)
        end

      :nomatch ->
        raise ArgumentError, "non-alphabet character found: #{inspect(<<char>>, binaries: :as_strings)} (byte #{char})"
    end
  end
end

defmodule URI.Error do
  defexception [:action, :reason, :part]
  def message(e), do: "cannot #{e.action} due to reason #{e.reason}: #{inspect(e.part)}"
end

defmodule URI do
  defstruct [:scheme, :authority, :userinfo, :host, :port, :path, :query, :fragment]

  @ports %{"http" => 80, "https" => 443, "ftp" => 21, "ldap" => 389, "sftp" => 22, "ws" => 80, "wss" => 443}
  @reserved ':/?#[]@!$&\'()*+,;='

  def default_port(scheme), do: Map.get(@ports, scheme)
  def char_reserved?(char), do: char in @reserved
  def char_unreserved?(char), do: char in ?0..?9 or char in ?a..?z or char in ?A..?Z or char in '~_-.'
  def char_unescaped?(char), do: char_reserved?(char) or char_unreserved?(char)

  def encode(text, keeps? \\ &URI.char_unescaped?/1) when is_binary(text) do
    for <<byte <- text>>, into: "", do: if(keeps?.(byte), do: <<byte>>, else: percent(byte))
  end

  defp percent(byte), do: "%" <> Base.encode16(<<byte>>)

  def encode_www_form(text) do
    for <<byte <- text>>, into: "" do
      cond do
        byte == ?\s -> "+"
        char_unreserved?(byte) -> <<byte>>
        true -> percent(byte)
      end
    end
  end

  def decode(text), do: unpercent(text, "")
  def decode_www_form(text), do: text |> String.replace("+", " ") |> unpercent("")

  defp unpercent("", acc), do: acc

  defp unpercent(<<?%, pair::binary-size(2), rest::binary>>, acc) do
    case Base.decode16(pair, case: :mixed) do
      {:ok, byte} -> unpercent(rest, acc <> byte)
      :error -> unpercent(pair <> rest, acc <> "%")
    end
  end

  defp unpercent(<<byte, rest::binary>>, acc), do: unpercent(rest, <<acc::binary, byte>>)

  def encode_query(pairs, _ \\ :www_form),
    do: Enum.map_join(pairs, "&", fn {k, v} -> encode_www_form(Kernel.to_string(k)) <> "=" <> encode_www_form(Kernel.to_string(v)) end)

  def decode_query(text, map \\ %{}, _ \\ :www_form), do: Enum.into(query_decoder(text), map)

  def query_decoder(text, _ \\ :www_form) do
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

  def new(text), do: {:ok, parse(text)}
  def new!(text), do: parse(text)

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
end
