defmodule FanOut do
  def call(nodes, module, function, arguments, limit) do
    nodes |> Enum.chunk_every(limit) |> Enum.flat_map(&together(&1, module, function, arguments))
  end

  defp together(nodes, module, function, arguments) do
    answers = :erpc.multicall(nodes, module, function, arguments, 5_000)

    for {node, answer} <- Enum.zip(nodes, answers) do
      case answer do
        {:ok, value} -> {node, {:ok, value}}
        {:error, {:erpc, :timeout}} -> {node, {:error, :timeout}}
        {:error, {:erpc, :noconnection}} -> {node, {:error, :unreachable}}
        _ -> {node, {:error, :failed}}
      end
    end
  end
end
