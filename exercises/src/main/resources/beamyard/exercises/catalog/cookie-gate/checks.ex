defmodule Checks do
  use Exercise.Checks

  # The second node guards itself with a cookie of its own, and there is no connection to it.
  defp guarded do
    [_, bob] = nodes()
    step("bob guards itself with the cookie :sesame")
    on(bob, :erlang, :set_cookie, [bob, :sesame])
    Node.disconnect(bob)
    eventually(fn -> Node.list() == [] end, "the nodes do not come apart")
    bob
  end

  check "the right cookie opens the gate", nodes: [2], points: 2 do
    bob = guarded()
    step("enter(bob, :sesame)")
    expect_equal(answer("enter/2", fn -> CookieGate.enter(bob, :sesame) end), :connected, "the answer")
    expect(bob in Node.list(), "enter/2 says :connected, but Node.list() is #{inspect(Node.list())}")
  end

  check "a wrong cookie is refused", nodes: [2], points: 2 do
    bob = guarded()
    step("enter(bob, :mellon)")
    expect_equal(answer("enter/2", fn -> CookieGate.enter(bob, :mellon) end), :refused, "the answer")
    expect_equal(Node.list(), [], "Node.list()")
  end

  check "after a refusal the right cookie still opens", nodes: [2] do
    bob = guarded()
    answer("enter/2", fn -> CookieGate.enter(bob, :mellon) end)
    expect_equal(answer("enter/2", fn -> CookieGate.enter(bob, :sesame) end), :connected, "the second answer")
  end

  check "a node that is not there is refused", nodes: [1] do
    expect_equal(answer("enter/2", fn -> CookieGate.enter(:nobody@nowhere, :sesame) end), :refused, "the answer")
  end

  check "a node that is connected already is no trouble", nodes: [2] do
    [_, bob] = nodes()
    expect_equal(answer("enter/2", fn -> CookieGate.enter(bob, Node.get_cookie()) end), :connected, "the answer")
  end

  check "the cookie for all other nodes stays what it was", nodes: [2] do
    before = Node.get_cookie()
    bob = guarded()
    answer("enter/2", fn -> CookieGate.enter(bob, :sesame) end)
    expect_equal(Node.get_cookie(), before, "the cookie of this node")
    Node.disconnect(bob)
    answer("enter/2", fn -> CookieGate.enter(bob, :mellon) end)
    expect_equal(Node.get_cookie(), before, "after a refusal, the cookie of this node")
  end
end
