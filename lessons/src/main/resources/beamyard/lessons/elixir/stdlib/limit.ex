defmodule Beamyard.LimitError do
  # What a process gets that asks for more than the yard allows; on a real node it would go on
  # until the machine has no more.
  defexception [:kind, :limit]

  def message(%{kind: kind, limit: limit}), do: "a limit of the yard was reached: more than #{limit} #{text(kind)}"

  defp text(:reductions), do: "reductions (steps of work) without waiting for a message; is this an endless loop?"
  defp text(:heap), do: "words of memory for one process"
  defp text(:stack), do: "words of stack for one process; is this an endless recursion?"
  defp text(:binary), do: "bytes in one binary"
  defp text(:integer), do: "bits in one integer"
  defp text(:atoms), do: "atoms made of strings on one node"
  defp text(:tables), do: "ETS tables on one node"
  defp text(:modules), do: "modules on one node"
  defp text(:processes), do: "processes on one node"
  defp text(:output), do: "characters of output that nobody has read"
  defp text(other), do: to_string(other)
end

defmodule Beamyard.MistakeError do
  # A mistake in Beamyard itself, not in the code that ran.
  defexception [:text]

  def message(%{text: text}), do: "Beamyard made a mistake here, please report it: #{text}"
end
