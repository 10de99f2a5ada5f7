defmodule DistributedCounter do
  def start_worker do
    spawn(fn ->
      :ok = :pg.join(:counters, self())
      wait()
    end)
  end

  defp wait do
    receive do
      _ -> wait()
    end
  end

  def count_words(files, nodes) do
    nodes = if nodes == [], do: [node()], else: Enum.filter(nodes, &(&1 == node() or &1 in Node.list()))
    tasks = files |> Enum.zip(Stream.cycle(nodes)) |> Map.new(fn {file, node} -> start(file, node) end)
    :net_kernel.monitor_nodes(true)
    counts = gather(tasks, nodes, %{})
    :net_kernel.monitor_nodes(false)
    counts
  end

  defp start(file, node) do
    caller = self()
    tag = make_ref()
    Node.spawn(node, fn -> send(caller, {tag, count_files([file])}) end)
    {tag, {file, node}}
  end

  defp gather(tasks, _nodes, counts) when map_size(tasks) == 0, do: counts

  defp gather(tasks, nodes, counts) do
    receive do
      {tag, result} when is_map_key(tasks, tag) ->
        gather(Map.delete(tasks, tag), nodes, merge(counts, result))

      {:nodedown, node} ->
        left = if nodes -- [node] == [], do: [node()], else: nodes -- [node]
        {lost, kept} = Enum.split_with(tasks, fn {_tag, {_file, on}} -> on == node end)
        again = for {_tag, {file, _on}} <- lost, do: start(file, hd(left))
        gather(Map.new(again ++ kept), left, counts)
    end
  end

  def broadcast_result(result) do
    for member <- :pg.get_members(:counters), do: send(member, {:word_count, result})
    :ok
  end

  def count_files(files), do: files |> Enum.map(&count_file/1) |> Enum.reduce(%{}, &merge/2)

  defp count_file(file) do
    file |> File.read!() |> String.downcase() |> String.split(~r/[^a-z0-9]+/, trim: true) |> Enum.frequencies()
  end

  defp merge(one, other), do: Map.merge(one, other, fn _word, a, b -> a + b end)
end
