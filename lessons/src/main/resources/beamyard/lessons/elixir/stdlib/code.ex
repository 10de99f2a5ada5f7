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

  defp find(file, nil), do: Path.expand(file)
  defp find(file, relative_to), do: Path.expand(file, relative_to)

  defp read(path) do
    case File.read(path) do
      {:ok, text} -> text
      {:error, reason} -> raise Code.LoadError, file: path, reason: reason
    end
  end
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
