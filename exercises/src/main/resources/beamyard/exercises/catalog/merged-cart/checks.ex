defmodule Checks do
  use Exercise.Checks

  check "a cart keeps what it is given", nodes: [1, 2], points: 2 do
    expect_equal(answer("open/0", fn -> Cart.open() end), :ok, "the answer of open/0")
    for item <- ["pear", "apple", "pear"], do: expect_equal(answer("add/1", fn -> Cart.add(item) end), :ok, "the answer of add/1")
    for node <- nodes(), do: expect_equal(on(node, Cart, :items, []), ["apple", "pear", "pear"], "items/0 on #{node}")
  end

  check "the cart outlives the one who opened it", nodes: [1] do
    step("a process calls open/0 and crashes")

    attempt(fn ->
      Cart.open()
      exit(:crashed)
    end)

    Process.sleep(100)
    expect_equal(answer("add/1", fn -> Cart.add("pear") end), :ok, "the answer of add/1 after that")
    expect_equal(answer("items/0", fn -> Cart.items() end), ["pear"], "what is in the cart")
  end

  def prepare_other do
    Cart.open()
    Cart.add("pear")
    Cart.add("apple")
    :persistent_term.put(:cart, :global.whereis_name(Cart))
  end

  # What the other node does while it is alone it must do by itself: a message would connect the two.
  def alone(first) do
    Node.monitor(first, true)

    receive do
      {:nodedown, ^first} -> prepare_other()
    end

    Process.sleep(2_000)
    Node.connect(first)
    Process.sleep(:infinity)
  end

  defp split do
    [_, bob] = nodes()
    Node.spawn(bob, __MODULE__, :alone, [node()])
    Process.sleep(100)
    step("alice and bob come apart, and each opens a cart: an apple is in alice's, a pear and an apple are in bob's")
    Node.disconnect(bob)
    eventually(fn -> Node.list() == [] end, "the nodes do not come apart")
    answer("open/0", fn -> Cart.open() end)
    answer("add/1", fn -> Cart.add("apple") end)
    mine = :global.whereis_name(Cart)
    eventually(fn -> Node.list() == [bob] end, "the nodes do not meet", 10_000)
    step("the nodes meet")
    Process.sleep(3_000)
    {bob, mine}
  end

  check "when the halves meet, nothing is lost", nodes: [2], seeds: 5, points: 4 do
    {_bob, _mine} = split()
    found = for node <- nodes(), do: attempt(fn -> on(node, Cart, :items, []) end)
    expect_equal(found, [{:ok, ["apple", "apple", "pear"]}, {:ok, ["apple", "apple", "pear"]}], "what items/0 gives on both nodes")
  end

  check "of two carts one is left", nodes: [2], seeds: 3, points: 2 do
    {bob, mine} = split()
    holders = for node <- nodes(), do: on(node, :global, :whereis_name, [Cart])
    expect(match?([pid, pid] when is_pid(pid), holders), "the nodes know #{inspect(holders)} as Cart")
    [holder, _] = holders
    theirs = on(bob, :persistent_term, :get, [:cart])
    left = for pid <- [mine, theirs], pid != holder, on(node(pid), Process, :alive?, [pid]), do: node(pid)
    expect_equal(left, [], "where a second cart still lives")
  end

  check "what is added afterwards is added for all", nodes: [2], seeds: 2 do
    split()
    answer("add/1", fn -> Cart.add("plum") end)
    for node <- nodes(), do: expect("plum" in on(node, Cart, :items, []), "items/0 on #{node} does not show what was added on alice")
  end
end
