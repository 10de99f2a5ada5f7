# Records how a real Elixir formats a source file and shows its quoted form: elixir format.exs FILE.ex...
# writes FILE.98.txt, FILE.40.txt and FILE.quoted.txt beside it.
for file <- System.argv() do
  source = File.read!(file)
  base = Path.rootname(file)

  for length <- [98, 40] do
    File.write!("#{base}.#{length}.txt", [Code.format_string!(source, line_length: length), ?\n])
  end

  quoted = Code.string_to_quoted!(source, emit_warnings: false)
  File.write!("#{base}.quoted.txt", [Macro.to_string(quoted), ?\n])
end
