defmodule Logger do
  # Levels, metadata and the way to the node's log; where the log is shown decides the node.
  @levels [:emergency, :alert, :critical, :error, :warning, :notice, :info, :debug]

  def levels, do: @levels

  defp normal(:warn), do: :warning
  defp normal(level), do: level

  def configure(options) do
    :persistent_term.put({Logger, :options}, Keyword.merge(options(), options))
    :ok
  end

  defp options, do: :persistent_term.get({Logger, :options}, level: :debug)

  def level, do: Keyword.get(options(), :level, :debug)

  def compare_levels(a, b) do
    {a, b} = {rank(a), rank(b)}

    cond do
      a < b -> :gt
      a > b -> :lt
      true -> :eq
    end
  end

  defp rank(level), do: Enum.find_index(@levels, &(&1 == normal(level)))

  def metadata, do: :erlang.get(:logger_metadata) |> known()
  defp known(:undefined), do: []
  defp known(list), do: list

  def metadata(pairs) do
    merged = Keyword.merge(metadata(), pairs) |> Enum.reject(fn {_, value} -> value == nil end)
    :erlang.put(:logger_metadata, merged)
    :ok
  end

  def reset_metadata(pairs \\ []) do
    :erlang.put(:logger_metadata, [])
    metadata(pairs)
  end

  def enabled?(pid), do: :erlang.get(:logger_off) != true and is_pid(pid)

  def disable(pid) when pid == self() do
    :erlang.put(:logger_off, true)
    :ok
  end

  def enable(pid) when pid == self() do
    :erlang.erase(:logger_off)
    :ok
  end

  def flush, do: :ok

  def emergency(message, metadata \\ []), do: bare_log(:emergency, message, metadata)
  def alert(message, metadata \\ []), do: bare_log(:alert, message, metadata)
  def critical(message, metadata \\ []), do: bare_log(:critical, message, metadata)
  def error(message, metadata \\ []), do: bare_log(:error, message, metadata)
  def warning(message, metadata \\ []), do: bare_log(:warning, message, metadata)
  def warn(message, metadata \\ []), do: bare_log(:warning, message, metadata)
  def notice(message, metadata \\ []), do: bare_log(:notice, message, metadata)
  def info(message, metadata \\ []), do: bare_log(:info, message, metadata)
  def debug(message, metadata \\ []), do: bare_log(:debug, message, metadata)
  def log(level, message, metadata \\ []), do: bare_log(level, message, metadata)

  def bare_log(level, message, metadata \\ []) do
    if enabled?(self()) and level() != :none and compare_levels(level, level()) != :lt do
      text = text(if is_function(message, 0), do: message.(), else: message)
      :beamyard.log_message(normal(level), text, Keyword.merge(metadata(), metadata))
    end

    :ok
  end

  defp text({message, _}), do: text(message)
  defp text(message) when is_binary(message), do: message

  defp text([{key, _} | _] = report) when is_atom(key), do: inspect(report)
  defp text(message) when is_map(message), do: inspect(:maps.to_list(message))
  defp text(message), do: IO.chardata_to_string(message)
end
