# Strings as Erlang has them: what comes in as a list goes out as one, and so do binaries.
defmodule :string do
  defp text(chars) when is_binary(chars), do: chars

  defp text(chars) when not is_list(chars), do: :erlang.error({:badarg, chars})

  defp text(chars) do
    case :unicode.characters_to_binary(chars) do
      text when is_binary(text) -> text
      _ -> :erlang.error(:badarg)
    end
  end

  defp like(original, text) when is_binary(original), do: text
  defp like(_, text), do: :unicode.characters_to_list(text)

  def is_empty([]), do: true
  def is_empty(""), do: true
  def is_empty([x | rest]), do: is_integer(x) == false and is_empty(x) and is_empty(rest)
  def is_empty(text) when is_binary(text), do: false

  def length(chars), do: String.length(text(chars))
  def to_graphemes(chars), do: chars |> text() |> String.graphemes() |> Enum.map(&grapheme/1)

  defp grapheme(text) do
    case :unicode.characters_to_list(text) do
      [c] -> c
      list -> list
    end
  end

  def equal(a, b), do: text(a) == text(b)
  def equal(a, b, true), do: String.downcase(text(a)) == String.downcase(text(b))
  def equal(a, b, false), do: equal(a, b)
  def equal(a, b, ignore, :none), do: equal(a, b, ignore)
  def equal(a, b, ignore, form), do: equal(String.normalize(text(a), form), String.normalize(text(b), form), ignore)
  def reverse(chars), do: chars |> to_graphemes() |> Enum.reverse()
  def slice(chars, start), do: like(chars, String.slice(text(chars), start..-1//1))
  def slice(chars, start, :infinity), do: slice(chars, start)
  def slice(chars, start, length), do: like(chars, String.slice(text(chars), start, length))

  def pad(chars, length), do: pad(chars, length, :trailing, ?\s)
  def pad(chars, length, direction), do: pad(chars, length, direction, ?\s)

  def pad(chars, length, direction, char) do
    missing = max(length - :string.length(chars), 0)

    case direction do
      :leading ->
        [:lists.duplicate(missing, char), chars]

      :trailing ->
        [chars | :lists.duplicate(missing, char)]

      :both ->
        half = :lists.duplicate(div(missing, 2), char)
        [half, chars, half | if(rem(missing, 2) == 1, do: [char], else: [])]
    end
  end

  @blanks [" ", "\t", "\n", "\r", "\v", "\f", "\r\n", <<0x85::utf8>>, <<0x200E::utf8>>, <<0x200F::utf8>>, <<0x2028::utf8>>, <<0x2029::utf8>>]

  def trim(chars), do: trim(chars, :both)
  def trim(chars, direction), do: trim(chars, direction, nil)

  def trim(chars, direction, what) do
    set = if what == nil, do: @blanks, else: set(what)
    graphemes = String.graphemes(text(chars))
    graphemes = if direction in [:both, :leading], do: Enum.drop_while(graphemes, &(&1 in set)), else: graphemes

    graphemes =
      if direction in [:both, :trailing],
        do: graphemes |> Enum.reverse() |> Enum.drop_while(&(&1 in set)) |> Enum.reverse(),
        else: graphemes

    like(chars, Enum.join(graphemes))
  end

  defp set(chars), do: Enum.map(chars, &text(List.wrap(&1)))

  def chomp(chars), do: like(chars, Regex.replace(~r/(\r?\n)+\z/, text(chars), ""))
  def take(chars, what), do: take(chars, what, false, :leading)
  def take(chars, what, complement), do: take(chars, what, complement, :leading)

  def take(chars, what, complement, direction) do
    set = set(what)
    inside = fn g -> g in set != complement end
    graphemes = String.graphemes(text(chars))

    case direction do
      :leading ->
        {a, b} = Enum.split_while(graphemes, inside)
        {like(chars, Enum.join(a)), like(chars, Enum.join(b))}

      :trailing ->
        {b, a} = graphemes |> Enum.reverse() |> Enum.split_while(inside)
        {like(chars, a |> Enum.reverse() |> Enum.join()), like(chars, b |> Enum.reverse() |> Enum.join())}
    end
  end

  def uppercase(chars), do: like(chars, String.upcase(text(chars)))
  def lowercase(chars), do: like(chars, String.downcase(text(chars)))
  def casefold(chars), do: like(chars, String.downcase(text(chars)))

  def titlecase(chars) do
    case String.next_codepoint(text(chars)) do
      nil -> chars
      {first, rest} -> like(chars, String.capitalize(first) <> rest)
    end
  end

  def to_integer(chars), do: number(chars, ~r/\A[+-]?\d+/, &String.to_integer/1)
  def to_float(chars), do: number(chars, ~r/\A[+-]?\d+[.,]\d+([eE][+-]?\d+)?/, &String.to_float(String.replace(&1, ",", ".")))

  defp number(chars, pattern, fun) do
    text = text(chars)

    case Regex.run(pattern, text) do
      [found | _] -> {fun.(found), like(chars, binary_part(text, byte_size(found), byte_size(text) - byte_size(found)))}
      nil -> {:error, if(text in ["", nil], do: :no_float, else: kind(fun))}
    end
  rescue
    ArgumentError -> {:error, :badarg}
  end

  defp kind(fun), do: if(fun == (&String.to_integer/1), do: :no_integer, else: :no_float)

  def prefix(chars, prefix) do
    {text, start} = {text(chars), text(prefix)}
    if String.starts_with?(text, start), do: like(chars, String.slice(text, String.length(start)..-1//1)), else: :nomatch
  end

  def split(chars, pattern), do: split(chars, pattern, :leading)

  def split(chars, pattern, where) do
    {text, pattern} = {text(chars), text(pattern)}

    parts =
      case where do
        _ when pattern == "" -> [text]
        :all -> String.split(text, pattern)
        :leading -> String.split(text, pattern, parts: 2)
        :trailing -> split_last(text, pattern)
      end

    Enum.map(parts, &like(chars, &1))
  end

  defp split_last(text, pattern) do
    case List.last(:binary.matches(text, pattern)) do
      nil -> [text]
      {at, size} -> [binary_part(text, 0, at), binary_part(text, at + size, byte_size(text) - at - size)]
    end
  end

  def replace(chars, pattern, replacement), do: replace(chars, pattern, replacement, :leading)

  def replace(chars, pattern, replacement, where) do
    chars |> split(pattern, where) |> Enum.intersperse(replacement)
  end

  def lexemes(chars, separators) when is_list(separators), do: chars |> pieces(separators) |> Enum.reject(&(&1 == "")) |> Enum.map(&like(chars, &1))

  defp pieces(chars, separators) do
    set = set(separators)

    chars
    |> text()
    |> String.graphemes()
    |> Enum.chunk_by(&(&1 in set))
    |> Enum.reject(fn [first | _] -> first in set end)
    |> Enum.map(&Enum.join/1)
  end

  def nth_lexeme(chars, n, separators) when is_list(separators), do: chars |> lexemes(separators) |> Enum.at(n - 1, like(chars, ""))
  def find(chars, pattern), do: find(chars, pattern, :leading)

  def find(chars, pattern, where) do
    {text, pattern} = {text(chars), text(pattern)}

    case {pattern, where} do
      {"", _} -> chars
      {_, :leading} -> found(chars, text, :binary.match(text, pattern))
      {_, :trailing} -> found(chars, text, List.last(:binary.matches(text, pattern)) || :nomatch)
    end
  end

  defp found(_, _, :nomatch), do: :nomatch
  defp found(chars, text, {at, _}), do: like(chars, binary_part(text, at, byte_size(text) - at))

  def next_grapheme(chars) do
    case String.next_grapheme(text(chars)) do
      nil -> like(chars, "")
      {first, rest} -> [grapheme(first) | like(chars, rest)]
    end
  end

  def next_codepoint(chars) do
    case String.next_codepoint(text(chars)) do
      nil -> like(chars, "")
      {<<c::utf8>>, rest} -> [c | like(chars, rest)]
    end
  end

  # The older functions take lists of characters only.

  def len(chars), do: :erlang.length(chars)
  def concat(a, b), do: a ++ b
  def chr(chars, c), do: (Enum.find_index(chars, &(&1 == c)) || -1) + 1

  def rchr(chars, c) do
    case Enum.find_index(Enum.reverse(chars), &(&1 == c)) do
      nil -> 0
      i -> :erlang.length(chars) - i
    end
  end

  def str(chars, part), do: position(chars, part, 1)
  defp position(chars, part, at) do
    cond do
      :lists.prefix(part, chars) -> at
      chars == [] -> 0
      true -> position(tl(chars), part, at + 1)
    end
  end

  def rstr(chars, part), do: last_position(chars, part, 1, 0)

  defp last_position(chars, part, at, last) do
    last = if :lists.prefix(part, chars), do: at, else: last
    if chars == [], do: last, else: last_position(tl(chars), part, at + 1, last)
  end

  def span(chars, set), do: chars |> Enum.take_while(&(&1 in set)) |> Kernel.length()
  def cspan(chars, set), do: chars |> Enum.take_while(&(&1 not in set)) |> Kernel.length()
  def substr(chars, start) when is_integer(start) and start > 0, do: Enum.drop(chars, start - 1)
  def substr(chars, start, length) when is_integer(start) and start > 0, do: chars |> Enum.drop(start - 1) |> Enum.take(length)
  def sub_string(chars, start), do: substr(chars, start)
  def sub_string(chars, start, stop), do: substr(chars, start, stop - start + 1)
  def tokens(chars, separators), do: chars |> Enum.chunk_by(&(&1 in separators)) |> Enum.reject(fn [c | _] -> c in separators end)
  def join([], separator) when is_list(separator), do: []
  def join([first | rest], separator), do: first ++ Enum.flat_map(rest, &(separator ++ &1))
  def chars(c, n) when is_integer(c) and is_integer(n) and n >= 0, do: :lists.duplicate(n, c)
  def chars(c, n, tail), do: chars(c, n) ++ tail
  def copies(chars, n) when is_list(chars) and n >= 0, do: :lists.append(:lists.duplicate(n, chars))
  def words(chars), do: words(chars, ?\s)
  def words(chars, c), do: Kernel.length(tokens(chars, [c]))
  def sub_word(chars, n), do: sub_word(chars, n, ?\s)
  def sub_word(chars, n, c), do: Enum.at(tokens(chars, [c]), n - 1, [])
  def strip(chars), do: strip(chars, :both, ?\s)
  def strip(chars, where), do: strip(chars, where, ?\s)

  def strip(chars, where, c) do
    chars = if where in [:both, :left], do: Enum.drop_while(chars, &(&1 == c)), else: chars
    if where in [:both, :right], do: chars |> Enum.reverse() |> Enum.drop_while(&(&1 == c)) |> Enum.reverse(), else: chars
  end

  def left(chars, n), do: left(chars, n, ?\s)
  def left(chars, n, c), do: Enum.take(chars ++ :lists.duplicate(max(n - :erlang.length(chars), 0), c), n)
  def right(chars, n), do: right(chars, n, ?\s)
  def right(chars, n, c), do: :lists.duplicate(max(n - :erlang.length(chars), 0), c) ++ Enum.drop(chars, max(:erlang.length(chars) - n, 0))
  def centre(chars, n), do: centre(chars, n, ?\s)

  def centre(chars, n, c) do
    missing = n - :erlang.length(chars)

    if missing < 0,
      do: substr(chars, div(-missing, 2) + 1, n),
      else: :lists.duplicate(div(missing, 2), c) ++ chars ++ :lists.duplicate(missing - div(missing, 2), c)
  end

  def to_upper(c) when is_integer(c), do: if(c in ?a..?z or (c in 0xE0..0xFE and c != 0xF7), do: c - 32, else: c)
  def to_upper(chars), do: Enum.map(chars, &to_upper/1)
  def to_lower(c) when is_integer(c), do: if(c in ?A..?Z or (c in 0xC0..0xDE and c != 0xD7), do: c + 32, else: c)
  def to_lower(chars), do: Enum.map(chars, &to_lower/1)
  def list_to_integer(chars), do: to_integer(chars)
  def list_to_float(chars), do: to_float(chars)
end

defmodule :base64 do
  def encode(data), do: Base.encode64(:erlang.iolist_to_binary(data))
  def encode_to_string(data), do: :erlang.binary_to_list(encode(data))
  def decode(text), do: decoded(clean(text))
  def decode_to_string(text), do: :erlang.binary_to_list(decode(text))
  def mime_decode(text), do: text |> :erlang.iolist_to_binary() |> String.replace(~r{[^A-Za-z0-9+/=]}, "") |> decoded()
  def mime_decode_to_string(text), do: :erlang.binary_to_list(mime_decode(text))
  defp clean(text), do: text |> :erlang.iolist_to_binary() |> String.replace([" ", "\t", "\n", "\r"], "")

  defp decoded(text) do
    case Base.decode64(text) do
      {:ok, data} -> data
      :error -> :erlang.error(:missing_padding)
    end
  end
end
