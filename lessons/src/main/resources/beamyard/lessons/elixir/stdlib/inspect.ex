defmodule Inspect.Opts do
  defstruct base: :decimal,
            binaries: :infer,
            char_lists: :infer,
            charlists: :infer,
            custom_options: [],
            inspect_fun: &Inspect.inspect/2,
            limit: 50,
            pretty: false,
            printable_limit: 4096,
            safe: true,
            structs: true,
            syntax_colors: [],
            width: 80

  def new(options), do: struct(Inspect.Opts, options)
end

defmodule Inspect.Error do
  defexception [:exception, :exception_message, :stacktrace, :inspected_struct, :message]

  # A struct that could not be inspected, and what its implementation failed with.
  def exception(options) when is_list(options) do
    exception = Keyword.fetch!(options, :exception)
    stacktrace = Keyword.get(options, :stacktrace) || []
    inspected = Keyword.fetch!(options, :inspected_struct)
    text = Exception.message(exception)

    %Inspect.Error{
      exception: exception,
      exception_message: text,
      stacktrace: stacktrace,
      inspected_struct: inspected,
      message: """
      got #{inspect(exception.__struct__)} with message:

          \"\"\"
      #{indented(text)}
          \"\"\"

      while inspecting:

      #{indented(inspected)}
      """
    }
  end

  def __shown__(%{message: message, stacktrace: stacktrace}) do
    entries = for entry <- stacktrace, do: "    #{Exception.format_stacktrace_entry(entry)}\n"

    lines =
      "#{message}\nStacktrace:\n\n"
      |> String.split("\n")
      |> Enum.map_join("\n", fn line -> if line == "", do: "", else: "  " <> line end)

    "#Inspect.Error<\n" <> lines <> Enum.join(entries) <> "\n>"
  end

  defp indented(text) do
    text |> String.split("\n") |> Enum.map_join("\n", fn line -> if line == "", do: "", else: "    " <> line end)
  end
end

defmodule Inspect.Algebra do
  def empty(), do: :doc_nil
  def string(text) when is_binary(text), do: {:doc_string, text, String.length(text)}
  def concat(docs) when is_list(docs), do: fold_doc(docs, &concat/2)
  def concat(left, right) when (is_binary(left) or (left === :doc_nil or left === :doc_line) or (is_tuple(left) and (elem(left, 0) === :doc_break or elem(left, 0) === :doc_collapse or elem(left, 0) === :doc_color or elem(left, 0) === :doc_cons or elem(left, 0) === :doc_fits or elem(left, 0) === :doc_force or elem(left, 0) === :doc_group or elem(left, 0) === :doc_nest or elem(left, 0) === :doc_string or elem(left, 0) === :doc_limit))) and (is_binary(right) or (right === :doc_nil or right === :doc_line) or (is_tuple(right) and (elem(right, 0) === :doc_break or elem(right, 0) === :doc_collapse or elem(right, 0) === :doc_color or elem(right, 0) === :doc_cons or elem(right, 0) === :doc_fits or elem(right, 0) === :doc_force or elem(right, 0) === :doc_group or elem(right, 0) === :doc_nest or elem(right, 0) === :doc_string or elem(right, 0) === :doc_limit))),
    do: {:doc_cons, left, right}
  def nest(doc, level, mode \\ :always)
  def nest(doc, 0, _), do: doc
  def nest(doc, level, mode), do: {:doc_nest, doc, level, mode}
  def break(text \\ " ") when is_binary(text), do: {:doc_break, text, :strict}
  def flex_break(text \\ " ") when is_binary(text), do: {:doc_break, text, :flex}
  def glue(left, text \\ " ", right) when is_binary(text), do: concat(left, concat(break(text), right))
  def flex_glue(left, text \\ " ", right) when is_binary(text), do: concat(left, concat(flex_break(text), right))
  def group(doc, mode \\ :self) when is_binary(doc) or (doc === :doc_nil or doc === :doc_line) or (is_tuple(doc) and (elem(doc, 0) === :doc_break or elem(doc, 0) === :doc_collapse or elem(doc, 0) === :doc_color or elem(doc, 0) === :doc_cons or elem(doc, 0) === :doc_fits or elem(doc, 0) === :doc_force or elem(doc, 0) === :doc_group or elem(doc, 0) === :doc_nest or elem(doc, 0) === :doc_string or elem(doc, 0) === :doc_limit)),
    do: {:doc_group, doc, mode}
  def space(left, right), do: concat(left, concat(" ", right))
  def line(), do: :doc_line
  def line(left, right), do: concat(left, concat(:doc_line, right))
  def force_unfit(doc) when is_binary(doc) or (doc === :doc_nil or doc === :doc_line) or (is_tuple(doc) and (elem(doc, 0) === :doc_break or elem(doc, 0) === :doc_collapse or elem(doc, 0) === :doc_color or elem(doc, 0) === :doc_cons or elem(doc, 0) === :doc_fits or elem(doc, 0) === :doc_force or elem(doc, 0) === :doc_group or elem(doc, 0) === :doc_nest or elem(doc, 0) === :doc_string or elem(doc, 0) === :doc_limit)),
    do: {:doc_force, doc}
  def next_break_fits(doc, mode \\ :enabled) when (is_binary(doc) or (doc === :doc_nil or doc === :doc_line) or (is_tuple(doc) and (elem(doc, 0) === :doc_break or elem(doc, 0) === :doc_collapse or elem(doc, 0) === :doc_color or elem(doc, 0) === :doc_cons or elem(doc, 0) === :doc_fits or elem(doc, 0) === :doc_force or elem(doc, 0) === :doc_group or elem(doc, 0) === :doc_nest or elem(doc, 0) === :doc_string or elem(doc, 0) === :doc_limit))) and (mode === :enabled or mode === :disabled),
    do: {:doc_fits, doc, mode}
  def collapse_lines(max) when is_integer(max) and max > 0, do: {:doc_collapse, max}
  def no_limit(doc), do: {:doc_limit, doc, :infinity}
  def color(doc, _key, _opts), do: doc

  def fold_doc([], _), do: :doc_nil
  def fold_doc([doc], _), do: doc
  def fold_doc([doc | rest], fun), do: fun.(doc, fold_doc(rest, fun))

  def format(doc, width) when (is_binary(doc) or (doc === :doc_nil or doc === :doc_line) or (is_tuple(doc) and (elem(doc, 0) === :doc_break or elem(doc, 0) === :doc_collapse or elem(doc, 0) === :doc_color or elem(doc, 0) === :doc_cons or elem(doc, 0) === :doc_fits or elem(doc, 0) === :doc_force or elem(doc, 0) === :doc_group or elem(doc, 0) === :doc_nest or elem(doc, 0) === :doc_string or elem(doc, 0) === :doc_limit))) and (width == :infinity or (is_integer(width) and width >= 0)),
    do: :beamyard.doc_pieces(doc, width)

  def __inspect__(term, opts) do
    width = if opts.pretty, do: opts.width, else: :infinity
    :beamyard.format_doc(group(to_doc(term, opts)), width)
  end

  def to_doc(%{__struct__: module} = struct, %{structs: true} = opts) when is_atom(module) do
    cond do
      :beamyard.prints_itself(module) ->
        implementation = Module.concat(Inspect, module)
        own(implementation, struct, opts)

      fields = :beamyard.struct_fields(module) ->
        if Enum.sort(fields) == Enum.sort(Map.keys(struct) -- [:__struct__]) do
          pairs = for field <- fields, field != :__exception__, do: {field, Map.fetch!(struct, field)}
          container_doc("%" <> inspect(module) <> "{", pairs, "}", opts, &keyword/2, break: :strict)
        else
          :beamyard.plain_doc(struct, %{opts | structs: false})
        end

      true ->
        inside(struct, opts)
    end
  end

  def to_doc(term, opts), do: inside(term, opts)

  defp own(implementation, struct, opts) do
    try do
      implementation.inspect(struct, opts)
    rescue
      caught ->
        if Process.get(:inspect_trap) do
          :beamyard.plain_doc(struct, %{opts | structs: false})
        else
          not_inspected(struct, caught, __STACKTRACE__, opts)
        end
    end
  end

  # The message may itself show the struct, which must not fail again.
  defp not_inspected(struct, caught, stacktrace, opts) do
    Process.put(:inspect_trap, true)
    width = if opts.width == :infinity, do: :infinity, else: opts.width
    shown = :beamyard.format_doc(:beamyard.plain_doc(struct, %{opts | structs: false}), width)
    error = Inspect.Error.exception(exception: caught, stacktrace: stacktrace, inspected_struct: shown)
    if opts.safe, do: Inspect.Error.__shown__(error), else: reraise(error, stacktrace)
  after
    Process.delete(:inspect_trap)
  end

  defp inside(list, opts) when is_list(list) and list != [] do
    cond do
      opts.charlists != :as_lists and printable?(list) -> :beamyard.plain_doc(list, opts)
      keyword?(list) -> container_doc("[", list, "]", opts, &keyword/2, break: :strict)
      true -> container_doc("[", list, "]", opts, &to_doc/2)
    end
  end

  defp inside(tuple, opts) when is_tuple(tuple),
    do: container_doc("{", Tuple.to_list(tuple), "}", opts, &to_doc/2, break: :flex)

  defp inside(%{__struct__: module} = struct, %{structs: true} = opts) when is_atom(module) do
    if :beamyard.struct_fields(module), do: :beamyard.plain_doc(struct, opts), else: map(struct, opts)
  end

  defp inside(map, opts) when is_map(map), do: map(map, opts)
  defp inside(term, opts), do: :beamyard.plain_doc(term, opts)

  defp map(map, opts) do
    list = :maps.to_list(map)
    fun = if list != [] and keyword?(list), do: &keyword/2, else: &pair/2
    container_doc("%{", list, "}", opts, fun, break: :strict)
  end

  defp pair({key, value}, opts), do: concat(concat(to_doc(key, opts), " => "), to_doc(value, opts))

  def keyword({key, value}, opts), do: concat(Macro.inspect_atom(:key, key), concat(" ", to_doc(value, opts)))

  defp keyword?([{key, _} | rest]) when is_atom(key) do
    not String.starts_with?(Atom.to_string(key), "Elixir.") and keyword?(rest)
  end

  defp keyword?([]), do: true
  defp keyword?(_), do: false

  defp printable?([c | rest]) when is_integer(c) and ((c >= 32 and c <= 126) or (c >= 7 and c <= 13) or c == 27),
    do: printable?(rest)

  defp printable?([]), do: true
  defp printable?(_), do: false

  def container_doc(left, collection, right, opts, fun, options \\ [])
  def container_doc(left, [], right, _, _, _), do: concat(left, right)

  def container_doc(left, collection, right, opts, fun, options) do
    break = Keyword.get(options, :break, :maybe)
    separator = Keyword.get(options, :separator, ",")
    {docs, simple} = elements(collection, opts.limit, opts, fun, [], break == :maybe)
    flex = simple or break == :flex
    docs = fold_doc(docs, &join(&1, &2, flex, separator))

    if flex do
      group(concat(concat(left, nest(docs, 1)), right))
    else
      group(glue(nest(glue(left, "", docs), 2), "", right))
    end
  end

  defp elements([], _, _, _, acc, simple), do: {:lists.reverse(acc), simple}
  defp elements(_, 0, _, _, acc, simple), do: {:lists.reverse(["..." | acc]), simple}

  defp elements([x | rest], limit, opts, fun, acc, simple) when is_list(rest) do
    limit = less(limit)
    doc = fun.(x, %{opts | limit: limit})
    elements(rest, limit, opts, fun, [doc | acc], simple and simple?(doc))
  end

  defp elements([x | tail], limit, opts, fun, acc, simple) do
    limit = less(limit)
    left = fun.(x, %{opts | limit: limit})
    right = fun.(tail, %{opts | limit: limit})
    simple = simple and simple?(left) and simple?(right)
    {:lists.reverse([join(left, right, simple, " |") | acc]), simple}
  end

  defp less(:infinity), do: :infinity
  defp less(n), do: n - 1

  defp join(:doc_nil, :doc_nil, _, _), do: :doc_nil
  defp join(left, :doc_nil, _, _), do: left
  defp join(:doc_nil, right, _, _), do: right
  defp join(left, right, true, separator), do: flex_glue(concat(left, separator), right)
  defp join(left, right, false, separator), do: glue(concat(left, separator), right)

  defp simple?({:doc_cons, left, right}), do: simple?(left) and simple?(right)
  defp simple?({:doc_string, _, _}), do: true
  defp simple?(:doc_nil), do: true
  defp simple?(doc), do: is_binary(doc)
end

defprotocol Inspect do
  @fallback_to_any true
  def inspect(term, opts)
end

defimpl Inspect, for: Any do
  def inspect(struct, opts), do: Inspect.Algebra.to_doc(struct, opts)

  # What @derive Inspect makes: the fields in infos, all of them or some.

  def inspect(struct, name, infos, opts) do
    pairs = shown(struct, infos)
    Inspect.Algebra.container_doc("%" <> name <> "{", pairs, "}", opts, &Inspect.Algebra.keyword/2, break: :strict)
  end

  def inspect_partly(struct, name, infos, opts) do
    element = fn
      :more, _ -> "..."
      pair, opts -> Inspect.Algebra.keyword(pair, opts)
    end

    pairs = shown(struct, infos) ++ [:more]
    Inspect.Algebra.container_doc("#" <> name <> "<", pairs, ">", opts, element, break: :strict)
  end

  defp shown(%module{} = struct, infos) do
    fields = for info <- infos, do: info.field
    optional = for info <- infos, info.required == false, do: info.field
    new = if optional == [], do: %{}, else: module.__struct__()
    order = :beamyard.struct_fields(module) || fields

    for field <- order,
        field in fields,
        field not in optional or :maps.get(field, struct) != :maps.get(field, new),
        do: {field, :maps.get(field, struct)}
  end
end
