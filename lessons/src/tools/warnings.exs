# Writes down what the compiler of the real Elixir says of some sources. The file holds, for each source, a title, the source and
# what was said; what was said is written anew, and a source without it gets it.
#
#     elixir lessons/src/tools/warnings.exs lessons/src/test/resources/beamyard/lessons/elixir/compiler/warnings.txt

[file] = System.argv()
Application.ensure_all_started(:ex_unit)

blocks = file |> File.read!() |> String.split(~r/^### /m, trim: true)

recorded =
  for block <- blocks do
    [title, rest] = String.split(block, "\n", parts: 2)
    [source | _] = String.split(rest, "--- warns\n")
    known = for {module, _} <- :code.all_loaded(), into: MapSet.new(), do: module

    said =
      ExUnit.CaptureIO.capture_io(:stderr, fn ->
        try do
          Code.compile_string(source, "code.exs")
        rescue
          e -> IO.puts(:stderr, "** (#{inspect(e.__struct__)}) #{Exception.message(e)}")
        end
      end)

    for {module, path} <- :code.all_loaded(), module not in known, path in [[], :non_existing], do: :code.delete(module) and :code.purge(module)
    "### #{title}\n#{source}--- warns\n#{said}"
  end

File.write!(file, recorded)
