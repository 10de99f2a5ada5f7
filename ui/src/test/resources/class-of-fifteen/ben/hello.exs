defmodule Hello do
  def greeting(node) do
    request = :erpc.send_request(node, __MODULE__, :read_here, [])

    try do
      :erpc.receive_response(request)
    catch
      _, _ -> {:error, :unreachable}
    end
  end

  def read_here do
    with {:ok, text} <- File.read("greeting.txt") do
      {:ok, String.trim(text)}
    else
      _ -> {:error, :no_greeting}
    end
  end
end
