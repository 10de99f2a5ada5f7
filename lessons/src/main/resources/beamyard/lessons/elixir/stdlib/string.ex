defmodule String do
  # The clauses of the real ones, so that what they refuse is told in the same words.

  def to_atom(string), do: :erlang.binary_to_atom(string)
  def to_existing_atom(string), do: :erlang.binary_to_existing_atom(string)
  def split(binary) when is_binary(binary), do: :beamyard_string.split(binary)
  def split(_), do: raise(ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: not a binary\n")
  def upcase(string, mode \\ :default)
  def upcase("", _), do: ""
  def upcase(string, mode) when is_binary(string) and mode in [:default, :ascii, :greek, :turkic], do: :beamyard_string.upcase(string, mode)
  def downcase(string, mode \\ :default)
  def downcase("", _), do: ""
  def downcase(string, mode) when is_binary(string) and mode in [:default, :ascii, :greek, :turkic], do: :beamyard_string.downcase(string, mode)
  def capitalize(string, mode \\ :default) when is_binary(string), do: :beamyard_string.capitalize(string, mode)
  def printable?(string, limit \\ :infinity)

  def printable?(string, limit) when is_binary(string) and (limit == :infinity or (is_integer(limit) and limit >= 0)),
    do: :beamyard_string.printable?(string, limit)

  def valid?(string) when is_binary(string), do: :beamyard_string.valid?(string)
  def valid?(_), do: false

  def to_charlist(string) when is_binary(string) do
    case :unicode.characters_to_list(string) do
      chars when is_list(chars) -> chars
      {kind, encoded, rest} when kind in [:error, :incomplete] ->
        raise UnicodeConversionError, encoded: encoded, rest: rest, kind: if(kind == :error, do: :invalid, else: :incomplete)
    end
  end

  # What needs Unicode tables is written in Java; this is composed of it.

  def at(string, index) when is_binary(string) and is_integer(index), do: Enum.at(String.graphemes(string), index)
  def first(string) when is_binary(string), do: List.first(String.graphemes(string))
  def last(string) when is_binary(string), do: List.last(String.graphemes(string))
  def duplicate(subject, n) when is_integer(n) and n >= 0, do: :binary.copy(subject, n)
  def to_integer(string) when is_binary(string), do: :erlang.binary_to_integer(string)
  def to_integer(string, base) when is_binary(string) and is_integer(base),
    do: :erlang.binary_to_integer(string, base)
  def to_float(string) when is_binary(string), do: :erlang.binary_to_float(string)
  def next_grapheme_size(string) when is_binary(string) do
    case String.next_grapheme(string) do
      nil -> nil
      {first, rest} -> {byte_size(first), rest}
    end
  end

  def slice(string, first..last//step) when is_binary(string) do
    graphemes = String.graphemes(string)
    range = if step == -1 and first >= 0 and last < 0, do: %Range{first: first, last: last, step: 1}, else: %Range{first: first, last: last, step: step}
    graphemes |> Enum.slice(range) |> Enum.join()
  end

  def __binary_slice__(binary, start, size) when is_binary(binary) do
    total = byte_size(binary)
    from = if start < 0, do: max(total + start, 0), else: min(start, total)
    :erlang.binary_part(binary, from, max(min(size, total - from), 0))
  end

  def __binary_slice__(_, _.._//step = range) when step < 0,
    do: raise(ArgumentError, "binary_slice/2 does not accept ranges with negative steps, got: #{inspect(range)}")

  def __binary_slice__(binary, first..last//step) do
    total = byte_size(binary)
    from = if first < 0, do: max(total + first, 0), else: first
    to = if last < 0, do: total + last, else: last
    slice = __binary_slice__(binary, from, max(to - from + 1, 0))
    if step == 1, do: slice, else: slice |> :erlang.binary_to_list() |> Enum.take_every(step) |> :erlang.list_to_binary()
  end

  def __matches__(left, "") when is_binary(left), do: true
  def __matches__(left, right) when is_binary(left) and is_binary(right), do: :binary.match(left, right) != :nomatch
  def __matches__(left, right) when is_binary(left), do: Regex.match?(right, left)

  def contains?(string, contents) when is_binary(string) and is_list(contents),
    do: Enum.any?(contents, &contains?(string, &1))

  def contains?(string, "") when is_binary(string), do: true
  def contains?(string, contents) when is_binary(string), do: :binary.match(string, contents) != :nomatch

  def starts_with?(string, prefix) when is_binary(string) and is_binary(prefix) do
    size = byte_size(prefix)
    byte_size(string) >= size and :erlang.binary_part(string, 0, size) == prefix
  end

  def starts_with?(string, prefixes) when is_binary(string) and is_list(prefixes),
    do: Enum.any?(prefixes, &starts_with?(string, &1))

  def starts_with?(string, pattern) when is_binary(string), do: match?({0, _}, :binary.match(string, pattern))

  def ends_with?(string, suffix) when is_binary(string) and is_binary(suffix) do
    size = byte_size(suffix)
    total = byte_size(string)
    total >= size and :erlang.binary_part(string, total - size, size) == suffix
  end

  def ends_with?(string, suffixes) when is_binary(string) and is_list(suffixes),
    do: Enum.any?(suffixes, &ends_with?(string, &1))

  def match?(string, regex) when is_binary(string), do: Regex.match?(regex, string)

  def split(string, pattern, options \\ [])

  def split(string, %{__struct__: Regex} = pattern, options) when is_binary(string), do: Regex.split(pattern, string, options)

  def split(string, pattern, options) when is_binary(string) and pattern in ["", [""]] do
    graphemes = String.graphemes(string)

    all = if options[:trim], do: graphemes, else: ["" | graphemes]

    case parts_to_index(Keyword.get(options, :parts, :infinity)) do
      n when n > 0 and n <= length(all) ->
        {front, rest} = Enum.split(all, n - 1)
        front ++ [IO.iodata_to_binary(rest)]

      _ ->
        if options[:trim], do: all, else: all ++ [""]
    end
  end

  def split(string, [], options) when is_binary(string), do: if(options[:trim] && string == "", do: [], else: [string])

  def split(string, pattern, options) when is_binary(string) do
    trim = Keyword.get(options, :trim, false)

    case parts_to_index(Keyword.get(options, :parts, :infinity)) do
      n when n > 0 -> split_parts(string, pattern, n, trim)
      0 -> :binary.split(string, pattern, if(trim, do: [:global, :trim_all], else: [:global]))
    end
  end

  defp parts_to_index(:infinity), do: 0
  defp parts_to_index(n) when is_integer(n) and n > 0, do: n

  defp split_parts("", _, _, true), do: []
  defp split_parts(string, _, 1, _), do: [string]

  defp split_parts(string, pattern, n, trim) do
    case :binary.split(string, pattern) do
      ["", rest] when trim -> split_parts(rest, pattern, n, trim)
      [part, rest] -> [part | split_parts(rest, pattern, n - 1, trim)]
      [whole] -> [whole]
    end
  end

  def splitter(string, pattern, options \\ []) when is_binary(string) and is_list(options) do
    parts = split(string, pattern, Keyword.take(options, [:trim]))
    &Enumerable.List.reduce(parts, &1, &2)
  end

  def split_at(string, position) when is_binary(string) and is_integer(position) do
    {left, right} = string |> String.graphemes() |> Enum.split(position)
    {Enum.join(left), Enum.join(right)}
  end

  def replace(subject, pattern, replacement, options \\ [])

  def replace(subject, %{__struct__: Regex} = pattern, replacement, options) when is_binary(subject),
    do: Regex.replace(pattern, subject, replacement, options)

  def replace(subject, [], _, _) when is_binary(subject), do: subject

  def replace(subject, "", replacement, options) when is_binary(subject) and is_binary(replacement) do
    if Keyword.get(options, :global, true) do
      IO.iodata_to_binary([replacement | Enum.map(String.graphemes(subject), &[&1, replacement])])
    else
      replacement <> subject
    end
  end

  def replace(subject, pattern, replacement, options) when is_binary(subject) and is_binary(replacement) do
    :binary.replace(subject, pattern, replacement, if(Keyword.get(options, :global, true), do: [:global], else: []))
  end

  def replace(subject, pattern, replacement, options) when is_binary(subject) and is_function(replacement, 1) do
    matches =
      if Keyword.get(options, :global, true) do
        :binary.matches(subject, pattern)
      else
        case :binary.match(subject, pattern) do
          :nomatch -> []
          match -> [match]
        end
      end

    IO.iodata_to_binary(replace_matches(subject, 0, matches, replacement))
  end

  defp replace_matches(subject, from, [], _), do: [:erlang.binary_part(subject, from, byte_size(subject) - from)]

  defp replace_matches(subject, from, [{start, size} | rest], replacement) do
    [
      :erlang.binary_part(subject, from, start - from),
      replacement.(:erlang.binary_part(subject, start, size))
      | replace_matches(subject, start + size, rest, replacement)
    ]
  end

  def replace_prefix(string, prefix, replacement) when is_binary(string) and is_binary(prefix) and is_binary(replacement) do
    if starts_with?(string, prefix), do: replacement <> drop_bytes(string, byte_size(prefix)), else: string
  end

  def replace_suffix(string, suffix, replacement) when is_binary(string) and is_binary(suffix) and is_binary(replacement) do
    if ends_with?(string, suffix), do: keep_bytes(string, byte_size(string) - byte_size(suffix)) <> replacement, else: string
  end

  defp drop_bytes(string, n), do: :erlang.binary_part(string, n, byte_size(string) - n)
  defp keep_bytes(string, n), do: :erlang.binary_part(string, 0, n)

  def replace_leading(string, match, _) when is_binary(string) and match == "", do: raise(ArgumentError, "cannot use an empty string as the match to replace")

  def replace_leading(string, match, replacement) when is_binary(string) and is_binary(match) and is_binary(replacement) do
    {n, rest} = count_leading(string, match, 0)
    String.duplicate(replacement, n) <> rest
  end

  defp count_leading(string, match, n) do
    if starts_with?(string, match), do: count_leading(drop_bytes(string, byte_size(match)), match, n + 1), else: {n, string}
  end

  def replace_trailing(_, "", _), do: raise(ArgumentError, "cannot use an empty string as the match to replace")

  def replace_trailing(string, match, replacement) when is_binary(string) and is_binary(match) and is_binary(replacement) do
    {n, rest} = count_trailing(string, match, 0)
    rest <> String.duplicate(replacement, n)
  end

  defp count_trailing(string, match, n) do
    if ends_with?(string, match),
      do: count_trailing(keep_bytes(string, byte_size(string) - byte_size(match)), match, n + 1),
      else: {n, string}
  end

  def trim(string) when is_binary(string), do: :beamyard_string.trim(string)
  def trim_leading(string), do: String.Break.trim_leading(string)
  def trim_trailing(string), do: String.Break.trim_trailing(string)

  def trim(string, to_trim) when is_binary(string) and is_binary(to_trim),
    do: string |> trim_leading(to_trim) |> trim_trailing(to_trim)
  def trim_leading(string, to_trim) when is_binary(string) and is_binary(to_trim),
    do: replace_leading(string, to_trim, "")
  def trim_trailing(string, to_trim) when is_binary(string) and is_binary(to_trim),
    do: replace_trailing(string, to_trim, "")

  def pad_leading(string, count, padding \\ [" "])
  def pad_leading(string, count, padding) when is_binary(padding), do: pad_leading(string, count, String.graphemes(padding))

  def pad_leading(string, count, [_ | _] = padding) when is_binary(string) and is_integer(count) and count >= 0,
    do: filling(count - String.length(string), padding) <> string

  def pad_trailing(string, count, padding \\ [" "])
  def pad_trailing(string, count, padding) when is_binary(padding), do: pad_trailing(string, count, String.graphemes(padding))

  def pad_trailing(string, count, [_ | _] = padding) when is_binary(string) and is_integer(count) and count >= 0,
    do: string <> filling(count - String.length(string), padding)

  defp filling(n, _) when n <= 0, do: ""
  defp filling(n, padding), do: filling(n, padding, padding, [])
  defp filling(0, _, _, acc), do: IO.iodata_to_binary(:lists.reverse(acc))
  defp filling(n, [], padding, acc), do: filling(n, padding, padding, acc)
  defp filling(n, [x | rest], padding, acc), do: filling(n - 1, rest, padding, [x | acc])

  def chunk(string, :printable), do: chunk_by(string, &String.printable?/1)
  def chunk(string, :valid), do: chunk_by(string, &String.valid?/1)

  defp chunk_by("", _), do: []

  defp chunk_by(string, fun) do
    string
    |> pieces()
    |> Enum.chunk_by(fun)
    |> Enum.map(&IO.iodata_to_binary/1)
  end

  defp pieces(<<c::utf8, rest::binary>>), do: [<<c::utf8>> | pieces(rest)]
  defp pieces(<<c, rest::binary>>), do: [<<c>> | pieces(rest)]
  defp pieces(""), do: []

  def myers_difference(a, b) when is_binary(a) and is_binary(b) do
    for {kind, parts} <- List.myers_difference(String.graphemes(a), String.graphemes(b)), do: {kind, Enum.join(parts)}
  end

  def bag_distance(_, ""), do: 0.0
  def bag_distance("", _), do: 0.0

  def bag_distance(a, b) when is_binary(a) and is_binary(b) do
    {left, right} = {String.graphemes(a), String.graphemes(b)}
    1.0 - max(length(left -- right), length(right -- left)) / max(length(left), length(right))
  end

  def jaro_distance(same, same), do: 1.0
  def jaro_distance(_, ""), do: 0.0
  def jaro_distance("", _), do: 0.0
  def jaro_distance(a, b) when is_binary(a) and is_binary(b), do: :beamyard_string.jaro_distance(a, b)

  # Deprecated, and still there.

  def strip(string), do: trim(string)
  def strip(string, char), do: trim(string, <<char::utf8>>)
  def lstrip(string), do: trim_leading(string)
  def lstrip(string, char), do: trim_leading(string, <<char::utf8>>)
  def rstrip(string), do: trim_trailing(string)
  def rstrip(string, char), do: trim_trailing(string, <<char::utf8>>)
  def ljust(string, count, char \\ ?\s), do: pad_trailing(string, count, <<char::utf8>>)
  def rjust(string, count, char \\ ?\s), do: pad_leading(string, count, <<char::utf8>>)
  def to_char_list(string), do: to_charlist(string)
  def valid_character?(<<_::utf8>>), do: true
  def valid_character?(_), do: false
end

defmodule String.Break do
  def trim_leading(string) when is_binary(string), do: :beamyard_string.trim_leading(string)
  def trim_trailing(string) when is_binary(string), do: :beamyard_string.trim_trailing(string)
end
