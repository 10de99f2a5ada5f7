# Text by a format, as Erlang writes it, and terms in Erlang's notation.
defmodule :io_lib do
  def format(format, arguments) do
    try do
      build(directives(characters(format), arguments))
    catch
      :throw, :bad_format -> :erlang.error(:badarg, [format, arguments])
    end
  end

  def format(format, arguments, _options), do: format(format, arguments)
  def fwrite(format, arguments), do: format(format, arguments)
  def fwrite(format, arguments, options), do: format(format, arguments, options)

  def scan_format(format, arguments), do: directives(characters(format), arguments)
  def build_text(parts), do: build(parts)
  def build_text(parts, _options), do: build(parts)

  defp characters(format) when is_atom(format), do: :erlang.atom_to_list(format)
  defp characters(format) when is_binary(format), do: :unicode.characters_to_list(format)

  defp characters(format) when is_list(format) do
    case :unicode.characters_to_list(format) do
      list when is_list(list) -> list
      _ -> throw(:bad_format)
    end
  end

  defp characters(_), do: throw(:bad_format)

  # What is between directives stays; each directive becomes {letter, arguments, width, adjust, precision, pad, modifiers}.
  defp directives([], []), do: []
  defp directives([], [_ | _]), do: throw(:bad_format)
  defp directives(_, arguments) when not is_list(arguments), do: throw(:bad_format)

  defp directives([?~ | rest], arguments) do
    {width, rest, arguments} = field(rest, arguments, :none)
    {precision, rest, arguments} = after_dot(rest, arguments, :none)
    {pad, rest, arguments} = pad_char(rest, arguments)
    {modifiers, rest} = modifiers(rest, [])

    case rest do
      [letter | rest] ->
        {taken, arguments} = take(letter, arguments)
        [{letter, taken, width, precision, pad, modifiers} | directives(rest, arguments)]

      [] ->
        throw(:bad_format)
    end
  end

  defp directives([char | rest], arguments), do: [char | directives(rest, arguments)]

  defp field([?- | rest], arguments, _) do
    {number, rest, arguments} = number(rest, arguments)
    {if(number == :none, do: :none, else: -number), rest, arguments}
  end

  defp field(rest, arguments, _), do: number(rest, arguments)

  defp number([?* | rest], [number | arguments]) when is_integer(number), do: {number, rest, arguments}
  defp number([?* | _], _), do: throw(:bad_format)

  defp number(rest, arguments) do
    case digits(rest, []) do
      {[], rest} -> {:none, rest, arguments}
      {digits, rest} -> {:erlang.list_to_integer(digits), rest, arguments}
    end
  end

  defp digits([c | rest], acc) when c in ?0..?9, do: digits(rest, [c | acc])
  defp digits(rest, acc), do: {:lists.reverse(acc), rest}

  defp after_dot([?. | rest], arguments, _), do: number(rest, arguments)
  defp after_dot(rest, arguments, none), do: {none, rest, arguments}

  defp pad_char([?., ?* | rest], [pad | arguments]), do: {pad, rest, arguments}
  defp pad_char([?., pad | rest], arguments), do: {pad, rest, arguments}
  defp pad_char(rest, arguments), do: {?\s, rest, arguments}

  defp modifiers([c | rest], acc) when c in [?t, ?l, ?k, ?K], do: modifiers(rest, [c | acc])
  defp modifiers(rest, acc), do: {acc, rest}

  @one [?w, ?p, ?s, ?c, ?f, ?e, ?g, ?b, ?B, ?#, ?+, ?i]
  @two [?W, ?P, ?x, ?X]
  defp take(letter, [a | rest]) when letter in @one, do: {[a], rest}
  defp take(letter, [a, b | rest]) when letter in @two, do: {[a, b], rest}
  defp take(letter, arguments) when letter in [?~, ?n], do: {[], arguments}
  defp take(_, _), do: throw(:bad_format)

  defp build(parts), do: build(parts, 0)
  defp build([], _), do: []

  defp build([directive | rest], column) when is_tuple(directive) do
    text = :unicode.characters_to_list(directive(directive, column))
    [text | build(rest, column_after(text, column))]
  end

  defp build([?\n | rest], _), do: [?\n | build(rest, 0)]
  defp build([char | rest], column), do: [char | build(rest, column + 1)]

  defp column_after(text, column) do
    chars = :unicode.characters_to_list(text)

    last = chars |> :lists.reverse() |> Enum.take_while(&(&1 != ?\n)) |> length()
    if ?\n in chars, do: last, else: column + length(chars)
  end

  defp directive({?~, [], width, precision, pad, _}, _), do: chars(?~, width, precision, pad)
  defp directive({?n, [], width, _, _, _}, _), do: :lists.duplicate(if(width == :none, do: 1, else: width), ?\n)
  defp directive({?i, [_], _, _, _, _}, _), do: []
  defp directive({?c, [c], width, precision, pad, _}, _) when is_integer(c), do: chars(c, width, precision, pad)

  defp directive({?w, [term], width, precision, pad, modifiers}, _),
    do: field_of(Beamyard.ErlangText.written(term, encoding(modifiers), -1), width, precision, pad)

  defp directive({?W, [term, depth], width, precision, pad, modifiers}, _) when is_integer(depth),
    do: field_of(Beamyard.ErlangText.written(term, encoding(modifiers), depth), width, precision, pad)

  defp directive({?p, [term], width, precision, _, modifiers}, column),
    do: Beamyard.ErlangText.pretty(term, encoding(modifiers), strings(modifiers), -1, indent(precision, column), line(width))

  defp directive({?P, [term, depth], width, precision, _, modifiers}, column) when is_integer(depth),
    do: Beamyard.ErlangText.pretty(term, encoding(modifiers), strings(modifiers), depth, indent(precision, column), line(width))

  defp directive({?s, [term], width, precision, pad, modifiers}, _) do
    field_of(string_of(term, encoding(modifiers)), width, precision, pad)
  end

  defp directive({?f, [number], width, precision, pad, _}, _) when is_number(number),
    do: field_of(fixed(number / 1, if(precision == :none, do: 6, else: precision)), width, :none, pad)

  defp directive({?e, [number], width, precision, pad, _}, _) when is_number(number),
    do: field_of(scientific(number / 1, if(precision == :none, do: 6, else: precision)), width, :none, pad)

  defp directive({?g, [number], width, precision, pad, _}, _) when is_number(number) do
    number = number / 1
    size = abs(number)
    precision = if precision == :none, do: 6, else: precision

    text =
      cond do
        size >= 0.1 and size < 1.0 -> fixed(number, precision)
        size >= 1.0 and size < 10.0 -> fixed(number, max(precision - 1, 1))
        size >= 10.0 and size < 100.0 and precision > 2 -> fixed(number, precision - 2)
        size >= 100.0 and size < 1000.0 and precision > 3 -> fixed(number, precision - 3)
        size >= 1000.0 and size < 10000.0 and precision > 4 -> fixed(number, precision - 4)
        true -> scientific(number, precision)
      end

    field_of(text, width, :none, pad)
  end

  defp directive({letter, [number], width, precision, pad, _}, _) when letter in [?b, ?B] and is_integer(number),
    do: field_of(based(number, precision, letter), width, :none, pad)

  defp directive({letter, [number, prefix], width, precision, pad, _}, _) when letter in [?x, ?X] and is_integer(number) do
    digits = based(abs(number), precision, if(letter == ?x, do: ?b, else: ?B))
    field_of([if(number < 0, do: "-", else: ""), prefix_of(prefix), digits], width, :none, pad)
  end

  defp directive({letter, [number], width, precision, pad, _}, _) when letter in [?#, ?+] and is_integer(number) do
    base = if precision == :none, do: 10, else: precision
    digits = based(abs(number), base, if(letter == ?#, do: ?B, else: ?b))
    field_of([if(number < 0, do: "-", else: ""), Integer.to_string(base), "#", digits], width, :none, pad)
  end

  defp directive(_, _), do: throw(:bad_format)

  defp prefix_of(prefix) when is_atom(prefix), do: Atom.to_string(prefix)
  defp prefix_of(prefix), do: prefix

  defp encoding(modifiers), do: if(?t in modifiers, do: :unicode, else: :latin1)
  defp strings(modifiers), do: if(?l in modifiers, do: :as_lists, else: :as_strings)
  defp indent(:none, column), do: column
  defp indent(precision, _), do: max(precision - 1, 0)
  defp line(:none), do: 80
  defp line(width), do: width

  defp based(number, :none, letter), do: based(number, 10, letter)

  defp based(number, base, letter) when base in 2..36 do
    text = Integer.to_string(number, base)
    if letter == ?b, do: String.downcase(text), else: text
  end

  defp based(_, _, _), do: throw(:bad_format)

  defp chars(c, width, precision, pad) do
    count =
      case {width, precision} do
        {:none, :none} -> 1
        {:none, n} -> n
        {n, :none} -> n
        {w, n} -> min(abs(w), n)
      end

    text = :lists.duplicate(abs(count), c)
    if width == :none or precision == :none, do: text, else: adjusted(text, width, pad)
  end

  defp string_of(term, encoding) when is_atom(term), do: string_of(:erlang.atom_to_list(term), encoding)

  defp string_of(term, :unicode) when is_list(term) or is_binary(term) do
    case :unicode.characters_to_list(term) do
      chars when is_list(chars) -> chars
      _ -> throw(:bad_format)
    end
  end

  defp string_of(term, :latin1) when is_list(term) or is_binary(term) do
    try do
      :erlang.binary_to_list(:erlang.iolist_to_binary(term))
    rescue
      ArgumentError -> throw(:bad_format)
    end
  end

  defp string_of(_, _), do: throw(:bad_format)

  # What does not fit its field becomes stars; a string is cut.
  defp field_of(text, :none, :none, _), do: text

  defp field_of(text, width, precision, pad) when is_integer(precision) do
    chars = :unicode.characters_to_list(text)
    cut = if length(chars) > precision, do: Enum.take(chars, precision), else: adjusted(chars, -precision, pad)
    if width == :none, do: cut, else: adjusted(cut, width, pad)
  end

  defp field_of(text, width, :none, pad) do
    chars = :unicode.characters_to_list(text)

    if length(chars) > abs(width) do
      if is_list(text) and text == chars, do: Enum.take(chars, abs(width)), else: :lists.duplicate(abs(width), ?*)
    else
      adjusted(chars, width, pad)
    end
  end

  defp adjusted(chars, width, pad) do
    missing = abs(width) - length(chars)

    cond do
      missing <= 0 -> Enum.take(chars, abs(width))
      width < 0 -> chars ++ :lists.duplicate(missing, pad)
      true -> :lists.duplicate(missing, pad) ++ chars
    end
  end

  defp fixed(number, decimals) when decimals >= 0, do: :erlang.float_to_binary(number, decimals: decimals)

  defp scientific(number, precision) when precision >= 2 do
    text = :erlang.float_to_binary(number, scientific: precision - 1)
    [mantissa, exponent] = String.split(text, "e")
    {sign, digits} = String.split_at(exponent, 1)
    mantissa <> "e" <> sign <> (digits |> String.trim_leading("0") |> then(&if(&1 == "", do: "0", else: &1)))
  end

  defp scientific(_, _), do: throw(:bad_format)

  def write(term), do: :unicode.characters_to_list(Beamyard.ErlangText.written(term, :latin1, -1))
  def write(term, depth) when is_integer(depth), do: :unicode.characters_to_list(Beamyard.ErlangText.written(term, :latin1, depth))
  def write(term, options) when is_list(options), do: :unicode.characters_to_list(Beamyard.ErlangText.written(term, Keyword.get(options, :encoding, :latin1), Keyword.get(options, :depth, -1)))
  def write(term, depth, _), do: write(term, depth)
  def print(term), do: :unicode.characters_to_list(Beamyard.ErlangText.pretty(term, :unicode, :as_strings, -1, 0, 80))

  def print(term, column, line, depth),
    do: :unicode.characters_to_list(Beamyard.ErlangText.pretty(term, :unicode, :as_strings, depth, max(column - 1, 0), line))

  def write_atom(atom) when is_atom(atom), do: :unicode.characters_to_list(Beamyard.ErlangText.written(atom, :unicode, -1))
  def write_atom_as_latin1(atom) when is_atom(atom), do: :unicode.characters_to_list(Beamyard.ErlangText.written(atom, :latin1, -1))
  def write_string(chars), do: :unicode.characters_to_list(Beamyard.ErlangText.quoted(chars, ?"))
  def write_string(chars, quote), do: :unicode.characters_to_list(Beamyard.ErlangText.quoted(chars, quote))
  def write_unicode_string(chars), do: write_string(chars)
  def write_latin1_string(chars), do: write_string(chars)
  def write_char(c), do: :unicode.characters_to_list(["$", Beamyard.ErlangText.escaped(c, ?')])
  def write_unicode_char(c), do: write_char(c)
  def write_latin1_char(c), do: write_char(c)
  def nl(), do: '\n'
  def indentation(text, column), do: column_after(text, column)
  def format_prompt(prompt), do: format_prompt(prompt, :latin1)
  def format_prompt({:format, format, arguments}, _), do: :unicode.characters_to_list(format(format, arguments))
  def format_prompt(prompt, _) when is_atom(prompt), do: :erlang.atom_to_list(prompt)
  def format_prompt(prompt, _), do: :unicode.characters_to_list(prompt)
  def chars_length(chars), do: length(:unicode.characters_to_list(chars))

  def char_list(chars), do: is_list(chars) and every(chars, &(is_integer(&1) and &1 in 0..0x10FFFF and &1 not in 0xD800..0xDFFF))
  def latin1_char_list(chars), do: is_list(chars) and every(chars, &(is_integer(&1) and &1 in 0..255))
  def deep_char_list(chars), do: is_list(chars) and every(chars, &((is_integer(&1) and &1 in 0..0x10FFFF) or deep_char_list(&1)))
  def deep_unicode_char_list(chars), do: deep_char_list(chars)
  def deep_latin1_char_list(chars), do: is_list(chars) and every(chars, &((is_integer(&1) and &1 in 0..255) or deep_latin1_char_list(&1)))
  def printable_list(chars), do: printable_latin1_list(chars)
  def printable_latin1_list(chars), do: is_list(chars) and every(chars, &Beamyard.ErlangText.printable?(&1, :latin1))
  def printable_unicode_list(chars), do: is_list(chars) and every(chars, &Beamyard.ErlangText.printable?(&1, :unicode))

  defp every([x | rest], fun), do: fun.(x) and every(rest, fun)
  defp every([], _), do: true
  defp every(_, _), do: false

  def limit_term(term, depth) when depth < 0, do: term
  def limit_term(_, 0), do: :...
  def limit_term([_ | _] = list, depth), do: Enum.map(Enum.take(list, depth), &limit_term(&1, depth - 1)) ++ if(length(list) > depth, do: [:...], else: [])
  def limit_term(term, _), do: term

  # Reading by a format: {ok, values, rest}, as far as ~d ~s ~c ~a ~f ~u and blanks go.
  def fread(format, text) when is_list(format) and is_list(text), do: fread(format, text, [])

  defp fread([], rest, acc), do: {:ok, :lists.reverse(acc), rest}

  defp fread([?~, letter | format], text, acc) when letter in [?d, ?u, ?s, ?a, ?f] do
    {word, rest} = text |> blanks() |> Enum.split_while(&(&1 not in ' \t\n'))

    case {word, read_as(letter, word)} do
      {[], _} -> {:error, {:fread, :input}}
      {_, :error} -> {:error, {:fread, kind(letter)}}
      {_, {:ok, value}} -> fread(format, rest, [value | acc])
    end
  end

  defp fread([?~, ?c | format], [c | rest], acc), do: fread(format, rest, [[c] | acc])
  defp fread([?~, ?~ | format], [?~ | rest], acc), do: fread(format, rest, acc)
  defp fread([blank | format], text, acc) when blank in ' \t\n', do: fread(format, blanks(text), acc)
  defp fread([c | format], [c | text], acc), do: fread(format, text, acc)
  defp fread([_ | _], _, _), do: {:error, {:fread, :input}}

  defp blanks([c | rest]) when c in ' \t\n', do: blanks(rest)
  defp blanks(rest), do: rest

  defp kind(?f), do: :float
  defp kind(?d), do: :integer
  defp kind(?u), do: :unsigned
  defp kind(_), do: :string

  defp read_as(?s, word), do: {:ok, word}
  defp read_as(?a, word), do: {:ok, :erlang.list_to_atom(word)}
  defp read_as(?f, word), do: attempt(fn -> :erlang.list_to_float(word) end)
  defp read_as(?u, [?- | _]), do: :error
  defp read_as(_, word), do: attempt(fn -> :erlang.list_to_integer(word) end)

  defp attempt(fun) do
    {:ok, fun.()}
  rescue
    ArgumentError -> :error
  end
end
