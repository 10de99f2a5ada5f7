# Digests; what they are computed by is written in Java. Keys, ciphers and signatures are not in the yard.
defmodule :crypto do
  def start(), do: :ok
  def stop(), do: :ok
  def version(), do: '5.1.2'

  # A state is what was hashed so far.
  def hash_init(type) do
    :crypto.hash(type, "")
    {:hash_state, type, []}
  end

  def hash_update({:hash_state, type, data}, more), do: {:hash_state, type, [data, more]}
  def hash_final({:hash_state, type, data}), do: :crypto.hash(type, data)

  def mac(type, key, data) when type in [:poly1305], do: :erlang.error(:notsup, [type, key, data])
  def macN(type, subtype, key, data, length), do: binary_part(:crypto.mac(type, subtype, key, data), 0, length)
  def mac_init(type, subtype, key), do: {:mac_state, type, subtype, key, []}
  def mac_update({:mac_state, type, subtype, key, data}, more), do: {:mac_state, type, subtype, key, [data, more]}
  def mac_final({:mac_state, type, subtype, key, data}), do: :crypto.mac(type, subtype, key, data)
  def mac_finalN(state, length), do: binary_part(mac_final(state), 0, length)

  @sizes %{md5: {16, 64}, sha: {20, 64}, sha224: {28, 64}, sha256: {32, 64}, sha384: {48, 128}, sha512: {64, 128}, sha3_256: {32, 136}, sha3_512: {64, 72}}
  def hash_info(type) do
    {size, block} = Map.fetch!(@sizes, type)
    %{size: size, block_size: block, type: 0}
  end

  def supports(), do: [hashs: Map.keys(@sizes), macs: [:hmac], ciphers: [], public_keys: [], curves: [], rsa_opts: []]
  def supports(what), do: Keyword.get(supports(), what, [])

  def pbkdf2_hmac(digest, password, salt, iterations, length) do
    size = :erlang.byte_size(:crypto.hash(digest, ""))

    for block <- 1..div(length + size - 1, size), into: "" do
      first = :crypto.mac(:hmac, digest, password, [salt, <<block::32>>])

      {_, sum} =
        Enum.reduce(2..iterations//1, {first, first}, fn _, {last, sum} ->
          next = :crypto.mac(:hmac, digest, password, last)
          {next, :crypto.exor(sum, next)}
        end)

      sum
    end
    |> binary_part(0, length)
  end

  def bytes_to_integer(bytes), do: :binary.decode_unsigned(bytes)

  def mod_pow(base, exponent, modulus) do
    [base, exponent, modulus] = Enum.map([base, exponent, modulus], &if(is_binary(&1), do: :binary.decode_unsigned(&1), else: &1))
    :binary.encode_unsigned(power(rem(base, modulus), exponent, modulus, 1))
  end

  defp power(_, 0, _, acc), do: acc
  defp power(base, n, m, acc) when rem(n, 2) == 1, do: power(base, n - 1, m, rem(acc * base, m))
  defp power(base, n, m, acc), do: power(rem(base * base, m), div(n, 2), m, acc)

  def rand_uniform(low, high), do: low + :rand.uniform(high - low) - 1
  def rand_seed(), do: :rand.seed(:exsss)
  def rand_seed(_), do: :ok
  def rand_seed_s(), do: :rand.seed_s(:exsss)
end
