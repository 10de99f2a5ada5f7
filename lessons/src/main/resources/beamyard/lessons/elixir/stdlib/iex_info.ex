defprotocol IEx.Info do
  @fallback_to_any true
  # What the helper i tells of a term: pairs of a subject and its text.
  def info(term)
end

defimpl IEx.Info, for: Tuple do
  def info(_), do: [{"Data type", "Tuple"}, {"Reference modules", "Tuple"}]
end

defimpl IEx.Info, for: Integer do
  def info(_), do: [{"Data type", "Integer"}, {"Reference modules", "Integer"}]
end

defimpl IEx.Info, for: Float do
  def info(_), do: [{"Data type", "Float"}, {"Reference modules", "Float"}]
end

defimpl IEx.Info, for: Map do
  def info(_), do: [{"Data type", "Map"}, {"Reference modules", "Map"}]
end

defimpl IEx.Info, for: Reference do
  def info(_), do: [{"Data type", "Reference"}]
end

defimpl IEx.Info, for: Atom do
  def info(atom) do
    [{"Data type", "Atom"}] ++
      cond do
        atom == IEx.dont_display_result() -> told_by_helpers()
        Code.ensure_loaded?(atom) -> module(atom)
        match?("Elixir." <> _, Atom.to_string(atom)) -> [raw(atom), {"Reference modules", "Atom"}]
        true -> [{"Reference modules", "Atom"}]
      end
  end

  defp told_by_helpers() do
    text = "This atom is returned by IEx when a function that should not print its\nreturn value on screen is executed."
    [{"Description", text}, {"Reference modules", "Atom"}]
  end

  defp module(module) do
    documented = if documented?(module), do: "Use h(#{inspect(module)}) to access its documentation.\n", else: ""

    where = :code.which(module)

    [{"Module bytecode", bytecode(where)}] ++
      origin(module, where) ++
      [
        {"Description", documented <> "Call #{inspect(module)}.module_info() to access metadata."},
        raw(module),
        {"Reference modules", "Module, Atom"}
      ]
  end

  defp origin(_, :preloaded), do: for(subject <- ["Source", "Version", "Compile options"], do: {subject, "no value found"})

  defp origin(module, _) do
    compiled = module.module_info(:compile)

    [
      {"Source", compiled[:source] |> to_string() |> Path.relative_to_cwd()},
      {"Version", inspect(module.module_info(:attributes)[:vsn])},
      {"Compile options", inspect(compiled[:options])}
    ]
  end

  defp documented?(module), do: match?({:docs_v1, _, _, _, %{}, _, _}, Code.fetch_docs(module))

  defp bytecode([_ | _] = path), do: to_string(path)
  defp bytecode(other), do: inspect(other)

  defp raw(atom), do: {"Raw representation", ":\"#{Atom.to_string(atom)}\""}
end

defimpl IEx.Info, for: List do
  def info(list) do
    {name, modules} = kind(list)
    [{"Data type", "List"}] ++ description(name, list) ++ [{"Reference modules", modules}]
  end

  defp kind([]), do: {:plain, "List"}

  defp kind(list) do
    cond do
      List.improper?(list) -> {:improper, "List"}
      List.ascii_printable?(list) -> {:printable, "List"}
      Keyword.keyword?(list) -> {:keyword, "Keyword, List"}
      true -> {:plain, "List"}
    end
  end

  defp description(:plain, _), do: []

  defp description(:printable, list) do
    text = """
    This is a list of integers that is printed as a sequence of characters
    delimited by single quotes because all the integers in it represent printable
    ASCII characters. Conventionally, a list of Unicode code points is known as a
    charlist and a list of ASCII characters is a subset of it.
    """

    [{"Description", text}, {"Raw representation", inspect(list, charlists: :as_lists)}]
  end

  defp description(:keyword, _) do
    text = """
    This is what is referred to as a "keyword list". A keyword list is a list
    of two-element tuples where the first element of each tuple is an atom.
    """

    [{"Description", text}]
  end

  defp description(:improper, _) do
    text = """
    This is what is referred to as an "improper list". An improper list is a
    list which its last tail is not to an empty list. For example: [1, 2, 3]
    is a proper list, as it is equivalent to [1, 2, 3 | []], as opposed to
    [1, 2 | 3] which is an improper list since its last tail returns 3.
    """

    [{"Description", text}]
  end
end

defimpl IEx.Info, for: BitString do
  def info(binary) when is_binary(binary) do
    [{"Data type", "BitString"}, {"Byte size", byte_size(binary)}] ++
      cond do
        String.printable?(binary) -> printable(binary)
        String.valid?(binary) -> unprintable(binary)
        true -> bytes(binary)
      end
  end

  def info(bits) do
    text = "This is a bitstring. It's a chunk of bits that are not divisible by 8\n(the number of bytes isn't whole)."
    [{"Data type", "BitString"}, {"Bits size", bit_size(bits)}, {"Description", text}]
  end

  defp printable(binary) do
    text = """
    This is a string: a UTF-8 encoded binary. It's printed surrounded by
    "double quotes" because all UTF-8 encoded code points in it are printable.
    """

    [
      {"Description", text},
      {"Raw representation", inspect(binary, binaries: :as_binaries)},
      {"Reference modules", "String, :binary"}
    ]
  end

  defp unprintable(binary) do
    first = binary |> String.codepoints() |> Enum.find(&(not String.printable?(&1)))

    text = """
    This is a string: a UTF-8 encoded binary. It's printed with the `<<>>`
    syntax (as opposed to double quotes) because it contains non-printable
    UTF-8 encoded code points (the first non-printable code point being
    `#{inspect(first, binaries: :as_binaries)}`).
    """

    [{"Description", text}, {"Reference modules", "String, :binary"}]
  end

  defp bytes(binary) do
    text = """
    This is a binary: a collection of bytes. It's printed with the `<<>>`
    syntax (as opposed to double quotes) because it is not a UTF-8 encoded
    binary (the first invalid byte being `#{inspect(first_invalid(binary), binaries: :as_binaries)}`)
    """

    [{"Description", text}, {"Reference modules", ":binary"}]
  end

  defp first_invalid(<<_::utf8, rest::binary>>), do: first_invalid(rest)
  defp first_invalid(<<byte, _::binary>>), do: <<byte>>
end

defimpl IEx.Info, for: Function do
  def info(function) do
    facts = Function.info(function)
    described = if facts[:type] == :local, do: [{"Description", "This is an anonymous function."}], else: []
    [{"Data type", "Function"}, {"Type", facts[:type]}, {"Arity", facts[:arity]}] ++ described
  end
end

defimpl IEx.Info, for: PID do
  @items [:registered_name, :links, :message_queue_len]

  def info(pid) do
    facts = :rpc.pinfo(pid, @items)

    [{"Data type", "PID"}, {"Alive", is_list(facts)}] ++
      about(facts) ++
      [
        {"Description", "Use Process.info/1 to get more info about this process"},
        {"Reference modules", "Process, Node"}
      ]
  end

  defp about(facts) when is_list(facts) do
    [
      {"Name", name(facts[:registered_name])},
      {"Links", links(facts[:links])},
      {"Message queue length", facts[:message_queue_len]}
    ]
  end

  defp about(_dead_or_unreachable), do: []

  defp name([]), do: "not registered"
  defp name(name), do: inspect(name)

  defp links([]), do: "none"
  defp links(links), do: Enum.map_join(links, ", ", &inspect/1)
end

defimpl IEx.Info, for: [Date, Time, NaiveDateTime] do
  def info(value) do
    {subject, sigil} = words(value)

    text = """
    This is a struct representing #{subject}. It is commonly
    represented using the `~#{sigil}` sigil syntax, that is
    defined in the `Kernel.sigil_#{sigil}/2` macro.
    """

    [
      {"Data type", inspect(@for)},
      {"Description", text},
      {"Raw representation", "%#{inspect(@for)}{#{Enum.map_join(@for.__info__(:struct), ", ", &field(value, &1.field))}}"},
      {"Reference modules", "#{inspect(@for)}, Calendar, Map"}
    ]
  end

  defp words(%Date{}), do: {"a date", "D"}
  defp words(%Time{}), do: {"a time", "T"}
  defp words(%NaiveDateTime{}), do: {"a \"naive\" datetime (that is, a datetime without a time zone)", "N"}
  defp field(value, name), do: "#{name}: #{inspect(Map.fetch!(value, name))}"
end

defimpl IEx.Info, for: Any do
  def info(%module{}) do
    [
      {"Data type", inspect(module)},
      {"Description", "This is a struct. Structs are maps with a __struct__ key."},
      {"Reference modules", "#{inspect(module)}, Map"}
    ]
  end
end

defimpl IEx.Info, for: Port do
  def info(port), do: [{"Data type", "Port"}, {"Open", Port.info(port) != nil}, {"Reference modules", "Port"}]
end
