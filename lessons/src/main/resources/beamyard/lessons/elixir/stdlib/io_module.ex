defmodule IO do
  # Everything written travels as a request to the group leader.

  def puts(device \\ :stdio, item) when is_atom(device) or is_pid(device),
    do: request(device, {:put_chars, :unicode, [to_chars(item), ?\n]})
  def write(device \\ :stdio, item), do: request(device, {:put_chars, :unicode, to_chars(item)})
  def binwrite(device \\ :stdio, iodata) when is_list(iodata) or is_binary(iodata),
    do: request(device, {:put_chars, :latin1, iodata})
  def warn(message), do: request(:stderr, {:put_chars, :unicode, ["warning: ", to_chars(message), ?\n]})
  def warn(message, _), do: warn(message)

  def inspect(item, options \\ []), do: inspect(:stdio, item, options)

  def inspect(device, item, options) when (is_atom(device) or is_pid(device)) and is_list(options) do
    label = if label = options[:label], do: [to_chars(label), ": "], else: []
    text = Kernel.inspect(item, Keyword.put_new(options, :pretty, true))
    request(device, {:put_chars, :unicode, [label, text, ?\n]})
    item
  end

  def gets(device \\ :stdio, prompt), do: request(device, {:get_line, :unicode, to_chars(prompt)})
  def getn(device_or_prompt, count_or_prompt \\ 1)
  def getn(prompt, count) when is_integer(count) and count > 0, do: getn(:stdio, prompt, count)
  def getn(prompt, :eof), do: getn(:stdio, prompt, :eof)
  def getn(device, prompt) when not is_integer(prompt), do: request(device, {:get_chars, :unicode, to_chars(prompt), 1})
  def getn(device, prompt, count) when is_integer(count) and count > 0,
    do: request(device, {:get_chars, :unicode, to_chars(prompt), count})
  def read(device \\ :stdio, what)
  def read(device, :line), do: request(device, {:get_line, :unicode, ""})
  def read(device, count) when is_integer(count) and count >= 0, do: request(device, {:get_chars, :unicode, "", count})
  def read(device, all) when all in [:eof, :all], do: read_all(device, &read(&1, 4096), "", all)

  defp read_all(device, next, acc, all) do
    case next.(device) do
      :eof when acc == "" and all == :eof -> :eof
      :eof -> acc
      {:error, _} = error -> error
      data -> read_all(device, next, acc <> data, all)
    end
  end

  # Bytes, whatever they stand for.
  def binread(device \\ :stdio, what)
  def binread(device, :line), do: request(device, {:get_line, :latin1, ""})
  def binread(device, count) when is_integer(count) and count >= 0, do: request(device, {:get_chars, :latin1, "", count})
  def binread(device, all) when all in [:eof, :all], do: read_all(device, &binread(&1, 4096), "", all)

  def binstream(), do: binstream(:stdio, :line)
  def binstream(device \\ :stdio, kind) when kind == :line when is_integer(kind) and kind > 0, do: IO.Stream.__build__(device, true, kind)
  def stream(), do: stream(:stdio, :line)
  def stream(device \\ :stdio, kind) when kind == :line when is_integer(kind) and kind > 0, do: IO.Stream.__build__(erlang_name(device), false, kind)

  defp erlang_name(:stdio), do: :standard_io
  defp erlang_name(:stderr), do: :standard_error
  defp erlang_name(device), do: device

  def chardata_to_string(string) when is_binary(string), do: string
  def chardata_to_string(list) when is_list(list), do: List.to_string(list)
  def iodata_to_binary(iodata), do: :erlang.iolist_to_binary(iodata)
  def iodata_length(iodata), do: :erlang.iolist_size(iodata)

  defp to_chars(list) when is_list(list), do: list
  defp to_chars(other), do: String.Chars.to_string(other)

  def request(:stderr, request), do: request(:standard_error, request)

  def request(:standard_error, {:put_chars, encoding, chars} = request) do
    if :erlang.whereis(:standard_error) == :undefined do
      text = if encoding == :latin1, do: :erlang.iolist_to_binary(chars), else: IO.chardata_to_string(chars)
      :beamyard.standard_error(text)
    else
      asked(:standard_error, request)
    end
  end

  def request(device, request), do: asked(device, request)

  defp asked(device, request) do
    to = device(device)

    if to == self(), do: own(request), else: ask(device, to, request)
  end

  # Who prints on itself would wait for itself.
  defp own(request) when elem(request, 0) == :put_chars and elem(request, 1) == :unicode,
    do: raise(ErlangError, original: :calling_self, reason: ":\n\n  * 1st argument: the device is not allowed to be the current process\n")

  defp own(_), do: {:error, :calling_self}

  defp ask(device, to, request) do
    if is_atom(to) and :erlang.whereis(to) == :undefined do
      raise ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: the device does not exist\n"
    end

    if :beamyard.runs_macro() and elem(request, 0) == :put_chars, do: __unanswered__(to, request), else: answered(device, to, request)
  end

  # Macros run while the compiler waits for them, and so they do not wait for the device: its answer goes to nobody.
  def __unanswered__(device, request) do
    :erlang.send(device, {:io_request, spawn(fn -> :ok end), make_ref(), request})
    :ok
  end

  defp answered(device, to, request) do
    ref =
      case to do
        pid when is_pid(pid) -> :erlang.monitor(:process, pid)
        name -> :erlang.monitor(:process, name)
      end

    :erlang.send(to, {:io_request, self(), ref, request})

    receive do
      {:io_reply, ^ref, :ok} ->
        :erlang.demonitor(ref, [:flush])
        :ok

      {:io_reply, ^ref, {:error, reason}} when is_tuple(request) and elem(request, 0) == :put_chars ->
        :erlang.demonitor(ref, [:flush])
        refused(reason)

      {:io_reply, ^ref, answer} ->
        :erlang.demonitor(ref, [:flush])
        answer

      {:DOWN, ^ref, _, _, _} ->
        cond do
          elem(request, 0) != :put_chars or elem(request, 1) == :latin1 -> {:error, :terminated}
          device in [:stdio, :stderr, :standard_io, :standard_error] -> :erlang.error(:terminated)
          true -> raise ErlangError, original: :terminated, reason: ":\n\n  * 1st argument: the device has terminated\n"
        end
    end
  end

  defp refused(:ebadf),
    do: raise(ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: bad file number (ebadf)\n")

  defp refused({:no_translation, from, to}) do
    text = ":\n\n  * 1st argument: device failed to transcode string from #{from} to #{to}\n"
    raise ErlangError, original: :no_translation, reason: text
  end

  defp refused(reason), do: :erlang.error(reason)

  defp device(:stdio), do: :erlang.group_leader()
  defp device(:stderr), do: standard_error()
  defp device(:standard_io), do: :erlang.group_leader()
  defp device(:standard_error), do: standard_error()
  defp device(other), do: other

  defp standard_error() do
    case :erlang.whereis(:standard_error) do
      :undefined -> :erlang.group_leader()
      pid -> pid
    end
  end
end

defmodule IO.Stream do
  defstruct device: nil, raw: true, line_or_bytes: :line

  def __build__(device, raw, line_or_bytes), do: %IO.Stream{device: device, raw: raw, line_or_bytes: line_or_bytes}

  def read(%{device: device, raw: raw, line_or_bytes: kind}), do: if(raw, do: IO.binread(device, kind), else: IO.read(device, kind))
end

defimpl Enumerable, for: IO.Stream do
  def count(_), do: {:error, __MODULE__}
  def member?(_, _), do: {:error, __MODULE__}
  def slice(_), do: {:error, __MODULE__}

  def reduce(stream, acc, fun) do
    next = fn stream ->
      case IO.Stream.read(stream) do
        :eof -> {:halt, stream}
        {:error, reason} -> raise IO.StreamError, reason: reason
        data -> {[data], stream}
      end
    end

    Stream.resource(fn -> stream end, next, & &1).(acc, fun)
  end
end

defimpl Collectable, for: IO.Stream do
  def into(%{device: device, raw: raw} = stream) do
    {:ok,
     fn
       :ok, {:cont, x} -> if(raw, do: IO.binwrite(device, x), else: IO.write(device, x))
       :ok, _ -> stream
     end}
  end
end
