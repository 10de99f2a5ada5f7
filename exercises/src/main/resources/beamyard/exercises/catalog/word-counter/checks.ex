defmodule Checks do
  use Exercise.Checks

  each_node do
    {:ok, _} = Task.Supervisor.start_link(name: Counter.TaskSupervisor)
    {:ok, _} = :pg.start_link()
    write_files()
  end

  # Every node has files of the same names; what is in them differs by node, so a file that is read on another node than
  # the one it was given to gives another count.
  defp write_files do
    for number <- 1..9 do
      File.write!("text#{number}.txt", "apple #{owner()}  Pear, apple.\n word#{number}\n")
    end

    File.write!("empty.txt", "")
  end

  defp owner, do: node() |> Atom.to_string() |> String.split("@") |> hd()

  defp files(count), do: for(number <- 1..count, do: "text#{number}.txt")

  defp owners(result) do
    names = Enum.map(nodes(), fn node -> node |> Atom.to_string() |> String.split("@") |> hd() end)
    for name <- names, count = result[name], do: {name, count}
  end

  # Each file counts once, wherever it was read: two apples, one pear and one word of its own.
  defp expect_each_file_once(result, count) do
    expect(is_map(result), "count_words/2 gave #{inspect(result)}, which is no map")
    words = for number <- 1..count, into: %{"apple" => 2 * count, "pear" => count}, do: {"word#{number}", 1}
    expect_equal(Map.take(result, Map.keys(words)), words, "the count of #{count} files")
    read = result |> owners() |> Enum.map(&elem(&1, 1)) |> Enum.sum()
    expect_equal(read, count, "the number of files read, over all nodes,")
  end

  check "no files give an empty map", task: "2", nodes: [1, 2] do
    step("count_words([], nodes)")
    expect_equal(answer("count_words/2", fn -> DistributedCounter.count_words([], nodes()) end), %{}, "the count of no files")
  end

  check "words are counted without regard to case and punctuation", task: "2", nodes: [1] do
    step("count_words of one file on one node")
    result = answer("count_words/2", fn -> DistributedCounter.count_words(["text1.txt"], nodes()) end)
    expect_equal(result, %{"apple" => 2, "pear" => 1, owner() => 1, "word1" => 1}, "the count of \"apple #{owner()}  Pear, apple.\\n word1\\n\"")
  end

  check "a file without words adds nothing", task: "2", nodes: [1, 2] do
    result = answer("count_words/2", fn -> DistributedCounter.count_words(["empty.txt"], nodes()) end)
    expect_equal(result, %{}, "the count of an empty file")
  end

  check "every file counts exactly once", task: "2", nodes: [1, 2, 3], seeds: 5 do
    for count <- [1, 2, 4, 6, 9] do
      step("count_words of #{count} files on #{length(nodes())} nodes")
      expect_each_file_once(answer("count_words/2", fn -> DistributedCounter.count_words(files(count), nodes()) end), count)
    end
  end

  check "files are spread evenly and read where they were sent", task: "2", nodes: [2, 3], points: 2 do
    for count <- [length(nodes()), 4, 6, 7] do
      step("count_words of #{count} files on #{length(nodes())} nodes")
      result = answer("count_words/2", fn -> DistributedCounter.count_words(files(count), nodes()) end)
      expect_each_file_once(result, count)
      shares = owners(result)
      most = shares |> Enum.map(&elem(&1, 1)) |> Enum.max(fn -> 0 end)
      least = if length(shares) < length(nodes()), do: 0, else: shares |> Enum.map(&elem(&1, 1)) |> Enum.min()

      expect(
        most - least <= 1,
        "#{count} files on #{length(nodes())} nodes were read like this: #{inspect(shares)}; evenly means that no node has two more than another"
      )
    end
  end

  check "a file that cannot be read is an error of the call", task: "2", nodes: [1, 2] do
    step("count_words([\"no such file.txt\"], nodes)")

    case attempt(fn -> DistributedCounter.count_words(["text1.txt", "no such file.txt"], nodes()) end) do
      {:exit, _} -> :ok
      {:ok, value} -> expect(false, "one of two files does not exist, and count_words/2 gives #{inspect(value)}")
      :timeout -> expect(false, "one of two files does not exist, and count_words/2 gives no answer in 30 seconds")
    end
  end

  check "a file that one node lacks is not taken for an empty one", task: "2", nodes: [2, 3] do
    lacking = List.last(nodes())
    step("#{lacking} has no text1.txt and no text2.txt and no text3.txt")
    for file <- files(3), do: on(lacking, File, :rm, [file])

    case attempt(fn -> DistributedCounter.count_words(files(3), nodes()) end) do
      {:exit, _} -> :ok
      {:ok, result} -> expect_each_file_once(result, 3)
      :timeout -> expect(false, "count_words/2 gives no answer in 30 seconds")
    end
  end

  check "more nodes than files", task: "2", nodes: [3] do
    expect_each_file_once(answer("count_words/2", fn -> DistributedCounter.count_words(files(1), nodes()) end), 1)
  end

  check "no nodes at all means this one", task: "2", nodes: [1, 2] do
    step("count_words(files, [])")
    result = answer("count_words/2 with no nodes", fn -> DistributedCounter.count_words(files(2), []) end)
    expect_each_file_once(result, 2)
    expect_equal(owners(result), [{owner(), 2}], "who read the files")
  end

  check "the result reaches every member of :counters", task: "4", nodes: [1, 3], points: 2 do
    collector = self()

    for node <- nodes() do
      Node.spawn(node, __MODULE__, :member, [collector])
      receive do: ({:joined, ^node} -> :ok), after: (5_000 -> expect(false, "no member on #{node}"))
    end

    eventually(fn -> length(:pg.get_members(:counters)) == length(nodes()) end, "the members do not find each other")
    step("broadcast_result(%{\"apple\" => 1})")
    answer("broadcast_result/1", fn -> DistributedCounter.broadcast_result(%{"apple" => 1}) end)

    for _ <- nodes() do
      receive do
        {:got, _node, message} ->
          expect(holds?(message, %{"apple" => 1}), "a member of :counters got #{inspect(message)}, in which the result is not to be found")
      after
        2_000 -> expect(false, "a member of :counters got no result")
      end
    end
  end

  check "a group without members is no error", task: "4", nodes: [1] do
    answer("broadcast_result/1 without members", fn -> DistributedCounter.broadcast_result(%{}) end)
  end

  check "a worker of each node is in :counters", task: "3", nodes: [1, 3], points: 2 do
    for node <- nodes() do
      step("#{node}: DistributedCounter.start_worker()")
      on(node, DistributedCounter, :start_worker, [])
    end

    eventually(
      fn -> :pg.get_members(:counters) |> Enum.map(&node/1) |> Enum.sort() == Enum.sort(nodes()) end,
      "after start_worker/0 on each node, the members of :counters live on #{inspect(Enum.map(:pg.get_members(:counters), &node/1))}"
    )

    Process.sleep(1_000)
    expect_equal(length(:pg.get_members(:counters)), length(nodes()), "the number of members a second later")
  end

  check "bonus: a node that dies while it counts loses no file and counts none twice",
    task: "bonus",
    nodes: [2, 3],
    faults: [:crash],
    seeds: 2,
    points: 4 do
    step("count_words of 6 files on #{length(nodes())} nodes")
    expect_each_file_once(answer("count_words/2", fn -> DistributedCounter.count_words(files(6), nodes()) end), 6)
  end

  check "bonus: with every other node gone the first one does it all", task: "bonus", nodes: [2, 3], points: 2 do
    gone = tl(nodes())

    for node <- gone do
      step("#{node} is stopped")
      Node.monitor(node, true)
      on(node, :erlang, :halt, [])
      receive do: ({:nodedown, ^node} -> :ok), after: (10_000 -> expect(false, "#{node} did not go down"))
    end

    step("count_words of 4 files on the nodes that were")
    expect_each_file_once(answer("count_words/2", fn -> DistributedCounter.count_words(files(4), nodes()) end), 4)
  end

  check "bonus: a node that dies and comes back is a node like the others",
    task: "bonus",
    nodes: [2],
    faults: [:restart],
    seeds: 1 do
    expect_each_file_once(answer("count_words/2", fn -> DistributedCounter.count_words(files(6), nodes()) end), 6)
    Process.sleep(2_000)
    step("count_words of 6 files once more")
    expect_each_file_once(answer("count_words/2", fn -> DistributedCounter.count_words(files(6), nodes()) end), 6)
  end

  check "bonus: the caller's mailbox is left as it was", task: "bonus", nodes: [3], faults: [:crash], seeds: 1 do
    left =
      answer("count_words/2", fn ->
        DistributedCounter.count_words(files(6), nodes())
        Process.sleep(2_000)
        {:messages, messages} = Process.info(self(), :messages)
        messages
      end)

    expect_equal(left, [], "what count_words/2 left in the mailbox of its caller")
  end

  def member(collector) do
    :ok = :pg.join(:counters, self())
    send(collector, {:joined, node()})
    receive do: (message -> send(collector, {:got, node(), message}))
  end

  defp holds?(value, value), do: true
  defp holds?(tuple, value) when is_tuple(tuple), do: tuple |> Tuple.to_list() |> Enum.any?(&holds?(&1, value))
  defp holds?(_, _), do: false
end
