defmodule CookieGate do
  def enter(node, _cookie) do
    if Node.connect(node) == true, do: :connected, else: :refused
  end
end
