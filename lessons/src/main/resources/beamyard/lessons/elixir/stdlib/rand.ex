# Random numbers as OTP's generators give them for a seed. A process that gives no seed is seeded by the simulation's
# choices. Unlike OTP's, uniform_real/0 of exs64 and exs1024 takes no bits twice. The generators are Vigna's and Blackman's: exsss, exsp, exrop and exro928ss of 58 bits, exs1024 of 64, and the
# old exs64 and exsplus.
defmodule :rand do
  import Bitwise
  @mask58 0x3FFFFFFFFFFFFFF
  @mask64 0xFFFFFFFFFFFFFFFF
  @two58 0x400000000000000

  def seed({_, _} = state), do: remembered(seed_s(state))
  def seed(algorithm) when is_atom(algorithm), do: remembered(seed_s(algorithm))
  def seed(algorithm, seed), do: remembered(seed_s(algorithm, seed))

  defp remembered(state) do
    :erlang.put(:rand_seed, state)
    state
  end

  def seed_s({algorithm, _} = state) when is_map(algorithm), do: state
  def seed_s({name, state}) when is_atom(name), do: {elem(mk_alg(name), 0), state}
  def seed_s(name) when is_atom(name), do: seed_s(name, {chosen(), chosen(), chosen()})
  defp chosen, do: :beamyard.choose(0, @mask58)

  def seed_s(:default, seed), do: seed_s(:exsss, seed)

  def seed_s(name, seed) do
    {algorithm, start} = mk_alg(name)
    {algorithm, start.(seed)}
  end

  defp mk_alg(:exs64), do: {%{type: :exs64, max: @mask64, next: &exs64_next/1}, &exs64_seed/1}
  defp mk_alg(:exsplus), do: {%{type: :exsplus, max: @mask58, next: &exsp_next/1, jump: &exsp_jump/1}, &exsp_seed/1}

  defp mk_alg(:exsp) do
    {%{type: :exsp, bits: 58, weak_low_bits: 1, next: &exsp_next/1, uniform: &exsp_uniform/1, uniform_n: &exsp_uniform/2, jump: &exsp_jump/1},
     &exsp_seed/1}
  end

  defp mk_alg(:exsss) do
    {%{type: :exsss, bits: 58, next: &exsss_next/1, uniform: &exsss_uniform/1, uniform_n: &exsss_uniform/2, jump: &exsp_jump/1}, &exsss_seed/1}
  end

  defp mk_alg(:exs1024), do: {%{type: :exs1024, max: @mask64, next: &exs1024_next/1, jump: &exs1024_jump/1}, &exs1024_seed/1}
  defp mk_alg(:exs1024s), do: {%{type: :exs1024s, bits: 64, weak_low_bits: 3, next: &exs1024_next/1, jump: &exs1024_jump/1}, &exs1024_seed/1}

  defp mk_alg(:exrop) do
    {%{type: :exrop, bits: 58, weak_low_bits: 1, next: &exrop_next/1, uniform: &exrop_uniform/1, uniform_n: &exrop_uniform/2, jump: &exrop_jump/1},
     &exrop_seed/1}
  end

  defp mk_alg(:exro928ss) do
    {%{
       type: :exro928ss,
       bits: 58,
       next: &exro928ss_next/1,
       uniform: &exro928ss_uniform/1,
       uniform_n: &exro928ss_uniform/2,
       jump: &exro928_jump/1
     }, &exro928_seed/1}
  end

  # ---- draws

  defp current do
    case :erlang.get(:rand_seed) do
      :undefined -> seed(:exsss)
      state -> state
    end
  end

  defp remember({value, state}) do
    :erlang.put(:rand_seed, state)
    value
  end

  def uniform, do: remember(uniform_s(current()))
  def uniform(n), do: remember(uniform_s(n, current()))

  def uniform_s({%{uniform: draw}, _} = state), do: draw.(state)

  def uniform_s({%{max: _, next: next} = algorithm, state}) do
    {value, state} = next.(state)
    {value / (algorithm.max + 1), {algorithm, state}}
  end

  def uniform_s({%{bits: bits, next: next} = algorithm, state}) do
    {value, state} = next.(state)
    {(value >>> (bits - 53)) * 1.1102230246251565e-16, {algorithm, state}}
  end

  def uniform_s(n, {%{uniform_n: draw}, _} = state) when is_integer(n) and n >= 1, do: draw.(n, state)

  def uniform_s(n, {%{max: max, next: next} = algorithm, state}) when is_integer(n) and n >= 1 and n <= max do
    {value, state} = next.(state)
    {rem(value, n) + 1, {algorithm, state}}
  end

  def uniform_s(n, {%{max: _}, _} = state) when is_integer(n) and n >= 1 do
    {value, state} = uniform_s(state)
    {trunc(value * n) + 1, state}
  end

  def uniform_s(n, {%{bits: bits, next: next} = algorithm, state}) when is_integer(n) and n >= 1 do
    drawn = next.(state)
    if n <= 1 <<< bits, do: fitting(n, algorithm, drawn, 1 <<< bits, &uniform_s/2), else: joined(n, algorithm, drawn)
  end

  # A number of an incomplete last round is thrown away.
  defp fitting(n, algorithm, {value, state}, limit, again) do
    offset = rem(value, n)
    if value - offset <= limit - n, do: {offset + 1, {algorithm, state}}, else: again.(n, {algorithm, state})
  end

  # More than one number of the generator gives: as many as needed, the first one highest, without its weak bits.
  defp joined(n, %{bits: bits} = algorithm, {value, state}) do
    two? = (n &&& n - 1) == 0
    {value, state, limit} = gathered(if(two?, do: n >>> bits, else: n >>> (bits - 2)), algorithm, state, value, bits)

    if two? do
      {(value &&& n - 1) + 1, {algorithm, state}}
    else
      offset = rem(value, n)
      if value - offset <= (1 <<< limit) - n, do: {offset + 1, {algorithm, state}}, else: joined(n, algorithm, algorithm.next.(state))
    end
  end

  defp gathered(n, _, state, value, have) when n <= 1, do: {value, state, have}

  defp gathered(n, %{bits: bits, next: next} = algorithm, state, value, have) do
    weak = Map.get(algorithm, :weak_low_bits, 0)
    {more, state} = next.(state)
    gathered(n >>> (bits - weak), algorithm, state, value >>> weak <<< bits ||| more, have + bits - weak)
  end

  defp fraction(algorithm, {value, state}), do: {(value >>> 5) * 1.1102230246251565e-16, {algorithm, state}}

  defp below(n, algorithm, drawn, again) when n <= @two58, do: fitting(n, algorithm, drawn, @two58, again)
  defp below(n, algorithm, drawn, _), do: joined(n, algorithm, drawn)

  def uniform_real, do: remember(uniform_real_s(current()))

  # All doubles of the unit interval but 0, each as often as its neighbours are far apart.
  def uniform_real_s({%{bits: bits} = algorithm, state}) do
    {value, state} = algorithm.next.(state)
    real(algorithm, state, value >>> (bits - 56), bits, -56)
  end

  def uniform_real_s({algorithm, state}) do
    {value, state} = algorithm.next.(state)
    real(algorithm, state, value &&& (1 <<< 56) - 1, 56, -56)
  end

  defp real(algorithm, state, value, _, exponent) when value >= 1 <<< 52 do
    excess = length(Integer.digits(value, 2)) - 53
    {(value >>> excess) * :math.pow(2.0, exponent + excess), {algorithm, state}}
  end

  defp real(algorithm, state, _, _, exponent) when exponent < -1022, do: {0.0, {algorithm, state}}

  # The bits that are missing are the highest ones of the next number.
  defp real(algorithm, state, value, bits, exponent) do
    {more, state} = algorithm.next.(state)
    more = more &&& (1 <<< bits) - 1
    wanted = if value == 0, do: 56, else: 53 - length(Integer.digits(value, 2))
    real(algorithm, state, value <<< wanted ||| more >>> (bits - wanted), bits, exponent - wanted)
  end

  def bytes(count), do: remember(bytes_s(count, current()))

  def bytes_s(count, {algorithm, state}) when is_integer(count) and count >= 0 do
    bits = Map.get(algorithm, :bits, 58)
    size = div(bits - Map.get(algorithm, :weak_low_bits, 0), 8)
    {bytes, state} = highest_bytes(count, algorithm.next, state, bits, size, [])
    {bytes, {algorithm, state}}
  end

  # The highest bytes of each number, and of the last one those below the bits that are no whole byte.
  defp highest_bytes(count, next, state, bits, size, acc) when count > size do
    {value, state} = next.(state)
    highest_bytes(count - size, next, state, bits, size, [acc, <<value >>> (bits - 8 * size)::size(size)-unit(8)>>])
  end

  defp highest_bytes(count, next, state, _, size, acc) do
    {value, state} = next.(state)
    {:erlang.iolist_to_binary([acc, <<value >>> (8 * (size - count))::size(count)-unit(8)>>]), state}
  end

  def jump, do: remembered(jump(current()))
  def jump({%{jump: jump} = algorithm, state}), do: {algorithm, jump.({algorithm, state}) |> elem(1)}
  def jump({_, _}), do: :erlang.error(:not_implemented)

  # ---- seeds

  def export_seed, do: exported(:erlang.get(:rand_seed))
  defp exported(:undefined), do: :undefined
  defp exported({%{type: type}, state}), do: {type, state}
  def export_seed_s(state), do: exported(state)

  def splitmix64_next(x) do
    x = x + 0x9E3779B97F4A7C15 &&& @mask64
    z = bxor(x, x >>> 30) * 0xBF58476D1CE4E5B9 &&& @mask64
    z = bxor(z, z >>> 27) * 0x94D049BB133111EB &&& @mask64
    {bxor(z, z >>> 31), x}
  end

  defp seed58(x) do
    {z, x} = splitmix64_next(x)
    z = z &&& @mask58
    if z == 0, do: seed58(x), else: {z, x}
  end

  def seed58(0, x) when is_integer(x), do: {[], x}

  def seed58(count, x) do
    {z, x} = seed58(x)
    {rest, x} = seed58(count - 1, x)
    {[z | rest], x}
  end

  defp seed64(0, x), do: {[], x}

  defp seed64(count, x) do
    {z, x} = splitmix64_next(x)

    if z == 0 do
      seed64(count, x)
    else
      {rest, x} = seed64(count - 1, x)
      {[z | rest], x}
    end
  end

  # ---- xorshift116+ and xorshift116**

  defp exsp_seed(list) when is_list(list) do
    [a, b] = list
    [a | b]
  end

  defp exsp_seed(x) when is_integer(x) do
    {[s0, s1], _} = seed58(2, x &&& @mask64)
    [s0 | s1]
  end

  defp exsp_seed({a, b, c}) do
    {_, r} = exsp_next([(a * 4294967197 + 1) &&& @mask58 | (b * 4294967231 + 1) &&& @mask58])
    {_, r} = exsp_next([(c * 4294967279 + 1) &&& @mask58 | tl(r)])
    r
  end

  defp exsss_seed(list) when is_list(list), do: exsp_seed(list)
  defp exsss_seed(x) when is_integer(x), do: exsp_seed(x)

  defp exsss_seed({a, b, c}) do
    {_, x} = seed58(a &&& @mask64)
    {s0, x} = seed58(bxor(b &&& @mask64, x))
    {s1, _} = seed58(bxor(c &&& @mask64, x))
    [s0 | s1]
  end

  defp exs_step(s1, s0) do
    s1 = bxor(s1, s1 <<< 24 &&& @mask58)
    bxor(bxor(s1, s0), bxor(s1 >>> 11, s0 >>> 41))
  end

  def exsp_next([s1 | s0]) do
    new = exs_step(s1, s0)
    {s0 + new &&& @mask58, [s0 | new]}
  end

  defp exsp_uniform({algorithm, state}), do: fraction(algorithm, exsp_next(state))

  defp exsp_uniform(n, {algorithm, state}) when is_integer(n) and n >= 1, do: below(n, algorithm, exsp_next(state), &exsp_uniform/2)

  defp exsss_next([s1 | s0]), do: {starstar(s0), [s0 | exs_step(s1, s0)]}

  defp starstar(s0) do
    v = s0 * 5 &&& @mask58
    v = (v <<< 7 &&& @mask58) ||| v >>> 51
    v * 9 &&& @mask58
  end

  defp exsss_uniform({algorithm, state}), do: fraction(algorithm, exsss_next(state))
  defp exsss_uniform(n, {algorithm, state}) when is_integer(n) and n >= 1, do: below(n, algorithm, exsss_next(state), &exsss_uniform/2)

  # ---- xoroshiro116+

  defp exrop_seed(list) when is_list(list), do: exsp_seed(list)

  defp exrop_seed(x) when is_integer(x) do
    {[s0, s1], _} = seed58(2, x &&& @mask64)
    [s0 | s1]
  end

  defp exrop_seed({a, b, c}) do
    [_ | s1] = exrop_step((a * 4294967197 + 1) &&& @mask58, (b * 4294967231 + 1) &&& @mask58)
    exrop_step((c * 4294967279 + 1) &&& @mask58, s1)
  end

  defp exrop_next([s0 | s1]), do: {s0 + s1 &&& @mask58, exrop_step(s0, s1)}

  defp exrop_step(s0, s1) do
    s1 = bxor(s1, s0)
    [bxor(bxor(rotated(s0, 24), s1), s1 <<< 2 &&& @mask58) | rotated(s1, 35)]
  end

  defp rotated(x, n), do: (x <<< n &&& @mask58) ||| x >>> (58 - n)

  defp exrop_uniform({algorithm, state}), do: fraction(algorithm, exrop_next(state))

  defp exrop_uniform(n, {algorithm, state}) when is_integer(n) and n >= 1,
    do: below(n, algorithm, exrop_next(state), &exrop_uniform/2)

  # ---- xorshift1024* and the older xorshift64*

  defp exs64_seed({a, b, c}) do
    {v1, _} = exs64_next((a &&& 0xFFFFFFFF) * 4294967197 + 1)
    {v2, _} = exs64_next((b &&& 0xFFFFFFFF) * 4294967231 + 1)
    {v3, _} = exs64_next((c &&& 0xFFFFFFFF) * 4294967279 + 1)
    rem(v1 * v2 * v3, @mask64 - 1) + 1
  end

  defp exs64_seed([state]), do: state

  defp exs64_seed(x) when is_integer(x) do
    {[state], _} = seed64(1, x &&& @mask64)
    state
  end

  defp exs64_next(r) do
    r = bxor(r, r >>> 12)
    r = bxor(r, r <<< 25 &&& @mask64)
    r = bxor(r, r >>> 27)
    {r * 2_685_821_657_736_338_717 &&& @mask64, r}
  end

  defp exs1024_seed(list) when is_list(list), do: {list, []}

  defp exs1024_seed(x) when is_integer(x) do
    {list, _} = seed64(16, x &&& @mask64)
    {list, []}
  end

  defp exs1024_seed({a, b, c}) do
    b1 = ((a &&& 0x1FFFFF) + 1) * 2_097_131 &&& 0x1FFFFF
    b2 = ((b &&& 0x1FFFFF) + 1) * 2_097_133 &&& 0x1FFFFF
    b3 = ((c &&& 0x1FFFFF) + 1) * 2_097_143 &&& 0x1FFFFF
    {sixteen(16, b1 <<< 43 ||| b2 <<< 22 ||| b3 <<< 1 ||| 1, []), []}
  end

  defp sixteen(0, _, list), do: list

  defp sixteen(count, r, list) do
    {x, r} = exs64_next(r)
    sixteen(count - 1, r, [x | list])
  end

  defp exs1024_next({[s0, s1 | rest], done}) do
    s1 = bxor(s1, s1 <<< 31 &&& @mask64)
    new = bxor(bxor(s0, s0 >>> 30), bxor(s1, s1 >>> 11))
    {new * 1_181_783_497_276_652_981 &&& @mask64, {[new | rest], [s0 | done]}}
  end

  defp exs1024_next({[last], done}), do: exs1024_next({[last | :lists.reverse(done)], []})

  # ---- xoroshiro928**

  defp exro928_seed(list) when is_list(list), do: {list, []}

  defp exro928_seed(x) when is_integer(x) do
    {list, _} = seed58(16, x &&& @mask64)
    {list, []}
  end

  defp exro928_seed({a, b, c}) do
    {s0, x} = seed58(a &&& @mask64)
    {s1, x} = seed58(bxor(b &&& @mask64, x))
    {s2, x} = seed58(bxor(c &&& @mask64, x))
    {rest, _} = seed58(13, x)
    {[s0, s1, s2 | rest], []}
  end

  def exro928_next_state({[s15, s0 | rest], done}) do
    q = bxor(s15, s0)
    s15 = bxor(bxor(rotated(s0, 44), q), q <<< 9 &&& @mask58)
    {[rotated(q, 45) | rest], [s15 | done]}
  end

  def exro928_next_state({[s15], done}), do: exro928_next_state({[s15 | :lists.reverse(done)], []})

  def exro928_next({[s15, s0 | _], _} = state), do: {s15 + s0 &&& @mask58, exro928_next_state(state)}
  def exro928_next({[s15], done}), do: exro928_next({[s15 | :lists.reverse(done)], []})

  defp exro928ss_next({[_, s0 | _], _} = state), do: {starstar(s0), exro928_next_state(state)}
  defp exro928ss_next({[s15], done}), do: exro928ss_next({[s15 | :lists.reverse(done)], []})

  defp exro928ss_uniform({algorithm, state}), do: fraction(algorithm, exro928ss_next(state))

  defp exro928ss_uniform(n, {algorithm, state}) when is_integer(n) and n >= 1,
    do: below(n, algorithm, exro928ss_next(state), &exro928ss_uniform/2)

  # ---- a multiply-with-carry generator without any state but a number

  def mwc59(x) do
    c = x &&& 0xFFFFFFFF
    c * 0x7FA6502 + (x >>> 32)
  end

  def mwc59_value32(x), do: bxor(x, x <<< 8) &&& 0xFFFFFFFF

  def mwc59_value(x) do
    x = x &&& 0x7FFFFFFFFFFFFFF
    y = bxor(x, x <<< 4 &&& 0x7FFFFFFFFFFFFFF)
    bxor(y, y <<< 27 &&& 0x7FFFFFFFFFFFFFF)
  end

  def mwc59_float(x), do: (mwc59_value(x) >>> 6) * 1.1102230246251565e-16

  def mwc59_seed, do: (chosen() &&& @mask58) + 1

  def mwc59_seed(x) when is_integer(x) do
    {z, _} = splitmix64_next(x &&& @mask64)
    (z &&& @mask58) + 1
  end

  # ---- jumps: polynomials of the step over the bits of a state, as many steps ahead as no process ever makes

  @exsp_ahead 0xD174A83E17DE2302F8EA6BC32C797
  @exrop_ahead 0x9863200F83FCD4A11293241FCB12A
  @exs1024_ahead 0x284600E3F30E38C3B99181F2D8F685CA047F7684E9FC949D0B5FC64563B3E2A87910C41D10A1E6A5691548C86C1BD5405EE975283D71C93BC4CB815590989B13AAC17D8EFA43CAB83659132BB12FEA70DC2D9891FE68C0222FFEEB0A48316F404489AFFCE4F31A1E5B34A39F070B5837A3C65B8776F9685584242F96ECA9C41D
  @exro928_ahead 0xB10773CBE19F5FC1A1504ACD83F240C6007E76CEBCB3B7C4CC049C536E62A33CC2323831B45A3A8A3CEF3CC0F02F778573CF0F0A0657E19F00D4B3584DDD98EE4BE41E015AC26D5D20F9B49FA81B0090567FD9F0B83FE51A1EB3BE1910A1DE1D7D6813D2BA05381FDFD1490244085302F77130CA
  @exro928_a_little_ahead 0xCB3D181CA30BEBC15FEFCC78FF45EF33C82F3D48A480C5878C3549BD5BDEB1A5A90F2E6B06DF2EB1FEAF0FB690627C014098F4B6DC4D3AF15F8A4DFDC081A7BF148531FB8EBC73C700B8B091AF699C306D8E75664A426866BFAD3C77DA90F4A806C17E9E644807A56270CF78BDB966A3DAF905E6

  def exsp_jump({algorithm, state}), do: {algorithm, exsp_jump(state)}
  def exsp_jump([s1 | s0]), do: s1 |> pair(s0) |> ahead(@exsp_ahead, fn [a, b] -> [a | b] |> exsp_next() |> words() end) |> paired()
  defp exrop_jump({algorithm, [s0 | s1]}), do: {algorithm, s0 |> pair(s1) |> ahead(@exrop_ahead, fn [a, b] -> [a | b] |> exrop_next() |> words() end) |> paired()}

  defp pair(s1, s0), do: [s1, s0]
  defp paired([s1, s0]), do: [s1 | s0]
  defp words({_, [s1 | s0]}), do: [s1, s0]

  defp exs1024_jump({algorithm, {list, _} = state}) do
    {first, rest} = state |> in_ring(@exs1024_ahead, &elem(exs1024_next(&1), 1)) |> Enum.split(length(list))
    {algorithm, {first, :lists.reverse(rest)}}
  end

  def exro928_jump({algorithm, state}) when is_map(algorithm), do: {algorithm, exro928_jump_2pow512(state)}
  def exro928_jump_2pow512(state), do: {in_ring(state, @exro928_ahead, &exro928_next_state/1), []}
  def exro928_jump_2pow20(state), do: {in_ring(state, @exro928_a_little_ahead, &exro928_next_state/1), []}

  defp in_ring(state, polynomial, next), do: state |> in_order() |> ahead(polynomial, &in_order(next.({&1, []})))
  defp in_order({list, done}), do: list ++ :lists.reverse(done)

  defp ahead(words, polynomial, step), do: ahead(words, polynomial, step, Enum.map(words, fn _ -> 0 end))
  defp ahead(_, 0, _, sum), do: sum

  defp ahead(words, polynomial, step, sum) do
    sum = if (polynomial &&& 1) == 1, do: Enum.zip_with(sum, words, &bxor/2), else: sum
    ahead(step.(words), polynomial >>> 1, step, sum)
  end

  # ---- the normal distribution, by Marsaglia and Tsang's ziggurat of 256 layers

  @edge 3.6541528853610088

  def normal, do: remember(normal_s(current()))
  def normal(mean, variance), do: mean + :math.sqrt(variance) * normal()

  def normal_s(mean, variance, state) do
    {x, state} = normal_s(state)
    {mean + :math.sqrt(variance) * x, state}
  end

  def normal_s({algorithm, state}) do
    {value, state} = algorithm.next.(state)
    {sign, r} = signed(algorithm, value)
    layer = r &&& 255
    {inside, width} = :beamyard.ziggurat(layer)
    x = r * width

    cond do
      r < inside -> {signed_as(x, sign), {algorithm, state}}
      layer == 0 -> in_the_tail(sign, {algorithm, state})
      true -> at_the_rim(layer, signed_as(x, sign), {algorithm, state})
    end
  end

  defp signed(%{bits: bits}, value), do: {value &&& 1 <<< (bits - 52), value >>> (bits - 51)}
  defp signed(_, value), do: {value &&& 1 <<< 51, value &&& (1 <<< 51) - 1}
  defp signed_as(x, 0), do: x
  defp signed_as(x, _), do: -x

  defp in_the_tail(sign, state) do
    {u0, state} = uniform_s(state)
    x = -0.27366123732975828 * :math.log(u0)
    {u1, state} = uniform_s(state)
    y = -:math.log(u1)
    if y + y > x * x, do: {signed_as(@edge + x, sign), state}, else: in_the_tail(sign, state)
  end

  defp at_the_rim(layer, x, state) do
    below = :beamyard.ziggurat_height(layer)
    above = :beamyard.ziggurat_height(layer - 1)
    {u, state} = uniform_s(state)
    if (above - below) * u + below < :math.exp(-0.5 * x * x), do: {x, state}, else: normal_s(state)
  end
end
