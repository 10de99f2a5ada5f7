# Functions of :binary that are put together of others; those others are written in Java.
defmodule :binary do
  def encode_hex(bin) when is_binary(bin), do: Base.encode16(bin)
  def encode_hex(other), do: :erlang.error(:badarg, [other])

  def decode_hex(bin) when is_binary(bin) and rem(byte_size(bin), 2) == 0 do
    case Base.decode16(bin, case: :mixed) do
      {:ok, bytes} -> bytes
      :error -> :erlang.error(:badarg, [bin])
    end
  end

  def decode_hex(other), do: :erlang.error(:badarg, [other])

  def bin_to_list(bin, {from, length}), do: :binary.bin_to_list(bin, from, length)
  def decode_unsigned(bin, :big), do: :binary.decode_unsigned(bin)
  def decode_unsigned(bin, :little), do: bin |> reversed() |> :binary.decode_unsigned()
  def encode_unsigned(number, :big), do: :binary.encode_unsigned(number)
  def encode_unsigned(number, :little), do: number |> :binary.encode_unsigned() |> reversed()

  def longest_common_suffix(binaries), do: binaries |> Enum.map(&reversed/1) |> :binary.longest_common_prefix()

  defp reversed(bin), do: bin |> :binary.bin_to_list() |> :lists.reverse() |> :erlang.list_to_binary()
end
