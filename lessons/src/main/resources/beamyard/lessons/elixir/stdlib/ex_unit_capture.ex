defmodule ExUnit.CaptureIO do
  def capture_io(function) when is_function(function, 0), do: capture_io(:stdio, "", function)
  def capture_io(device, function) when is_atom(device), do: capture_io(device, "", function)
  def capture_io(input, function) when is_binary(input), do: capture_io(:stdio, input, function)

  def capture_io(options, function) when is_list(options) do
    capture_io(:stdio, Keyword.get(options, :input, ""), function)
  end

  def capture_io(device, input, function) do
    {_, output} = capture(device, input, function)
    output
  end

  def with_io(function) when is_function(function, 0), do: capture(:stdio, "", function)
  def with_io(input, function) when is_binary(input), do: capture(:stdio, input, function)

  defp capture(:stderr, _input, function) do
    original = Process.whereis(:standard_error)
    device = start("")
    if original, do: Process.unregister(:standard_error)
    Process.register(device, :standard_error)

    try do
      {function.(), contents(device)}
    after
      # the device ends with its contents, and its name may be gone by now
      if Process.whereis(:standard_error), do: Process.unregister(:standard_error)
      if original, do: Process.register(original, :standard_error)
    end
  end

  defp capture(_, input, function) do
    original = Process.group_leader()
    device = start(input)
    Process.group_leader(self(), device)

    try do
      result = function.()
      {result, contents(device)}
    after
      Process.group_leader(self(), original)
    end
  end

  defp start(input) do
    spawn(fn -> loop(input, []) end)
  end

  defp contents(device) do
    ref = make_ref()
    send(device, {:contents, self(), ref})

    receive do
      {^ref, output} -> output
    end
  end

  defp loop(input, output) do
    receive do
      {:contents, from, ref} ->
        send(from, {ref, IO.chardata_to_string(Enum.reverse(output))})

      {:io_request, from, ref, request} ->
        {reply, input, output} = answer(request, input, output)
        send(from, {:io_reply, ref, reply})
        loop(input, output)
    end
  end

  defp answer({:put_chars, chars}, input, output), do: {:ok, input, [chars | output]}
  defp answer({:put_chars, _encoding, chars}, input, output), do: {:ok, input, [chars | output]}

  defp answer({:put_chars, _encoding, module, function, arguments}, input, output) do
    {:ok, input, [apply(module, function, arguments) | output]}
  end

  defp answer({:get_line, _encoding, prompt}, input, output) do
    output = [to_string(prompt) | output]

    case String.split(input, "\n", parts: 2) do
      [""] -> {:eof, "", output}
      [line] -> {line, "", output}
      [line, rest] -> {line <> "\n", rest, output}
    end
  end

  defp answer(_, input, output), do: {{:error, :request}, input, output}
end

defmodule ExUnit.CaptureLog do
  # The node's Logger process keeps what is logged meanwhile, as the console would print it, and prints nothing.

  def capture_log(options \\ [], function) do
    {_, log} = with_log(options, function)
    log
  end

  def with_log(options \\ [], function) do
    ref = make_ref()
    send(Logger, {:capture, self(), ref, options})
    receive do: ({:capturing, ^ref} -> :ok)

    try do
      function.()
    catch
      kind, reason ->
        release(ref)
        :erlang.raise(kind, reason, __STACKTRACE__)
    else
      result -> {result, release(ref)}
    end
  end

  defp release(ref) do
    Logger.flush()
    send(Logger, {:release, self(), ref})
    receive do: ({:released, ^ref, log} -> log)
  end
end
