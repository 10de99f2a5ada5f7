defmodule Checks do
  use Exercise.Checks

  # The last node first, so that the one does not live where the checks run.
  defp start_everywhere do
    for node <- Enum.reverse(nodes()) do
      step("#{node}: Singleton.start()")
      on(node, Singleton, :start, [])
    end

    eventually(fn -> is_pid(:global.whereis_name(Singleton)) end, "after start/0 on every node, nobody is registered as Singleton")
  end

  defp alive, do: [node() | Node.list()]

  defp asked do
    {:ok, Singleton.node_of()}
  catch
    _, _ -> :nobody
  end

  defp told({:ok, where}), do: where
  defp told(:nobody), do: nil

  check "it says where it lives", nodes: [1, 2], points: 1 do
    start_everywhere()
    expect_equal(answer("node_of/0", fn -> Singleton.node_of() end), List.last(nodes()), "the node of the first one that was started")
  end

  check "all nodes speak of the same one", nodes: [3], points: 2 do
    start_everywhere()
    eventually(fn -> nodes() |> Enum.map(&on(&1, :global, :whereis_name, [Singleton])) |> Enum.uniq() |> length() == 1 end, "the nodes know different ones")
    told = Enum.map(nodes(), &on(&1, Singleton, :node_of, []))
    expect(length(Enum.uniq(told)) == 1, "asked on every node, node_of/0 gives #{inspect(told)}")
  end

  check "when its node dies, another one takes over", nodes: [2, 3], faults: [:crash], seeds: 2, points: 3 do
    start_everywhere()


    danger(fn ->
      for _ <- 1..3 do
        asked()
        Process.sleep(100)
      end
    end)

    where = eventually(fn -> told(asked()) end, "ten seconds later there is none", 10_000)
    expect(where in alive(), "it says that it lives on #{where}, and alive are #{inspect(alive())}")
  end

  check "with every other node gone it lives on the last", nodes: [3] do
    start_everywhere()

    for node <- tl(nodes()) do
      step("#{node} is stopped")
      on(node, :erlang, :halt, [])
      Process.sleep(500)
    end

    eventually(fn -> asked() == {:ok, node()} end, "ten seconds later the last node has none: #{inspect(asked())}", 10_000)
  end

  check "when the process itself is killed, there is a new one", nodes: [1, 2] do
    start_everywhere()
    old = :global.whereis_name(Singleton)
    step("the singleton is killed")
    Process.exit(old, :kill)

    eventually(
      fn -> :global.whereis_name(Singleton) not in [:undefined, old] end,
      "ten seconds later there is no new one",
      10_000
    )
  end
end
