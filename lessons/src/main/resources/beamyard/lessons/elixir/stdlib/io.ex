defmodule IO do
  # Text to and from devices, as messages of Erlang's I/O protocol.

  def puts(device \\ :stdio, item), do: :io.put_chars(device(device), [text(item), ?\n])
  def write(device \\ :stdio, item), do: :io.put_chars(device(device), text(item))

  def inspect(item, options \\ []), do: inspect(:stdio, item, options)

  def inspect(device, item, options) when is_list(options) do
    label = if label = options[:label], do: [to_string(label), ": "], else: []
    options = Keyword.delete(options, :label)
    puts(device, [label, Kernel.inspect(item, Keyword.put_new(Keyword.put_new(options, :pretty, true), :width, 80))])
    item
  end

  def gets(device \\ :stdio, prompt) do
    case request(device(device), {:get_line, :unicode, text(prompt)}) do
      {:error, reason} -> {:error, reason}
      answer -> answer
    end
  end

  def read(device \\ :stdio, what)

  def read(device, :line), do: gets(device, "")
  def read(device, :all), do: everything(device, [])
  def read(device, :eof), do: everything(device, [])

  defp everything(device, lines) do
    case gets(device, "") do
      line when is_binary(line) -> everything(device, [line | lines])
      _ -> IO.iodata_to_binary(:lists.reverse(lines))
    end
  end

  def warn(message, stacktrace_info \\ [])
  def warn(message, _info), do: puts(:stderr, ["warning: ", text(message)])

  def chardata_to_string(string) when is_binary(string), do: string

  def chardata_to_string(list) when is_list(list) do
    case :unicode.characters_to_binary(list) do
      result when is_binary(result) -> result
      {:error, encoded, rest} -> raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :invalid
      {:incomplete, encoded, rest} -> raise UnicodeConversionError, encoded: encoded, rest: rest, kind: :incomplete
    end
  end

  def iodata_to_binary(iodata), do: :erlang.iolist_to_binary(iodata)
  def iodata_length(iodata), do: :erlang.iolist_size(iodata)
  def binwrite(device \\ :stdio, iodata), do: :io.put_chars(device(device), iodata)

  defp device(:stdio), do: Process.group_leader()
  defp device(:stderr), do: :user
  defp device(device), do: device

  defp text(item) when is_list(item) or is_binary(item), do: item
  defp text(item), do: to_string(item)

  defp request(device, request), do: :io.__request__(device, request)
end

defmodule IO.ANSI do
  def enabled?(), do: false
  def format(chardata, _emit? \\ false), do: for(item <- chardata, not is_atom(item), do: item)
  def reset(), do: "\e[0m"
  def red(), do: "\e[31m"
  def green(), do: "\e[32m"
  def yellow(), do: "\e[33m"
  def blue(), do: "\e[34m"
  def bright(), do: "\e[1m"
end

defmodule :io do
  def put_chars(chars), do: put_chars(:erlang.group_leader(), chars)

  def put_chars(device, chars) do
    case __request__(device, {:put_chars, :unicode, chars}) do
      :ok -> :ok
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
