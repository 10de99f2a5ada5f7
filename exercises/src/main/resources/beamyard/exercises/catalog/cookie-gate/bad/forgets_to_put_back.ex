defmodule CookieGate do
  def enter(node, cookie) do
    before = Node.get_cookie()
    Node.set_cookie(cookie)

    if Node.connect(node) do
      Node.set_cookie(before)
      :connected
    else
      :refused
    end
  end
end
