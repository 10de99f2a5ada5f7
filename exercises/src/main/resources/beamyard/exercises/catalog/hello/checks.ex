defmodule Checks do
  use Exercise.Checks

  each_node do
    File.write!("greeting.txt", "  hello from #{node()}\n")
  end

  check "each node greets with its own file", nodes: [2, 3], points: 2 do
    for node <- nodes() do
      step("greeting(#{node})")
      expect_equal(answer("greeting/1", fn -> Hello.greeting(node) end), {:ok, "hello from #{node}"}, "the greeting of #{node}")
    end
  end

  check "a node without a greeting", nodes: [2] do
    [_, bob] = nodes()
    on(bob, File, :rm, ["greeting.txt"])
    expect_equal(answer("greeting/1", fn -> Hello.greeting(bob) end), {:error, :no_greeting}, "the answer")
  end

  check "a node that was never there", nodes: [1] do
    expect_equal(answer("greeting/1", fn -> Hello.greeting(:nobody@nowhere) end), {:error, :unreachable}, "the answer")
  end

  check "a node that dies meanwhile is unreachable", nodes: [2], faults: [:crash], points: 3 do
    [_, bob] = nodes()
    step("greeting(bob)")
    result = answer("greeting/1", fn -> Hello.greeting(bob) end)
    expect(result in [{:ok, "hello from #{bob}"}, {:error, :unreachable}], "the answer is #{inspect(result)}")
  end

  check "the caller finds its mailbox as it was", nodes: [2], faults: [:crash] do
    [_, bob] = nodes()

    left =
      answer("greeting/1", fn ->
        Hello.greeting(bob)
        Process.sleep(1_000)
        Process.info(self(), :messages)
      end)

    expect_equal(left, {:messages, []}, "what is left in the mailbox")
  end
end
