defmodule Checks do
  use Exercise.Checks

  each_node do
    {:ok, _} = :pg.start_link()
  end

  # A process that does as it is told, and tells what it gets.
  def listener(checker, subscriptions) do
    for _ <- 1..subscriptions//1, do: Topics.subscribe(:news)
    send(checker, {:ready, self()})
    listen(checker)
  end

  defp listen(checker) do
    receive do
      :unsubscribe ->
        Topics.unsubscribe(:news)
        send(checker, {:ready, self()})
        listen(checker)

      :stop ->
        :ok

      message ->
        send(checker, {:heard, self(), message})
        listen(checker)
    end
  end

  defp listener_on(node, subscriptions \\ 1) do
    pid = Node.spawn(node, __MODULE__, :listener, [self(), subscriptions])
    ready(pid)
    pid
  end

  defp ready(pid), do: receive(do: ({:ready, ^pid} -> :ok), after: (5_000 -> expect(false, "subscribing has no end")))

  defp settle, do: Process.sleep(500)

  defp heard(pids) do
    Process.sleep(500)
    for pid <- pids, do: {node(pid), gather(pid)}
  end

  defp gather(pid) do
    receive do
      {:heard, ^pid, message} -> [message | gather(pid)]
    after
      0 -> []
    end
  end

  check "subscribers on every node get what is published anywhere", nodes: [1, 3], points: 3 do
    pids = Enum.map(nodes(), &listener_on/1)
    settle()
    step("publish(:news, :hello) on #{List.last(nodes())}")
    expect_equal(on(List.last(nodes()), Topics, :publish, [:news, :hello]), length(nodes()), "the answer of publish/2")
    expect_equal(heard(pids), Enum.map(nodes(), &{&1, [{:news, :hello}]}), "what the subscribers heard")
  end

  check "nobody hears of other topics", nodes: [2] do
    pid = listener_on(List.last(nodes()))
    settle()
    expect_equal(answer("publish/2", fn -> Topics.publish(:sport, :goal) end), 0, "the answer of publish/2")
    expect_equal(heard([pid]), [{node(pid), []}], "what the subscriber of :news heard")
  end

  check "who subscribes twice gets everything once", nodes: [2], points: 2 do
    pid = listener_on(List.last(nodes()), 2)
    settle()
    expect_equal(answer("publish/2", fn -> Topics.publish(:news, :hello) end), 1, "the answer of publish/2")
    expect_equal(heard([pid]), [{node(pid), [{:news, :hello}]}], "what it heard")
  end

  check "who unsubscribes gets nothing more", nodes: [2], points: 2 do
    for subscriptions <- [0, 1, 2] do
      pid = listener_on(List.last(nodes()), subscriptions)
      send(pid, :unsubscribe)
      ready(pid)
      settle()
      expect_equal(answer("publish/2", fn -> Topics.publish(:news, :hello) end), 0, "after #{subscriptions} subscriptions and an end to them, the answer of publish/2")
      expect_equal(heard([pid]), [{node(pid), []}], "what it heard")
    end
  end

  check "who has ended is no subscriber", nodes: [2] do
    pid = listener_on(List.last(nodes()))
    send(pid, :stop)
    settle()
    expect_equal(answer("publish/2", fn -> Topics.publish(:news, :hello) end), 0, "the answer of publish/2")
  end

  check "a node that dies disturbs nobody", nodes: [3], faults: [:crash], seeds: 1, points: 2 do
    here = listener_on(node())
    for other <- tl(nodes()), do: Node.spawn(other, __MODULE__, :listener, [self(), 1])
    settle()
    danger(fn -> answer("publish/2", fn -> Topics.publish(:news, :hello) end) end)
    expect_equal(heard([here]), [{node(), [{:news, :hello}]}], "what the subscriber of this node heard")
  end

  check "subscribing and unsubscribing are always :ok", nodes: [1] do
    told =
      answer("unsubscribe/1 and subscribe/1", fn ->
        [Topics.unsubscribe(:news), Topics.subscribe(:news), Topics.subscribe(:news), Topics.unsubscribe(:news), Topics.unsubscribe(:news)]
      end)

    expect_equal(told, [:ok, :ok, :ok, :ok, :ok], "what unsubscribe, subscribe twice, and unsubscribe twice answer")
  end
end
