defmodule OptionParser.ParseError do
  defexception [:message]
end

defmodule OptionParser do
  # --name value, --name=value, --no-name, -n and -abc, checked against types if there are any.

  def parse(argv, options \\ []) when is_list(argv) and is_list(options), do: parsed(argv, settings(options), :all)

  def parse!(argv, options \\ []) when is_list(argv) and is_list(options) do
    case parse(argv, options) do
      {parsed, arguments, []} -> {parsed, arguments}
      {_, _, errors} -> raise OptionParser.ParseError, message: problem(errors, options)
    end
  end

  def parse_head(argv, options \\ []) when is_list(argv) and is_list(options), do: parsed(argv, settings(options), :head)

  def parse_head!(argv, options \\ []) when is_list(argv) and is_list(options) do
    case parse_head(argv, options) do
      {parsed, arguments, []} -> {parsed, arguments}
      {_, _, errors} -> raise OptionParser.ParseError, message: problem(errors, options)
    end
  end

  defp settings(options) do
    {switches, strict} =
      case {options[:switches], options[:strict]} do
        {nil, nil} ->
          {[], false}

        {switches, nil} ->
          {switches, false}

        {nil, strict} ->
          {strict, true}

        _ ->
          raise ArgumentError, ":switches and :strict cannot be given together"
      end

    %{
      switches: Enum.map(switches, fn {name, type} -> {name, List.wrap(type)} end),
      strict: strict,
      aliases: options[:aliases] || [],
      existing: not Keyword.get(options, :allow_nonexistent_atoms, false),
      returns_separator: options[:return_separator] || false
    }
  end

  defp parsed(argv, settings, until), do: parsed(argv, settings, until, [], [], [])

  defp parsed([], _, _, options, arguments, errors) do
    {Enum.reverse(options), Enum.reverse(arguments), Enum.reverse(errors)}
  end

  defp parsed(argv, settings, until, options, arguments, errors) do
    case next_with(argv, settings) do
      {:ok, name, value, rest} ->
        types = type(settings, name)
        value = if :count in types and is_integer(value) and value > 0, do: Keyword.get(options, name, 0) + value, else: value
        kept = if :keep in types, do: options, else: Keyword.delete(options, name)
        parsed(rest, settings, until, [{name, value} | kept], arguments, errors)

      {:invalid, name, value, rest} ->
        parsed(rest, settings, until, options, arguments, [{name, value} | errors])

      {:undefined, name, _value, rest} ->
        parsed(rest, settings, until, options, arguments, if(settings.strict, do: [{name, nil} | errors], else: errors))

      {:error, ["--" | rest]} ->
        rest = if settings.returns_separator, do: ["--" | rest], else: rest
        {Enum.reverse(options), Enum.reverse(arguments, rest), Enum.reverse(errors)}

      {:error, [argument | rest]} ->
        if until == :head,
          do: {Enum.reverse(options), Enum.reverse(arguments, [argument | rest]), Enum.reverse(errors)},
          else: parsed(rest, settings, until, options, [argument | arguments], errors)
    end
  end

  def next(argv, options \\ []) when is_list(argv) and is_list(options), do: next_with(argv, settings(options))

  defp next_with([], _), do: {:error, []}
  defp next_with(["--" | _] = argv, _), do: {:error, argv}
  defp next_with(["-" | _] = argv, _), do: {:error, argv}

  defp next_with(["- " <> _ | _] = argv, _), do: {:error, argv}

  defp next_with(["-" <> option | rest] = argv, settings) do
    {option, value} = split_value(option)
    tagged = tag(option, settings)

    case tagged do
      :number ->
        {:error, argv}

      :undefined ->
        {_, rest} = if value == nil and not settings.strict and false, do: {nil, rest}, else: {value, rest}
        {:undefined, "-" <> option, value, rest}

      {:many, names} when value == nil ->
        next_with(Enum.map(names, &("-" <> &1)) ++ rest, settings)

      {:many, names} ->
        {last, first} = List.pop_at(names, -1)
        next_with(Enum.map(first, &("-" <> &1)) ++ ["-" <> last <> "=" <> value] ++ rest, settings)

      {:named, name, negated?, types} ->
        taken(name, negated?, types, value, rest, "-" <> option)
    end
  end

  defp next_with(argv, _), do: {:error, argv}

  defp split_value(option) do
    case String.split(option, "=", parts: 2) do
      [option] -> {option, nil}
      [option, value] -> {option, value}
    end
  end

  defp tag("-no-" <> name, settings) do
    with false <- known(settings, "no-" <> name), {:named, atom, _, types} <- named(name, settings) do
      if types == [] or :boolean in types, do: {:named, atom, true, types}, else: :undefined
    else
      {:named, _, _, _} = named -> named
      other -> other
    end
  end

  defp tag("-" <> name, settings), do: named(name, settings)

  defp tag(letters, settings) do
    cond do
      Regex.match?(~r/^\d+(\.\d+)?$/, letters) and alias_of(letters, settings) == nil -> :number
      (name = alias_of(letters, settings)) && settings.strict && type(settings, name) == [] -> :undefined
      name = alias_of(letters, settings) -> {:named, name, false, type(settings, name)}
      String.length(letters) == 1 -> :undefined
      String.contains?(letters, "-") -> :undefined
      true -> many(letters, settings)
    end
  end

  defp many(letters, settings) do
    names = String.graphemes(letters)

    cond do
      Enum.all?(names, &alias_of(&1, settings)) -> {:many, names}
      true -> {:many, names}
    end
  end

  defp alias_of(letters, settings) do
    case to_atom(letters, settings) do
      nil -> nil
      atom -> settings.aliases[atom]
    end
  end

  defp known(settings, name) do
    case to_atom(String.replace(name, "-", "_"), settings) do
      nil -> false
      atom -> if Keyword.has_key?(settings.switches, atom), do: {:named, atom, false, type(settings, atom)}, else: false
    end
  end

  defp named(name, settings) do
    atom = if String.contains?(name, "_"), do: nil, else: to_atom(String.replace(name, "-", "_"), settings)

    cond do
      atom == nil -> :undefined
      settings.strict and not Keyword.has_key?(settings.switches, atom) -> :undefined
      true -> {:named, atom, false, type(settings, atom)}
    end
  end

  defp to_atom(text, %{existing: false}), do: String.to_atom(text)

  defp to_atom(text, settings) do
    Enum.find(Keyword.keys(settings.switches) ++ Keyword.keys(settings.aliases), &(Atom.to_string(&1) == text)) || String.to_existing_atom(text)
  rescue
    ArgumentError -> nil
  end

  defp type(settings, name), do: settings.switches[name] || []

  defp taken(name, true, types, nil, rest, _), do: {:ok, name, if(:count in types, do: 0, else: false), rest}
  defp taken(_, true, _, value, rest, option), do: {:invalid, option, value, rest}

  defp taken(name, false, types, value, rest, option) do
    kind = List.first(types -- [:keep])

    cond do
      kind in [:boolean, :count] ->
        converted(name, kind, value || "true", rest, option, value)

      value != nil ->
        converted(name, kind, value, rest, option, value)

      kind == nil and types == [] ->
        case rest do
          [next | others] -> if switch?(next), do: {:ok, name, true, rest}, else: {:ok, name, next, others}
          [] -> {:ok, name, true, rest}
        end

      true ->
        case rest do
          [next | others] -> if switch?(next), do: {:invalid, option, nil, rest}, else: converted(name, kind, next, others, option, next)
          [] -> {:invalid, option, nil, rest}
        end
    end
  end

  defp switch?("-"), do: false
  defp switch?("-" <> rest), do: not Regex.match?(~r/^\d/, rest)
  defp switch?(_), do: false

  defp converted(name, kind, text, rest, option, given) do
    result =
      case kind do
        :boolean when text in ["true", "t"] -> {:ok, true}
        :boolean when text in ["false", "f"] -> {:ok, false}
        :count -> if given == nil, do: {:ok, 1}, else: :error
        :integer -> whole(Integer.parse(text))
        :float -> whole(Float.parse(text))
        _ when kind in [:string, nil] -> {:ok, text}
        _ -> :error
      end

    case result do
      {:ok, value} -> {:ok, name, value, rest}
      :error -> {:invalid, option, given, rest}
    end
  end

  defp whole({value, ""}), do: {:ok, value}
  defp whole(_), do: :error

  defp problem(errors, options) do
    types = options[:switches] || options[:strict] || []
    count = length(errors)
    intro = if count == 1, do: "1 error found!", else: "#{count} errors found!"

    Enum.join([intro | Enum.map(errors, fn {name, value} -> one_problem(name, value, types, options[:aliases] || []) end)], "\n")
  end

  defp one_problem(option, value, types, aliases) do
    name = option |> String.trim_leading("-") |> String.replace("-", "_")
    known = Enum.find(Keyword.keys(types), &(Atom.to_string(&1) == name)) || Enum.find_value(aliases, fn {short, long} -> if Atom.to_string(short) == name, do: long end)
    type = known && types[known]

    cond do
      type == nil -> "#{option} : Unknown option"
      value == nil -> "#{option} : Missing argument of type #{kind_text(type)}"
      true -> "#{option} : Expected type #{kind_text(type)}, got #{inspect(value)}"
    end
  end

  defp kind_text(types), do: types |> List.wrap() |> Enum.find(&(&1 != :keep)) |> to_string()

  def to_argv(enumerable, options \\ []) do
    counts = for {name, :count} <- options[:switches] || [], do: name

    Enum.flat_map(enumerable, fn
      {_, nil} -> []
      {name, true} -> [switch(name)]
      {name, false} -> ["--no-" <> binary_part(switch(name), 2, byte_size(switch(name)) - 2)]
      {name, n} when is_integer(n) -> if name in counts, do: List.duplicate(switch(name), n), else: [switch(name), to_string(n)]
      {name, value} -> [switch(name), to_string(value)]
    end)
  end

  defp switch(name), do: "--" <> (name |> Atom.to_string() |> String.replace("_", "-"))

  # Words of a command line, with quotes and backslashes as a shell has them.
  def split(text) when is_binary(text), do: words(String.trim_leading(text, " "), "", [], false)

  defp words("", "", acc, false), do: Enum.reverse(acc)
  defp words("", word, acc, false), do: Enum.reverse([word | acc])
  defp words("", _, _, marker), do: raise("argv string did not end properly, got: #{inspect(marker)}") |> then(& &1)
  defp words("\\\"" <> rest, word, acc, quoted), do: words(rest, word <> "\"", acc, quoted)
  defp words("\"" <> rest, word, acc, false), do: words(rest, word, acc, :double)
  defp words("\"" <> rest, word, acc, :double), do: after_quote(rest, word, acc)
  defp words("'" <> rest, word, acc, false), do: words(rest, word, acc, :single)
  defp words("'" <> rest, word, acc, :single), do: after_quote(rest, word, acc)
  defp words(" " <> rest, word, acc, false), do: words(String.trim_leading(rest, " "), "", if(word == "", do: acc, else: [word | acc]), false)
  defp words(<<c::utf8, rest::binary>>, word, acc, quoted), do: words(rest, <<word::binary, c::utf8>>, acc, quoted)

  defp after_quote("", word, acc), do: Enum.reverse([word | acc])
  defp after_quote(" " <> rest, word, acc), do: words(String.trim_leading(rest, " "), "", [word | acc], false)
  defp after_quote(rest, word, acc), do: words(rest, word, acc, false)
end
