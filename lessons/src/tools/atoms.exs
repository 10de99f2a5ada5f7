:beamyard_first_atom_of_this_script
# Writes down the atoms that a node of the real Elixir knows when its shell is there.
#
#     echo 'Code.eval_file("lessons/src/tools/atoms.exs")' | iex --sname alice@localhost
#
# Atoms are numbered in the order in which they came about; those of this file come last and are left out, as are those
# with spaces or slashes in them.
count = :erlang.system_info(:atom_count)

names =
  Stream.iterate(0, &(&1 + 1))
  |> Stream.map(fn number -> :erlang.binary_to_term(<<131, 75, number::24>>) end)
  |> Stream.take(count)
  |> Enum.take_while(&(&1 != :beamyard_first_atom_of_this_script))
  |> Enum.map(&Atom.to_string/1)
  |> Enum.reject(&(&1 != "/" and (&1 == "" or String.contains?(&1, [" ", "\n", "/"]))))

File.write!("lessons/src/main/resources/beamyard/lessons/elixir/machine/atoms.txt", Enum.map(names, &[&1, 10]))
