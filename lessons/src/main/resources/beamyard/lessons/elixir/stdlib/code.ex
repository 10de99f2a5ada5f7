defmodule Code do
  def require_file(file, relative_to \\ nil) when is_binary(file) do
    path = find(file, relative_to)
    if :elixir_files.require(path), do: Code.compile_string(read(path), path), else: nil
  end

  def compile_file(file, relative_to \\ nil) when is_binary(file) do
    path = find(file, relative_to)
    Code.compile_string(read(path), path)
  end

  def eval_file(file, relative_to \\ nil) when is_binary(file) do
    path = find(file, relative_to)
    Code.eval_string(read(path), [], file: path, line: 1)
  end

  # ---- source text and quoted forms

  def string_to_quoted_with_comments(string, opts \\ []) when is_list(opts),
    do: :beamyard.quoted_with_comments(string, opts)

  def string_to_quoted_with_comments!(string, opts \\ []),
    do: :beamyard.quoted_with_comments!(string, opts)

  def quoted_to_algebra(quoted, opts \\ []), do: :beamyard.quoted_to_algebra(quoted, opts)

  def format_string!(string, opts \\ []) when is_binary(string) and is_list(opts) do
    parsing = [unescape: false, literal_encoder: :blocks, token_metadata: true]
    {forms, comments} = string_to_quoted_with_comments!(string, parsing ++ opts)
    :beamyard.format_quoted(Beamyard.Sigils.format(forms, opts), comments, opts)
  end

  def format_file!(file, opts \\ []) when is_binary(file) and is_list(opts),
    do: [format_string!(File.read!(file), [file: file, line: 1] ++ opts), ?\n]

  def fetch_docs(module) when is_atom(module) do
    cond do
      docs = :elixir_docs.fetch(module) -> docs
      not match?("Elixir." <> _, Atom.to_string(module)) and :beamyard.module_loaded(module) -> {:error, :chunk_not_found}
      true -> :beamyard.docs(module) || {:error, :module_not_found}
    end
  end

  # ---- files

  defp find(file, nil), do: Path.expand(file)
  defp find(file, relative_to), do: Path.expand(file, relative_to)

  defp read(path) do
    case File.read(path) do
      {:ok, text} -> text
      {:error, reason} -> raise Code.LoadError, file: path, reason: reason
    end
  end
end

defmodule Beamyard.Literals do
  # Calls the literal_encoder of string_to_quoted with the literals that the parser has marked.

  def encode(form, mark, encoder) do
    {:ok, encoded(form, mark, encoder)}
  catch
    {__MODULE__, meta, reason} -> {:error, {meta, to_string(reason) <> ": ", "literal"}}
  end

  defp encoded({mark, meta, [literal]}, mark, encoder) do
    case encoder.(encoded(literal, mark, encoder), meta) do
      {:ok, form} -> form
      {:error, reason} -> throw({__MODULE__, Keyword.take(meta, [:line, :column]), reason})
    end
  end

  defp encoded({head, meta, tail}, mark, encoder),
    do: {encoded(head, mark, encoder), meta, encoded(tail, mark, encoder)}

  defp encoded({left, right}, mark, encoder),
    do: {encoded(left, mark, encoder), encoded(right, mark, encoder)}

  defp encoded(list, mark, encoder) when is_list(list), do: Enum.map(list, &encoded(&1, mark, encoder))
  defp encoded(other, _, _), do: other
end

defmodule Beamyard.Sigils do
  # Lets the formatter plugins of a project, given as sigils: [X: function], write the text of their sigils.

  def format(forms, opts) do
    case Keyword.get(opts, :sigils, []) do
      [] -> forms
      sigils -> Macro.prewalk(forms, &formatted(&1, callbacks(sigils), opts[:file]))
    end
  end

  defp callbacks(sigils) do
    Map.new(sigils, fn {key, callback} ->
      with true <- is_atom(key) and is_function(callback, 2), [char] when char in ?A..?Z <- Atom.to_charlist(key) do
        {:"sigil_#{key}", callback}
      else
        _ ->
          raise ArgumentError,
                ":sigils must be a keyword list with a single uppercased letter as key and an " <>
                  "anonymous function expecting two arguments as value, got: #{inspect(sigils)}"
      end
    end)
  end

  defp formatted({name, meta, [{:<<>>, text_meta, [text]}, modifiers]} = sigil, callbacks, file) do
    case callbacks do
      %{^name => callback} ->
        "sigil_" <> letter = Atom.to_string(name)
        about = [file: file, line: meta[:line], sigil: String.to_atom(letter), modifiers: modifiers]

        case callback.(text, about ++ [opening_delimiter: meta[:delimiter]]) do
          iodata when is_binary(iodata) or is_list(iodata) ->
            {name, meta, [{:<<>>, text_meta, [IO.iodata_to_binary(iodata)]}, modifiers]}

          other ->
            raise ArgumentError, "expected sigil callback to return iodata, got: #{inspect(other)}"
        end

      %{} ->
        sigil
    end
  end

  defp formatted(other, _, _), do: other
end

defmodule Beamyard.Script do
  # What the command elixir does with a file: runs it, and says how it failed.

  def run(path, text) do
    File.mkdir_p!(Path.dirname(path))
    File.write!(path, text)

    try do
      Code.require_file(path)
    catch
      kind, reason ->
        {blamed, stacktrace} = Exception.blame(kind, reason, __STACKTRACE__)
        frames = Enum.take_while(stacktrace, fn entry -> elem(entry, 0) not in [Beamyard.Script, Code, :erl_eval] end)
        frames = frames ++ [{Code, :require_file, 2, [file: 'lib/code.ex', line: 1245]}]
        IO.write(:stdio, [Exception.format_banner(kind, blamed, frames), ?\n, Exception.format_stacktrace(frames)])
    else
      _ -> ExUnit.__at_exit__()
    end

    IEx.dont_display_result()
  end
end
