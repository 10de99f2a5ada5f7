defmodule CookieGate do
  def enter(node, cookie) do
    Node.set_cookie(node, cookie)
    Node.connect(node)
  end
end
