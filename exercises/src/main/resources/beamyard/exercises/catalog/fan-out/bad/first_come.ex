defmodule FanOut do
  def call(nodes, module, function, arguments, limit) do
    nodes
    |> Task.async_stream(&ask(&1, module, function, arguments), max_concurrency: limit, ordered: false, timeout: :infinity)
    |> Enum.map(fn {:ok, answer} -> answer end)
  end

  defp ask(node, module, function, arguments) do
    {node, {:ok, :erpc.call(node, module, function, arguments, 5_000)}}
  rescue
    error in ErlangError ->
      case error.original do
        {:erpc, :timeout} -> {node, {:error, :timeout}}
        {:erpc, _} -> {node, {:error, :unreachable}}
        _ -> {node, {:error, :failed}}
      end

    _ -> {node, {:error, :failed}}
  catch
    _, _ -> {node, {:error, :failed}}
  end
end
