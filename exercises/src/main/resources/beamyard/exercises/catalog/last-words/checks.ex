defmodule Checks do
  use Exercise.Checks

  def live(milliseconds, reason) do
    Process.sleep(milliseconds)
    exit(reason)
  end

  defp start(node, reason), do: Node.spawn(node, __MODULE__, :live, [200, reason])

  check "the reason of a process of this node", nodes: [1] do
    for reason <- [:done, :normal, {:shutdown, 7}] do
      pid = start(node(), reason)
      expect_equal(answer("of/1", fn -> LastWords.of(pid) end), {:ended, reason}, "the answer")
    end
  end

  check "the reason of a process on another node", nodes: [2], points: 2 do
    [_, bob] = nodes()

    for reason <- [:done, :normal] do
      pid = start(bob, reason)
      step("a process on bob will end with #{inspect(reason)}")
      expect_equal(answer("of/1", fn -> LastWords.of(pid) end), {:ended, reason}, "the answer")
    end
  end

  check "a process that is long gone", nodes: [2] do
    for node <- nodes() do
      pid = Node.spawn(node, __MODULE__, :live, [0, :done])
      Process.sleep(500)
      expect_equal(answer("of/1", fn -> LastWords.of(pid) end), :unknown, "the answer for a process on #{node}")
    end
  end

  check "a lost node is told from an ended process", nodes: [2], faults: [:crash], points: 2 do
    [_, bob] = nodes()
    pid = start(bob, :done)
    step("a process on bob will end with :done")
    result = danger(fn -> answer("of/1", fn -> LastWords.of(pid) end) end)
    told = result == {:ended, :done} or result == {:lost, bob} and bob not in Node.list()
    expect(told, "the answer is #{inspect(result)}")
  end

  check "a cable that is cut is noticed in the end", nodes: [2], faults: [:cut], seeds: 1, within: 120_000 do
    [_, bob] = nodes()
    pid = Node.spawn(bob, __MODULE__, :live, [5_000, :done])
    result = danger(fn -> answer("of/1", fn -> LastWords.of(pid) end, 100_000) end)
    expect(result in [{:ended, :done}, {:lost, bob}], "the answer is #{inspect(result)}")
    lost = bob not in Node.list()
    expect(result != {:lost, bob} or lost, "the answer is {:lost, #{inspect(bob)}}, though alice is still connected to it")
  end

  check "patience with one that lives long", nodes: [2], seeds: 1, within: 180_000 do
    for node <- nodes() do
      pid = Node.spawn(node, __MODULE__, :live, [70_000, :done])
      step("a process on #{node} will end with :done in 70 seconds")
      expect_equal(answer("of/1", fn -> LastWords.of(pid) end, 80_000), {:ended, :done}, "the answer")
    end
  end

  check "the caller stays as it was", nodes: [2], faults: [:crash], seeds: 1 do
    [_, bob] = nodes()
    pid = start(bob, :done)

    {links, trapping, messages} =
      answer("of/1", fn ->
        LastWords.of(pid)
        Process.sleep(1_000)
        {Process.info(self(), :links), Process.info(self(), :trap_exit), Process.info(self(), :messages)}
      end)

    expect_equal(links, {:links, []}, "what the caller is linked to")
    expect_equal(trapping, {:trap_exit, false}, "whether the caller traps exits")
    expect_equal(messages, {:messages, []}, "what is left in the mailbox")
  end
end
