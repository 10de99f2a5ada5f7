defmodule IO.ANSI.Docs do
  # Shows documentation in Markdown on a terminal without colours: headings in the middle, paragraphs broken into lines, lists
  # and code set in. https://hexdocs.pm/iex/1.14/IEx.Helpers.html#h/1

  def print_headings(headings, options \\ []) do
    width = width(options)

    for heading <- headings do
      IO.puts(["\n", String.duplicate(" ", max(div(width - String.length(heading), 2), 0)), heading])
    end

    IO.puts("")
  end

  def print_metadata(metadata, _options \\ []) when is_map(metadata) do
    case for({key, value} <- metadata, text = metadatum(key, value), do: "#{key}: #{text}") do
      [] -> :ok
      lines -> Enum.each(lines ++ [""], &IO.puts/1)
    end
  end

  defp metadatum(:guard, true), do: "true"
  defp metadatum(:delegate_to, {module, name, arity}), do: Exception.format_mfa(module, name, arity)
  defp metadatum(key, value) when key in [:since, :deprecated] and is_binary(value), do: value
  defp metadatum(_, _), do: nil

  def print(text, "text/markdown", options), do: print(text, options)

  def print(text, options) when is_binary(text) do
    text |> String.split(["\r\n", "\n"]) |> blocks("", width(options))
  end

  defp width(options), do: Keyword.get(options, :width, 80)

  # One block after the other; in front of its lines stands what sets them in.

  defp blocks([], _, _), do: :ok
  defp blocks(["" | rest], indent, width), do: blocks(rest, indent, width)

  defp blocks(["#" <> _ = heading | rest], indent, width) do
    puts([String.trim_trailing(heading)], indent)
    blocks(rest, indent, width)
  end

  defp blocks(["```" <> _ | rest], indent, width) do
    {code, rest} = Enum.split_while(rest, &(not String.starts_with?(&1, "```")))
    code(code, indent)
    blocks(Enum.drop(rest, 1), indent, width)
  end

  defp blocks(["    " <> _ | _] = lines, indent, width) do
    {code, rest} = Enum.split_while(lines, &(&1 == "" or String.starts_with?(&1, "    ")))
    ended = Enum.drop_while(Enum.reverse(code), &(&1 == ""))
    code(ended |> Enum.reverse() |> Enum.map(&String.slice(&1, 4..-1)), indent)
    if rest == [] and length(ended) < length(code), do: IO.puts("")
    blocks(rest, indent, width)
  end

  defp blocks(["> " <> line | rest], indent, width) do
    {more, rest} = Enum.split_while(rest, &String.starts_with?(&1, ">"))
    quoted = [line | Enum.map(more, &String.trim_leading(&1, ">"))]
    puts(wrapped(quoted, width - 3 - String.length(indent)), indent <> "> ")
    blocks(rest, indent, width)
  end

  defp blocks(["|" <> _ | _] = lines, indent, width) do
    {rows, rest} = Enum.split_while(lines, &String.starts_with?(&1, "|"))
    table(rows, indent)
    blocks(rest, indent, width)
  end

  defp blocks([line | _] = lines, indent, width) do
    case bullet(line) do
      nil ->
        {paragraph, rest} = Enum.split_while(lines, &paragraph?/1)
        puts(wrapped(paragraph, width - 1 - String.length(indent)), indent)
        blocks(rest, indent, width)

      _ ->
        {items, rest} = items(lines, [])
        Enum.each(items, &item(&1, indent <> "  ", width))
        IO.puts("")
        if rest == [] and List.last(lines) == "", do: IO.puts("")
        blocks(rest, indent, width)
    end
  end

  defp paragraph?(line), do: line != "" and not String.starts_with?(line, ["#", "```", "> "]) and bullet(line) == nil

  # Lists

  defp bullet(line) do
    case Regex.run(~r/^([*+-]|\d+\.) +/, line) do
      [all, mark] -> {mark, String.length(all)}
      nil -> nil
    end
  end

  # An item goes on as long as lines are set in, or empty and followed by one that is.
  defp items([line | rest] = lines, found) do
    case bullet(line) do
      nil ->
        {Enum.reverse(found), lines}

      {mark, size} ->
        {more, rest} = continued(rest, [])
        mark = if mark in ["-", "+"], do: "*", else: mark
        body = [String.slice(line, size..-1) | Enum.map(more, &outdented(&1, size))]
        spaced? = match?(["" | _], rest) and next_item?(rest)
        rest = if next_item?(rest), do: Enum.drop_while(rest, &(&1 == "")), else: rest
        items(rest, [{mark, body, spaced?} | found])
    end
  end

  defp items([], found), do: {Enum.reverse(found), []}

  defp continued(["  " <> _ = line | rest], found), do: continued(rest, [line | found])

  defp continued(["" | rest] = lines, found) do
    case Enum.drop_while(rest, &(&1 == "")) do
      ["  " <> _ | _] = more -> continued(more, ["" | found])
      _ -> {Enum.reverse(found), lines}
    end
  end

  defp continued([line | rest] = lines, found) do
    if paragraph?(line), do: continued(rest, [line | found]), else: {Enum.reverse(found), lines}
  end

  defp continued([], found), do: {Enum.reverse(found), []}

  defp next_item?(lines) do
    case Enum.drop_while(lines, &(&1 == "")) do
      [line | _] -> bullet(line) != nil
      [] -> false
    end
  end

  defp outdented(line, size), do: String.replace(line, ~r/^ {0,#{size}}/, "")

  defp item({mark, body, spaced?}, indent, width) do
    {first, rest} = Enum.split_while(body, &paragraph?/1)
    inner = indent <> String.duplicate(" ", String.length(mark) + 1)
    [line | lines] = wrapped(first, width - 1 - String.length(inner))
    IO.puts([indent, mark, " ", line])
    for line <- lines, do: IO.puts([inner, line])

    case Enum.drop_while(rest, &(&1 == "")) do
      [] ->
        :ok

      [next | _] = more ->
        if bullet(next), do: more |> items([]) |> elem(0) |> Enum.each(&item(&1, inner, width)), else: blocks(more, inner, width)
    end

    if spaced?, do: IO.puts("")
  end

  # Tables: each column as wide as its widest cell.

  defp table(rows, indent) do
    cells = for row <- rows, not Regex.match?(~r/^[|: -]+$/, row), do: row |> String.trim("|") |> String.split("|") |> Enum.map(&inline(String.trim(&1)))
    widths = cells |> Enum.zip_with(fn column -> column |> Enum.map(&String.length/1) |> Enum.max() end)
    puts(for(row <- cells, do: row |> Enum.zip_with(widths, &String.pad_trailing/2) |> Enum.join(" | ")), indent)
  end

  # Lines

  defp code(lines, indent), do: puts(lines, indent <> "    ")

  defp puts(lines, indent) do
    for line <- lines, do: IO.puts([indent, line])
    IO.puts("")
  end

  defp wrapped(lines, width) do
    lines
    |> Enum.join(" ")
    |> inline()
    |> String.split(" ", trim: true)
    |> Enum.reduce([], fn
      word, [line | lines] ->
        if String.length(line) + 1 + String.length(word) <= width, do: [line <> " " <> word | lines], else: [word, line | lines]

      word, [] ->
        [word]
    end)
    |> Enum.reverse()
    |> case do
      [] -> [""]
      some -> some
    end
  end

  # A link is shown with its address behind it; a backslash stands for what follows it.
  defp inline(text) do
    text
    |> String.replace(~r/\[([^\]]*)\]\(([^)]*)\)/, "\\1 (\\2)")
    |> String.replace(~r/\\(.)/, "\\1")
  end
end
