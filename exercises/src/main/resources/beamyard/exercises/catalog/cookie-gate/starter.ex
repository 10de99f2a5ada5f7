defmodule CookieGate do
  @doc "Connects to a node that wants another cookie: :connected or :refused."
  def enter(node, cookie) do
    {node, cookie}
  end
end
