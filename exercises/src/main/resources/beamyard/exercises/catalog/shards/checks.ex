defmodule Checks do
  use Exercise.Checks

  defp keys, do: for(number <- 1..30, do: "key#{number}")

  defp start_everywhere do
    for node <- nodes() do
      step("#{node}: start/1")
      on(node, Shards, :start, [keys()])
    end

    Process.sleep(500)
  end

  defp alive, do: [node() | Node.list()]

  defp held, do: for(node <- Enum.sort(alive()), do: {node, on(node, Shards, :held, [])})

  defp expect_one_owner_each do
    held = held()
    all = held |> Enum.flat_map(&elem(&1, 1)) |> Enum.sort()
    expect_equal(all, Enum.sort(keys()), "what all nodes together hold")

    for {node, mine} <- held, key <- mine do
      told = for each <- alive(), do: on(each, Shards, :owner, [key])
      expect(Enum.all?(told, &(&1 == node)), "#{node} holds #{key}, and the nodes name as its owner #{inspect(told)}")
    end
  end

  check "one node holds everything", nodes: [1] do
    start_everywhere()
    expect_one_owner_each()
  end

  check "all nodes name the same owners", nodes: [2, 3], points: 2 do
    start_everywhere()
    expect_one_owner_each()
  end

  check "no node is without keys", nodes: [3] do
    start_everywhere()
    for {node, mine} <- held(), do: expect(mine != [], "#{node} holds nothing")
  end

  check "when a node goes, only its own keys move", nodes: [3], points: 2 do
    start_everywhere()
    before = held()
    gone = List.last(nodes())
    step("#{gone} is stopped")
    on(gone, :erlang, :halt, [])
    Process.sleep(3_000)
    expect_one_owner_each()

    for {node, mine} <- held() do
      {^node, had} = List.keyfind(before, node, 0)
      expect(had -- mine == [], "#{node} lives on and has lost #{inspect(had -- mine)}")
    end
  end

  check "a node that dies: its keys find another owner", nodes: [3], faults: [:crash], seeds: 1, within: 120_000, points: 3 do
    start_everywhere()
    busy()
    Process.sleep(4_000)
    expect_one_owner_each()
  end

  check "a node that comes back: every key has one owner again", nodes: [3], faults: [:restart], seeds: 1, within: 120_000, points: 3 do
    start_everywhere()
    busy()
    Process.sleep(3_000)

    for node <- nodes(), node not in Node.list(), node != node() do
      eventually(fn -> Node.connect(node) == true end, "#{node} does not come back", 10_000)
    end

    :global.sync()

    for node <- nodes(), on(node, Process, :whereis, [Shards]) == nil do
      on(node, Shards, :start, [keys()])
    end

    Process.sleep(4_000)
    expect_equal(Enum.sort(alive()), Enum.sort(nodes()), "the nodes of the cluster")
    expect_one_owner_each()
  end

  defp busy do
    danger(fn ->
      for node <- nodes() do
        on(node, Shards, :held, [])
        Process.sleep(50)
      end
    end)
  end
end
