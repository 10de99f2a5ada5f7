# Terms in Erlang's notation: on one line, and laid out as Erlang lays them out.
defmodule Beamyard.ErlangText do
  @reserved ~w(after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let maybe not of or orelse receive rem try when xor else)

  # Depth counts down to 0, where dots stand; a negative one never gets there.
  def written(_, _, 0), do: "..."
  def written(term, encoding, _) when is_atom(term), do: atom(term, encoding)
  def written(term, _, _) when is_integer(term), do: Integer.to_string(term)
  def written(term, _, _) when is_float(term), do: :erlang.float_to_binary(term, [:short])
  def written([], _, _), do: "[]"
  def written({}, _, _), do: "{}"

  def written(list, encoding, depth) when is_list(list) do
    if depth == 1, do: "[...]", else: ["[", tail(list, encoding, depth, ""), "]"]
  end

  def written(tuple, encoding, depth) when is_tuple(tuple) do
    if depth == 1, do: "{...}", else: ["{", elements(:erlang.tuple_to_list(tuple), encoding, depth), "}"]
  end

  def written(map, encoding, depth) when is_map(map) do
    pairs = for {key, value} <- :maps.to_list(map), do: [written(key, encoding, depth - 1), " => ", written(value, encoding, depth - 1)]
    if depth == 1, do: "\#{...}", else: ["\#{", Enum.intersperse(pairs, ","), "}"]
  end

  def written(bits, _, _) when is_bitstring(bits), do: ["<<", Enum.intersperse(numbers(bits), ","), ">>"]
  def written(term, _, _) when is_pid(term), do: :erlang.pid_to_list(term)
  def written(term, _, _) when is_reference(term), do: :erlang.ref_to_list(term)
  def written(term, _, _) when is_port(term), do: "#Port" <> String.trim_leading(inspect(term), "#Port")

  def written(term, encoding, _) when is_function(term) do
    {:type, type} = :erlang.fun_info(term, :type)
    {:module, module} = :erlang.fun_info(term, :module)
    {:arity, arity} = :erlang.fun_info(term, :arity)
    {:name, name} = :erlang.fun_info(term, :name)

    if type == :external do
      ["fun ", atom(module, encoding), ":", atom(name, encoding), "/", Integer.to_string(arity)]
    else
      ["#Fun<", Atom.to_string(module), ".", inspect(term) |> String.split(~r/[<>]/) |> Enum.at(1, "") |> String.split("/") |> hd(), ">"]
    end
  end

  defp tail([x | rest], encoding, depth, separator) when is_list(rest) or rest == [] do
    cond do
      depth == 1 -> [separator_of_rest(separator), "..."]
      rest == [] -> [separator, written(x, encoding, depth - 1)]
      true -> [separator, written(x, encoding, depth - 1), tail(rest, encoding, depth - 1, ",")]
    end
  end

  defp tail([x | rest], encoding, depth, separator),
    do: [separator, written(x, encoding, depth - 1), "|", written(rest, encoding, depth - 1)]

  defp separator_of_rest(""), do: ""
  defp separator_of_rest(_), do: "|"

  defp elements([], _, _), do: []
  defp elements(_, _, 1), do: ["..."]
  defp elements([x], encoding, depth), do: [written(x, encoding, depth - 1)]
  defp elements([x | rest], encoding, depth), do: [written(x, encoding, depth - 1), "," | elements(rest, encoding, depth - 1)]

  defp numbers(<<byte, rest::bitstring>>), do: [Integer.to_string(byte) | numbers(rest)]
  defp numbers(<<>>), do: []

  defp numbers(bits) do
    size = bit_size(bits)
    <<value::size(size)>> = bits
    ["#{value}:#{size}"]
  end

  def atom(atom, encoding) do
    text = Atom.to_string(atom)
    if bare?(text, encoding), do: text, else: quoted_atom(text, encoding)
  end

  defp bare?(<<c, rest::binary>> = text, _) when c in ?a..?z, do: text not in @reserved and word?(rest)
  defp bare?(<<c::utf8, rest::binary>>, _) when c in 0xDF..0xFF and c != 0xF7, do: word?(rest)
  defp bare?(_, _), do: false

  defp word?(<<c::utf8, rest::binary>>)
       when c in ?a..?z or c in ?A..?Z or c in ?0..?9 or c in [?_, ?@] or (c in 0xC0..0xFF and c not in [0xD7, 0xF7]),
       do: word?(rest)

  defp word?(rest), do: rest == ""

  defp quoted_atom(text, :unicode), do: quoted(:unicode.characters_to_list(text), ?')

  defp quoted_atom(text, :latin1) do
    [?', Enum.map(:unicode.characters_to_list(text), &if(&1 > 255, do: ["\\x{", Integer.to_string(&1, 16), "}"], else: escaped(&1, ?'))), ?']
  end

  def quoted(chars, quote), do: [quote, Enum.map(chars, &escaped(&1, quote)), quote]

  def escaped(c, quote) do
    case c do
      ^quote -> [?\\, quote]
      ?\\ -> "\\\\"
      ?\n -> "\\n"
      ?\t -> "\\t"
      ?\r -> "\\r"
      ?\v -> "\\v"
      ?\b -> "\\b"
      ?\f -> "\\f"
      ?\e -> "\\e"
      ?\d -> "\\d"
      c when c < 32 -> [?\\, c |> Integer.to_string(8) |> String.pad_leading(3, "0")]
      c when c in 128..159 -> ["\\", Integer.to_string(c, 8)]
      c -> <<c::utf8>>
    end
  end

  def printable?(c, _) when c in 32..126 or c in 160..255 or c in [?\n, ?\r, ?\t, ?\v, ?\b, ?\f, ?\e], do: true
  def printable?(c, :unicode) when is_integer(c) and c in 256..0x10FFFF and c not in 0xD800..0xDFFF and c not in [0xFFFE, 0xFFFF], do: true
  def printable?(_, _), do: false

  # Laid out: text of one line if it fits, else each element below the other. A term becomes {:leaf, text},
  # {open, parts, close, :fill | :lines} or {:pair, key, value}.

  def pretty(term, encoding, strings, depth, indent, line) do
    term |> parts(encoding, strings, depth) |> laid(indent, line, 0)
  end

  defp parts(_, _, _, 0), do: {:leaf, "..."}

  defp parts([_ | _] = list, encoding, strings, depth) do
    cond do
      strings == :as_strings and text?(list, encoding) ->
        {:leaf, IO.iodata_to_binary(quoted(list, ?"))}

      depth == 1 ->
        {:leaf, "[...]"}

      true ->
        children = list_parts(list, encoding, strings, depth)
        children = join_more(children)
        fill = if Enum.all?(children, &match?({:leaf, _}, &1)), do: :fill, else: :lines
        {"[", children, "]", fill}
    end
  end

  defp parts(tuple, encoding, strings, depth) when is_tuple(tuple) and tuple != {} do
    children =
      if depth == 1, do: [{:leaf, "..."}], else: tuple |> :erlang.tuple_to_list() |> Enum.map(&parts(&1, encoding, strings, depth - 1))

    {"{", children, "}", if(tagged?(tuple), do: :tagged, else: :lines)}
  end

  defp parts(map, encoding, strings, depth) when is_map(map) and map_size(map) > 0 do
    children =
      for {key, value} <- :maps.to_list(map),
          do: {:pair, parts(key, encoding, strings, depth - 1), parts(value, encoding, strings, depth - 1)}

    {"\#{", children, "}", :lines}
  end

  defp parts(bits, encoding, strings, _) when is_binary(bits) and bits != "" and strings == :as_strings do
    latin1 = :erlang.binary_to_list(bits)
    unicode = if encoding == :unicode, do: :unicode.characters_to_list(bits), else: :none

    cond do
      Enum.all?(latin1, &(printable?(&1, :latin1) and &1 < 128)) or (encoding == :latin1 and Enum.all?(latin1, &printable?(&1, :latin1))) ->
        {:leaf, IO.iodata_to_binary(["<<", quoted(latin1, ?"), ">>"])}

      is_list(unicode) and Enum.all?(unicode, &printable?(&1, :unicode)) ->
        {:leaf, IO.iodata_to_binary(["<<", quoted(unicode, ?"), "/utf8>>"])}

      true ->
        {:leaf, IO.iodata_to_binary(written(bits, encoding, -1))}
    end
  end

  defp parts(term, encoding, _, depth), do: {:leaf, term |> written(encoding, depth) |> :unicode.characters_to_binary()}

  defp tagged?(tuple), do: is_atom(:erlang.element(1, tuple)) and tuple_size(tuple) > 1

  defp text?(list, encoding), do: proper?(list) and Enum.all?(list, &printable?(&1, encoding))
  defp proper?([_ | rest]), do: proper?(rest)
  defp proper?(rest), do: rest == []

  # [1,2|...]: what is left out stands behind a bar
  defp join_more([part, :more]), do: [{:leaf, IO.iodata_to_binary([flat(part), "|..."])}]
  defp join_more([part | rest]), do: [part | join_more(rest)]
  defp join_more([]), do: []

  defp list_parts([], _, _, _), do: []
  defp list_parts(_, _, _, 1), do: [:more]
  defp list_parts([x | rest], encoding, strings, depth) when is_list(rest),
    do: [parts(x, encoding, strings, depth - 1) | list_parts(rest, encoding, strings, depth - 1)]

  defp list_parts([x | rest], encoding, strings, depth) do
    {a, b} = {flat(parts(x, encoding, strings, depth - 1)), flat(parts(rest, encoding, strings, depth - 1))}
    [{:leaf, IO.iodata_to_binary([a, "|", b])}]
  end

  defp flat({:leaf, text}), do: text
  defp flat({:pair, key, value}), do: [flat(key), " => ", flat(value)]
  defp flat({open, children, close, _}), do: [open, Enum.intersperse(Enum.map(children, &flat/1), ","), close]

  # closing: how many brackets will follow on the last line
  defp laid(part, column, line, closing) do
    text = IO.iodata_to_binary(flat(part))
    if column + String.length(text) + closing <= line - 1 or match?({:leaf, _}, part), do: text, else: broken(part, column, line, closing)
  end

  defp broken({:pair, key, value}, column, line, closing) do
    key = laid(key, column, line, 0)
    text = laid(value, column + String.length(key) + 4, line, closing)

    if String.contains?(text, "\n") or column + String.length(key) + 4 + String.length(text) + closing > line - 1 do
      inner = column + 4
      IO.iodata_to_binary([key, " =>\n", spaces(inner), laid(value, inner, line, closing)])
    else
      key <> " => " <> text
    end
  end

  defp broken({open, [{:leaf, tag} | rest], close, :tagged}, column, line, closing) when rest != [] do
    inner = column + 1 + String.length(tag) + 1
    IO.iodata_to_binary([open, tag, ",", lines(rest, inner, line, closing + 1), close])
  end

  defp broken({open, children, close, :fill}, column, line, closing) do
    IO.iodata_to_binary([open, filled(children, column + 1, column + 1, line, closing + 1), close])
  end

  defp broken({open, children, close, _}, column, line, closing) do
    IO.iodata_to_binary([open, lines(children, column + String.length(open), line, closing + 1), close])
  end

  defp lines([last], inner, line, closing), do: [laid(last, inner, line, closing)]
  defp lines([part | rest], inner, line, closing), do: [laid(part, inner, line, 1), ",\n", spaces(inner) | lines(rest, inner, line, closing)]

  defp filled([{:leaf, text}], _, _, _, _), do: [text]

  defp filled([{:leaf, text} | [{:leaf, next} | _] = rest], column, inner, line, closing) do
    at = column + String.length(text) + 1
    more = if length(rest) == 1, do: closing, else: 1

    if at + String.length(next) + more <= line - 2,
      do: [text, "," | filled(rest, at, inner, line, closing)],
      else: [text, ",\n", spaces(inner) | filled(rest, inner, inner, line, closing)]
  end

  defp spaces(n), do: :binary.copy(" ", n)
end
