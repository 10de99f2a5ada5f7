defmodule CookieGate do
  def enter(node, cookie) do
    :erlang.set_cookie(node, cookie)

    case Node.ping(node) do
      :pong -> :connected
      :pang -> :refused
    end
  end
end
