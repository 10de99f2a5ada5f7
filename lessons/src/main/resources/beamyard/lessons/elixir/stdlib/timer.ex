# OTP's timer functions that keep a server alive for their actions: here each one is a process of its own.
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
  def hms(h, m, s), do: h * 3_600_000 + m * 60_000 + s * 1000
  def now_diff({a2, b2, c2}, {a1, b1, c1}), do: ((a2 - a1) * 1_000_000 + b2 - b1) * 1_000_000 + c2 - c1
  def start, do: :ok

  def tc(fun) when is_function(fun), do: timed(fn -> fun.() end, :microsecond)
  def tc(fun, args) when is_function(fun) and is_list(args), do: timed(fn -> apply(fun, args) end, :microsecond)
  def tc(module, fun, args) when is_atom(module), do: timed(fn -> apply(module, fun, args) end, :microsecond)

  defp timed(fun, unit) do
    before = :erlang.monotonic_time()
    result = fun.()
    later = :erlang.monotonic_time()
    {:erlang.convert_time_unit(later - before, :native, unit), result}
  end

  def send_after(time, message), do: send_after(time, self(), message)

  def send_after(time, to, message)
      when is_integer(time) and time >= 0 and (is_atom(to) or (is_pid(to) and node(to) == node())),
      do: {:ok, {:send_local, :erlang.send_after(time, to, message)}}

  def send_after(time, to, message) when is_integer(time) and time >= 0 and (is_pid(to) or is_tuple(to)),
    do: apply_after(time, :erlang, :send, [to, message])

  def send_after(_, _, _), do: {:error, :badarg}

  def apply_after(time, module, fun, args) when is_integer(time) and time >= 0 and is_atom(module) and is_atom(fun) do
    pid =
      :erlang.spawn(fn ->
        receive do
          :cancel -> :ok
        after
          time -> apply(module, fun, args)
        end
      end)

    {:ok, {:once, pid}}
  end

  def apply_after(_, _, _, _), do: {:error, :badarg}

  def exit_after(time, pid, reason), do: apply_after(time, :erlang, :exit, [pid, reason])
  def exit_after(time, reason), do: exit_after(time, self(), reason)
  def kill_after(time, pid), do: exit_after(time, pid, :kill)
  def kill_after(time), do: exit_after(time, self(), :kill)

  def send_interval(time, message), do: send_interval(time, self(), message)

  def send_interval(time, to, message) when is_integer(time) and time >= 0,
    do: {:ok, {:interval, :erlang.spawn(fn -> repeat(time, watched(to), fn -> :erlang.send(to, message) end) end)}}

  def apply_interval(time, module, fun, args) when is_integer(time) and time >= 0 do
    {:ok, {:interval, :erlang.spawn(fn -> repeat(time, nil, fn -> :erlang.spawn(module, fun, args) end) end)}}
  end

  def apply_interval(_, _, _, _), do: {:error, :badarg}

  defp watched(pid) when is_pid(pid), do: :erlang.monitor(:process, pid)
  defp watched(_), do: nil

  # Beats at equal distances, whatever an action takes.
  defp repeat(time, monitor, action), do: repeat(:erlang.monotonic_time(:millisecond) + time, time, monitor, action)

  defp repeat(next, time, monitor, action) do
    receive do
      :cancel -> :ok
      {:DOWN, ^monitor, _, _, _} -> :ok
    after
      max(0, next - :erlang.monotonic_time(:millisecond)) ->
        action.()
        repeat(next + time, time, monitor, action)
    end
  end

  def cancel({:ok, timer}), do: cancel(timer)

  def cancel({:send_local, ref}) do
    :erlang.cancel_timer(ref)
    {:ok, :cancel}
  end

  def cancel({kind, pid}) when kind in [:once, :interval] and is_pid(pid) do
    :erlang.send(pid, :cancel)
    {:ok, :cancel}
  end

  def cancel(_), do: {:error, :badarg}
end
