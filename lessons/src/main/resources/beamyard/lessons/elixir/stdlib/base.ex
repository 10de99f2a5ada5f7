defmodule Base do
  def encode16(data, options \\ []) when is_binary(data),
    do: :beamyard.encode16(data, Keyword.get(options, :case, :upper))

  def decode16(text, options \\ []), do: answer(:beamyard.decode16(text, Keyword.get(options, :case, :upper)))
  def decode16!(text, options \\ [])

  def decode16!(text, options) when is_binary(text) and rem(byte_size(text), 2) == 0,
    do: text |> decode16(options) |> sure(text, letters(Keyword.get(options, :case, :upper)))

  def decode16!(text, _) when is_binary(text) do
    raise ArgumentError,
          "string given to decode has wrong length. An even number of bytes was expected, got: #{byte_size(text)}. " <>
            "Double check your string for unwanted characters or pad it accordingly"
  end

  def encode64(data, options \\ []) when is_binary(data),
    do: :beamyard.encode64(data, :plain, Keyword.get(options, :padding, true))
  def decode64(text, options \\ []) when is_binary(text),
    do: answer(:beamyard.decode64(clean(text, options), :plain, Keyword.get(options, :padding, true)))
  def decode64!(text, options \\ []) when is_binary(text),
    do: text |> decode64(options) |> sure(clean(text, options), with_padding(letters(:plain), clean(text, options), options))

  def url_encode64(data, options \\ []) when is_binary(data),
    do: :beamyard.encode64(data, :url, Keyword.get(options, :padding, true))
  def url_decode64(text, options \\ []) when is_binary(text),
    do: answer(:beamyard.decode64(clean(text, options), :url, Keyword.get(options, :padding, true)))
  def url_decode64!(text, options \\ []) when is_binary(text),
    do: text |> url_decode64(options) |> sure(clean(text, options), with_padding(letters(:url), clean(text, options), options))

  # A text of the wrong length is told so first.
  defp with_padding(letters, text, options) do
    if Keyword.get(options, :padding, true) and rem(byte_size(text), 4) != 0, do: 0..255, else: letters
  end

  @standard 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  @hex '0123456789ABCDEFGHIJKLMNOPQRSTUV'

  def encode32(data, options \\ []) when is_binary(data), do: in32(data, @standard, options)
  def hex_encode32(data, options \\ []) when is_binary(data), do: in32(data, @hex, options)

  defp in32(data, alphabet, options) do
    text = for <<five::5 <- padded(data)>>, into: "", do: <<Enum.at(alphabet, five)>>
    text = if options[:case] == :lower, do: String.downcase(text), else: text
    missing = rem(8 - rem(byte_size(text), 8), 8)
    if Keyword.get(options, :padding, true), do: text <> :binary.copy("=", missing), else: text
  end

  defp padded(data) do
    missing = rem(5 - rem(bit_size(data), 5), 5)
    <<data::binary, 0::size(missing)>>
  end

  def decode32(text, options \\ []) do
    {:ok, decode32!(text, options)}
  rescue
    ArgumentError -> :error
  end

  def decode32!(text, options \\ []) when is_binary(text), do: from32!(text, @standard, options)
  def hex_decode32(text, options \\ []) do
    {:ok, hex_decode32!(text, options)}
  rescue
    ArgumentError -> :error
  end

  def hex_decode32!(text, options \\ []) when is_binary(text), do: from32!(text, @hex, options)

  defp from32!(text, alphabet, options) do
    plain = String.trim_trailing(text, "=")

    if Keyword.get(options, :padding, true) and rem(byte_size(text), 8) != 0 do
      raise ArgumentError, "incorrect padding"
    end

    plain =
      case options[:case] || :upper do
        :upper -> plain
        :lower -> lower!(plain)
        :mixed -> String.upcase(plain, :ascii)
      end

    bits = for <<c <- plain>>, into: <<>>, do: <<value32!(c, alphabet)::5>>
    size = div(bit_size(bits), 8) * 8
    <<data::bitstring-size(size), _::bitstring>> = bits
    data
  end

  defp lower!(text) do
    for <<c <- text>>, into: "", do: if(c in ?A..?Z, do: foreign!(c), else: <<if(c in ?a..?z, do: c - 32, else: c)>>)
  end

  defp value32!(c, alphabet) do
    case Enum.find_index(alphabet, &(&1 == c)) do
      nil -> foreign!(c)
      index -> index
    end
  end

  defp foreign!(c), do: raise(ArgumentError, "non-alphabet character found: #{inspect(<<c>>)} (byte #{c})")

  defp clean(text, options) do
    if options[:ignore] == :whitespace, do: String.replace(text, [" ", "\n", "\t", "\r"], ""), else: text
  end

  defp answer(:error), do: :error
  defp answer(binary), do: {:ok, binary}
  defp sure({:ok, binary}, _, _), do: binary

  # What the first thing wrong is.
  defp sure(:error, text, allowed) do
    case for(<<c <- text>>, c not in allowed, do: c) do
      [c | _] -> raise ArgumentError, "non-alphabet character found: #{inspect(<<c>>)} (byte #{c})"
      [] -> raise ArgumentError, "incorrect padding"
    end
  end

  defp letters(:plain), do: Enum.concat([?A..?Z, ?a..?z, ?0..?9, '+/='])
  defp letters(:url), do: Enum.concat([?A..?Z, ?a..?z, ?0..?9, '-_='])
  defp letters(:upper), do: Enum.concat(?0..?9, ?A..?F)
  defp letters(:lower), do: Enum.concat(?0..?9, ?a..?f)
  defp letters(:mixed), do: Enum.concat([?0..?9, ?A..?F, ?a..?f])
end
