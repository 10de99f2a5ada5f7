defmodule :io do
  def put_chars(chars), do: put_chars(:erlang.group_leader(), chars)

  def put_chars(device, chars) do
    case __request__(device, {:put_chars, :unicode, chars}) do
      :ok -> :ok
      {:error, {:yard_limit, _, _} = limit} -> :erlang.error(limit, [device, chars])
      {:error, _} -> :erlang.error(:badarg, [device, chars])
    end
  end

  def nl(), do: put_chars('\n')
  def nl(device), do: put_chars(device, '\n')

  def format(format), do: format(:erlang.group_leader(), format, [])
  def format(format, arguments), do: format(:erlang.group_leader(), format, arguments)
  def format(device, format, arguments), do: put_chars(device, :io_lib.format(format, arguments))

  def fwrite(format), do: format(format)
  def fwrite(format, arguments), do: format(format, arguments)
  def fwrite(device, format, arguments), do: format(device, format, arguments)

  def get_line(prompt), do: get_line(:erlang.group_leader(), prompt)
  def get_line(device, prompt), do: __request__(device, {:get_line, :unicode, prompt})

  def columns(), do: {:ok, 80}
  def columns(_device), do: {:ok, 80}
  def rows(), do: {:ok, 24}

  # One request and its answer. A device that is gone raises :terminated.
  def __request__(device, request) do
    pid = if is_atom(device), do: :erlang.whereis(device), else: device

    if is_pid(pid) do
      ref = :erlang.monitor(:process, pid)
      send(pid, {:io_request, self(), ref, request})

      receive do
        {:io_reply, ^ref, answer} ->
          :erlang.demonitor(ref, [:flush])
          answer

        {:DOWN, ^ref, _, _, _} ->
          :erlang.error(:terminated, [device, request])
      end
    else
      :erlang.error(:badarg, [device, request])
    end
  end
end
