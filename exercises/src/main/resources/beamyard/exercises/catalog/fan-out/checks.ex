defmodule Checks do
  use Exercise.Checks

  # The first node counts how many jobs run at once.
  defmodule Gauge do
    use GenServer
    def init(_), do: {:ok, {0, 0}}
    def handle_call(:in, _from, {now, most}), do: {:reply, :ok, {now + 1, max(most, now + 1)}}
    def handle_call(:out, _from, {now, most}), do: {:reply, :ok, {now - 1, most}}
    def handle_call(:most, _from, {now, most}), do: {:reply, most, {now, most}}
  end

  def job(gauge) do
    GenServer.call(gauge, :in)
    Process.sleep(100)
    GenServer.call(gauge, :out)
    node()
  end

  def strange(first) do
    cond do
      node() == first -> raise "not here"
      true -> Process.sleep(if(String.starts_with?(to_string(node()), "bob"), do: 300, else: 50)) && node()
    end
  end

  # One call on the first node takes as long as three on another.
  def uneven(first) do
    Process.sleep(if(node() == first, do: 900, else: 300))
    node()
  end

  def slowly, do: Process.sleep(60_000)

  defp most(limit, jobs) do
    {:ok, gauge} = GenServer.start(Gauge, nil)
    targets = nodes() |> Stream.cycle() |> Enum.take(jobs)
    step("#{jobs} jobs, #{limit} at once")
    result = answer("call/5", fn -> FanOut.call(targets, __MODULE__, :job, [gauge], limit) end)
    expect_equal(result, Enum.map(targets, &{&1, {:ok, &1}}), "the answer")
    GenServer.call(gauge, :most)
  end

  check "every node answers, in order", nodes: [1, 3], points: 2 do
    result = answer("call/5", fn -> FanOut.call(nodes(), Kernel, :node, [], 2) end)
    expect_equal(result, Enum.map(nodes(), &{&1, {:ok, &1}}), "the answer")
  end

  check "no nodes, no answers", nodes: [1] do
    expect_equal(answer("call/5", fn -> FanOut.call([], Kernel, :node, [], 2) end), [], "the answer")
  end

  check "every answer is told with its node, in order", nodes: [3], points: 2 do
    [alice, bob, carol] = nodes()
    step("alice raises, bob is slow, carol is quick, nobody is nowhere")
    result = answer("call/5", fn -> FanOut.call([alice, bob, :nobody@nowhere, carol], __MODULE__, :strange, [alice], 3) end)
    expect_equal(result, [{alice, {:error, :failed}}, {bob, {:ok, bob}}, {:nobody@nowhere, {:error, :unreachable}}, {carol, {:ok, carol}}], "the answer")
  end

  check "never more at once than the limit", nodes: [3], points: 2 do
    for limit <- [1, 2, 3], do: expect(most(limit, 7) <= limit, "with a limit of #{limit} more were under way at once")
  end

  check "as many at once as the limit allows", nodes: [3], points: 2 do
    for limit <- [2, 3], do: expect_equal(most(limit, 7), limit, "how many were under way at once, with a limit of #{limit},")
  end

  check "a slow call does not hold up the others", nodes: [2], points: 2 do
    [alice, bob] = nodes()
    step("one call takes 900 ms, three take 300 ms each, two at once")
    before = System.monotonic_time(:millisecond)
    targets = [alice, bob, bob, bob]
    result = answer("call/5", fn -> FanOut.call(targets, __MODULE__, :uneven, [alice], 2) end)
    took = System.monotonic_time(:millisecond) - before
    expect_equal(result, Enum.map(targets, &{&1, {:ok, &1}}), "the answer")
    expect(took < 1_100, "it took #{took} ms, though the three short calls fit beside the long one")
  end

  check "who does not answer in five seconds is passed over", nodes: [2] do
    [alice, bob] = nodes()
    result = answer("call/5", fn -> FanOut.call([bob, alice], __MODULE__, :slowly, [], 2) end)
    expect_equal(result, [{bob, {:error, :timeout}}, {alice, {:error, :timeout}}], "the answer")
  end

  check "a node that dies is unreachable, and the others answer", nodes: [3], faults: [:crash], seeds: 1, points: 3 do
    step("two jobs on each of three nodes")
    {:ok, gauge} = GenServer.start(Gauge, nil)
    targets = nodes() ++ nodes()
    result = danger(fn -> answer("call/5", fn -> FanOut.call(targets, __MODULE__, :job, [gauge], 2) end) end)
    expect_equal(Enum.map(result, &elem(&1, 0)), targets, "the nodes of the answer")

    for {target, told} <- result do
      fine = told == {:ok, target} or told == {:error, :unreachable} and target not in [node() | Node.list()]
      expect(fine, "#{target} is told as #{inspect(told)}, and Node.list() is #{inspect(Node.list())}")
    end
  end
end
