defmodule Base do
  def encode16(data, options \\ []), do: :beamyard.encode16(data, Keyword.get(options, :case, :upper))

  def decode16(text, options \\ []), do: answer(:beamyard.decode16(text, Keyword.get(options, :case, :upper)))
  def decode16!(text, options \\ []), do: text |> decode16(options) |> sure(text)
  def encode64(data, options \\ []), do: :beamyard.encode64(data, :plain, Keyword.get(options, :padding, true))
  def decode64(text, options \\ []), do: answer(:beamyard.decode64(clean(text, options), :plain, Keyword.get(options, :padding, true)))
  def decode64!(text, options \\ []), do: text |> decode64(options) |> sure(text)
  def url_encode64(data, options \\ []), do: :beamyard.encode64(data, :url, Keyword.get(options, :padding, true))
  def url_decode64(text, options \\ []), do: answer(:beamyard.decode64(clean(text, options), :url, Keyword.get(options, :padding, true)))
  def url_decode64!(text, options \\ []), do: text |> url_decode64(options) |> sure(text)

  defp clean(text, options) do
    if options[:ignore] == :whitespace, do: String.replace(text, [" ", "\n", "\t", "\r"], ""), else: text
  end

  defp answer(:error), do: :error
  defp answer(binary), do: {:ok, binary}
  defp sure({:ok, binary}, _), do: binary
  defp sure(:error, text), do: raise(ArgumentError, "invalid encoding of " <> inspect(text))
end

defmodule :timer do
  def sleep(time) do
    receive do
    after
      time -> :ok
    end
  end

  def seconds(n), do: n * 1000
  def minutes(n), do: n * 60_000
  def hours(n), do: n * 3_600_000
  def hms(h, m, s), do: hours(h) + minutes(m) + seconds(s)
  def now_diff({m2, s2, u2}, {m1, s1, u1}), do: ((m2 - m1) * 1_000_000 + (s2 - s1)) * 1_000_000 + (u2 - u1)
  def tc(fun) when is_function(fun, 0), do: tc(:erlang, :apply, [fun, []])
  def tc(fun, args), do: tc(:erlang, :apply, [fun, args])

  def tc(module, function, args) do
    before = :erlang.monotonic_time(:nanosecond)
    value = :erlang.apply(module, function, args)
    {div(:erlang.monotonic_time(:nanosecond) - before, 1000), value}
  end

  def send_after(time, message), do: send_after(time, self(), message)
  def send_after(time, to, message), do: {:ok, {:send_local, :erlang.send_after(time, to, message)}}

  def apply_after(time, module, function, args) do
    pid =
      spawn(fn ->
        sleep(time)
        :erlang.apply(module, function, args)
      end)

    {:ok, {:process, pid}}
  end

  def send_interval(time, message), do: send_interval(time, self(), message)

  def send_interval(time, to, message) do
    target = if is_atom(to), do: :erlang.whereis(to), else: to

    pid =
      spawn(fn ->
        ref = :erlang.monitor(:process, target)
        repeat(time, :erlang.monotonic_time(:millisecond) + time, ref, fn -> send(to, message) end)
      end)

    {:ok, {:process, pid}}
  end

  def apply_interval(time, module, function, args) do
    pid =
      spawn(fn ->
        repeat(time, :erlang.monotonic_time(:millisecond) + time, nil, fn -> spawn(module, function, args) end)
      end)

    {:ok, {:process, pid}}
  end

  defp repeat(time, next, ref, fun) do
    receive do
      {:DOWN, ^ref, _, _, _} -> :ok
    after
      max(next - :erlang.monotonic_time(:millisecond), 0) ->
        fun.()
        repeat(time, next + time, ref, fun)
    end
  end

  def cancel({:send_local, ref}) do
    :erlang.cancel_timer(ref)
    {:ok, :cancel}
  end

  def cancel({:process, pid}) do
    :erlang.exit(pid, :kill)
    {:ok, :cancel}
  end

  def cancel(_), do: {:error, :badarg}
  def exit_after(time, pid, reason), do: apply_after(time, :erlang, :exit, [pid, reason])
  def exit_after(time, reason), do: exit_after(time, self(), reason)
  def kill_after(time, pid), do: exit_after(time, pid, :kill)
  def kill_after(time), do: exit_after(time, self(), :kill)
  def start(), do: :ok
end
