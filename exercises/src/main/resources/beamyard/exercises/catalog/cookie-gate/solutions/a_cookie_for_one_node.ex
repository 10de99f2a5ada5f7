defmodule CookieGate do
  def enter(node, cookie) do
    Node.set_cookie(node, cookie)
    if Node.connect(node) == true, do: :connected, else: :refused
  end
end
