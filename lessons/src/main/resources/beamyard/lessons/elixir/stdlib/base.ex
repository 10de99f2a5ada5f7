defmodule Base do
  def encode16(data, options \\ []) when is_binary(data),
    do: :beamyard.encode16(data, Keyword.get(options, :case, :upper))

  def decode16(text, options \\ []), do: answer(:beamyard.decode16(text, Keyword.get(options, :case, :upper)))
  def decode16!(text, options \\ []), do: text |> decode16(options) |> sure(text)
  def encode64(data, options \\ []) when is_binary(data),
    do: :beamyard.encode64(data, :plain, Keyword.get(options, :padding, true))
  def decode64(text, options \\ []) when is_binary(text),
    do: answer(:beamyard.decode64(clean(text, options), :plain, Keyword.get(options, :padding, true)))
  def decode64!(text, options \\ []) when is_binary(text), do: text |> decode64(options) |> sure(text)
  def url_encode64(data, options \\ []) when is_binary(data),
    do: :beamyard.encode64(data, :url, Keyword.get(options, :padding, true))
  def url_decode64(text, options \\ []) when is_binary(text),
    do: answer(:beamyard.decode64(clean(text, options), :url, Keyword.get(options, :padding, true)))
  def url_decode64!(text, options \\ []) when is_binary(text), do: text |> url_decode64(options) |> sure(text)

  defp clean(text, options) do
    if options[:ignore] == :whitespace, do: String.replace(text, [" ", "\n", "\t", "\r"], ""), else: text
  end

  defp answer(:error), do: :error
  defp answer(binary), do: {:ok, binary}
  defp sure({:ok, binary}, _), do: binary
  defp sure(:error, text), do: raise(ArgumentError, "invalid encoding of " <> inspect(text))
end
