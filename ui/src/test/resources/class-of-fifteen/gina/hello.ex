defmodule Hello do
  def greeting(node), do: collect(node, [])
  defp collect(node, all), do: collect(node, [:binary.copy("x", 100_000) | all])
end
