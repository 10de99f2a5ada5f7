# A device of Erlang's I/O protocol over text in memory: what StringIO gives, and an open file.
defmodule Beamyard.Device do
  # input is what is left to read; for a file, content and position
  defstruct kind: :string, owner: nil, input: "", output: "", prompts: false, encoding: :unicode, path: nil, content: "",
            position: 0, reads: true, writes: true, appends: false, binary: true

  def start(%Beamyard.Device{} = device), do: spawn(__MODULE__, :run, [device])

  def run(device) do
    if device.owner, do: Process.monitor(device.owner)
    loop(device)
  end

  defp loop(device) do
    receive do
      {:io_request, from, ref, request} ->
        {answer, device} = request(request, device)
        send(from, {:io_reply, ref, answer})
        loop(device)

      {:file_request, from, ref, :close} ->
        send(from, {:file_reply, ref, :ok})

      {:file_request, from, ref, request} ->
        {answer, device} = file(request, device)
        send(from, {:file_reply, ref, answer})
        loop(device)

      {:device_request, from, ref, :contents} ->
        send(from, {:device_reply, ref, {device.input, device.output}})
        loop(device)

      {:device_request, from, ref, :flush} ->
        send(from, {:device_reply, ref, device.output})
        loop(%{device | output: ""})

      {:device_request, from, ref, :close} ->
        send(from, {:device_reply, ref, {device.input, device.output}})

      {:DOWN, _, :process, owner, _} when owner == device.owner ->
        :ok

      _ ->
        loop(device)
    end
  end

  # The answer to a question of ours, or :terminated.
  def ask(pid, tag, reply, question) do
    ref = Process.monitor(pid)
    send(pid, {tag, self(), ref, question})

    receive do
      {^reply, ^ref, answer} ->
        Process.demonitor(ref, [:flush])
        {:ok, answer}

      {:DOWN, ^ref, _, _, _} ->
        :terminated
    end
  end

  defp request({:put_chars, chars}, device), do: put(:latin1, chars, device)
  defp request({:put_chars, encoding, chars}, device), do: put(encoding, chars, device)
  defp request({:put_chars, encoding, m, f, a}, device), do: put(encoding, apply(m, f, a), device)
  defp request({:get_line, prompt}, device), do: request({:get_line, :latin1, prompt}, device)
  defp request({:get_line, encoding, prompt}, device), do: get(prompt, device, &line(&1, encoding))
  defp request({:get_chars, prompt, count}, device), do: request({:get_chars, :latin1, prompt, count}, device)
  defp request({:get_chars, encoding, prompt, count}, device), do: get(prompt, device, &chars(&1, encoding, count))
  defp request(:getopts, device), do: {{:ok, [binary: true, encoding: device.encoding]}, device}
  defp request({:setopts, options}, device), do: {:ok, %{device | encoding: Keyword.get(options, :encoding, device.encoding)}}
  defp request({:get_geometry, _}, device), do: {{:error, :enotsup}, device}

  defp request({:requests, requests}, device) do
    Enum.reduce_while(requests, {:ok, device}, fn request, {_, device} ->
      case request(request, device) do
        {{:error, _}, _} = failed -> {:halt, failed}
        answered -> {:cont, answered}
      end
    end)
  end

  defp request(_, device), do: {{:error, :request}, device}

  defp put(_, _, %{writes: false} = device), do: {{:error, :ebadf}, device}

  defp put(encoding, chars, device) do
    case encoded(chars, encoding, device.encoding) do
      bytes when is_binary(bytes) -> {:ok, written(bytes, device)}
      _ when device.kind == :file -> {{:error, :no_translation}, device}
      _ -> {{:error, {:no_translation, encoding, device.encoding}}, device}
    end
  rescue
    ArgumentError -> {{:error, {:put_chars, encoding, chars}}, device}
  end

  # Bytes sent as latin1 go to a latin1 file as they are.
  defp encoded(chars, :latin1, :latin1), do: :erlang.iolist_to_binary(chars)
  defp encoded(chars, :latin1, to), do: :unicode.characters_to_binary(chars, :latin1, to)
  defp encoded(chars, from, to), do: :unicode.characters_to_binary(chars, from, to)

  defp written(bytes, %{kind: :string} = device), do: %{device | output: device.output <> bytes}

  defp written(bytes, %{kind: :file} = device) do
    at = if device.appends, do: byte_size(device.content), else: device.position
    before = binary_part(device.content, 0, min(at, byte_size(device.content)))
    gap = :binary.copy(<<0>>, max(at - byte_size(before), 0))
    rest = device.content
    to = at + byte_size(bytes)
    left = if to < byte_size(rest), do: binary_part(rest, to, byte_size(rest) - to), else: ""
    content = before <> gap <> bytes <> left
    :ok = :file.write_file(device.path, content)
    %{device | content: content, position: to}
  end

  defp get(_, %{reads: false} = device, _), do: {{:error, :ebadf}, device}

  defp get(prompt, device, fun) do
    device = if device.prompts, do: %{device | output: device.output <> IO.chardata_to_string(prompt)}, else: device
    fun.(device)
  end

  defp line(device, encoding) do
    left = left(device)

    case :binary.match(left, "\n") do
      {at, 1} -> {text(binary_part(left, 0, at + 1), device, encoding), advanced(device, at + 1)}
      :nomatch when left == "" -> {:eof, device}
      :nomatch -> {text(left, device, encoding), advanced(device, byte_size(left))}
    end
  end

  defp chars(device, _, 0), do: {"", device}

  defp chars(device, encoding, count) do
    left = left(device)

    size =
      if encoding == :latin1 or device.encoding == :latin1,
        do: min(count, byte_size(left)),
        else: first_chars(left, count, 0)

    case {left, size} do
      {"", _} -> {:eof, device}
      {_, :error} -> {{:error, :invalid_unicode}, device}
      _ -> {text(binary_part(left, 0, size), device, encoding), advanced(device, size)}
    end
  end

  defp first_chars(_, 0, size), do: size
  defp first_chars("", _, size), do: size
  defp first_chars(<<c::utf8, rest::binary>>, n, size), do: first_chars(rest, n - 1, size + byte_size(<<c::utf8>>))
  defp first_chars(_, _, _), do: :error

  defp text(bytes, %{encoding: encoding}, :unicode) when encoding == :latin1, do: :unicode.characters_to_binary(bytes, :latin1)
  defp text(bytes, _, _), do: bytes

  defp left(%{kind: :string, input: input}), do: input
  defp left(%{content: content, position: at}) when at >= byte_size(content), do: ""
  defp left(%{content: content, position: at}), do: binary_part(content, at, byte_size(content) - at)

  defp advanced(%{kind: :string} = device, n), do: %{device | input: binary_part(device.input, n, byte_size(device.input) - n)}
  defp advanced(device, n), do: %{device | position: device.position + n}

  # What :file asks of an open file.
  defp file({:position, at}, device) do
    size = byte_size(device.content)

    goal =
      case at do
        n when is_integer(n) -> n
        :bof -> 0
        :cur -> device.position
        :eof -> size
        {:bof, n} -> n
        {:cur, n} -> device.position + n
        {:eof, n} -> size + n
      end

    if goal < 0, do: {{:error, :einval}, device}, else: {{:ok, goal}, %{device | position: goal}}
  end

  defp file({:pread, at, count}, device), do: pread(device, at, count)
  defp file({:pwrite, at, bytes}, device), do: {:ok, %{written(:erlang.iolist_to_binary(bytes), %{device | position: at}) | position: device.position}}

  defp file(:truncate, device) do
    content = binary_part(device.content, 0, min(device.position, byte_size(device.content)))
    :ok = :file.write_file(device.path, content)
    {:ok, %{device | content: content}}
  end

  defp file(kind, device) when kind in [:sync, :datasync], do: {:ok, device}
  defp file(:binary?, device), do: {device.binary, device}
  defp file(_, device), do: {{:error, :enotsup}, device}

  defp pread(device, at, count) do
    size = byte_size(device.content)
    if at >= size, do: {:eof, device}, else: {{:ok, binary_part(device.content, at, min(count, size - at))}, device}
  end
end

defmodule StringIO do
  def open(string, options_or_function \\ [])
  def open(string, options) when is_binary(string) and is_list(options), do: {:ok, device(string, options)}
  def open(string, function) when is_binary(string) and is_function(function, 1), do: open(string, [], function)

  def open(string, options, function) when is_binary(string) and is_list(options) and is_function(function, 1) do
    pid = device(string, options)

    try do
      {:ok, function.(pid)}
    after
      {:ok, _} = close(pid)
    end
  end

  defp device(string, options) do
    Beamyard.Device.start(%Beamyard.Device{
      owner: self(),
      input: string,
      prompts: options[:capture_prompt] || false,
      encoding: options[:encoding] || :unicode
    })
  end

  def contents(pid) when is_pid(pid), do: ask(pid, :contents)
  def flush(pid) when is_pid(pid), do: ask(pid, :flush)
  def close(pid) when is_pid(pid), do: {:ok, ask(pid, :close)}

  defp ask(pid, what) do
    case Beamyard.Device.ask(pid, :device_request, :device_reply, what) do
      {:ok, answer} -> answer
      :terminated -> exit({:noproc, {GenServer, :call, [pid, what, 5000]}})
    end
  end
end
