# Erlang's own ways to log.
defmodule :logger do
  @levels [:emergency, :alert, :critical, :error, :warning, :notice, :info, :debug]
  @metadata :"$logger_metadata$"

  def emergency(a), do: log(:emergency, a)
  def emergency(a, b), do: log(:emergency, a, b)
  def emergency(a, b, c), do: log(:emergency, a, b, c)
  def alert(a), do: log(:alert, a)
  def alert(a, b), do: log(:alert, a, b)
  def alert(a, b, c), do: log(:alert, a, b, c)
  def critical(a), do: log(:critical, a)
  def critical(a, b), do: log(:critical, a, b)
  def critical(a, b, c), do: log(:critical, a, b, c)
  def error(a), do: log(:error, a)
  def error(a, b), do: log(:error, a, b)
  def error(a, b, c), do: log(:error, a, b, c)
  def warning(a), do: log(:warning, a)
  def warning(a, b), do: log(:warning, a, b)
  def warning(a, b, c), do: log(:warning, a, b, c)
  def notice(a), do: log(:notice, a)
  def notice(a, b), do: log(:notice, a, b)
  def notice(a, b, c), do: log(:notice, a, b, c)
  def info(a), do: log(:info, a)
  def info(a, b), do: log(:info, a, b)
  def info(a, b, c), do: log(:info, a, b, c)
  def debug(a), do: log(:debug, a)
  def debug(a, b), do: log(:debug, a, b)
  def debug(a, b, c), do: log(:debug, a, b, c)

  def log(level, text_or_report), do: write(level, text_or_report, :none, %{})
  def log(level, a, metadata) when is_map(metadata), do: write(level, a, :none, metadata)
  def log(level, a, arguments), do: write(level, a, {:some, arguments}, %{})
  def log(level, a, arguments, metadata) when is_map(metadata), do: write(level, a, {:some, arguments}, metadata)

  defp write(level, what, arguments, metadata) when level in @levels do
    own = :erlang.get({Logger, :level})

    if :beamyard_log.allows(level) and (own == :undefined or compare_levels(level, own) != :lt) do
      metadata = Map.merge(__process_metadata__(), metadata)
      Logger.Wording.put(level, text(what, arguments, metadata), :maps.to_list(metadata))
    end

    :ok
  end

  defp text(fun, {:some, argument}, metadata) when is_function(fun, 1) do
    case fun.(argument) do
      {format, arguments} -> Logger.Wording.format(format, arguments)
      other -> text(other, :none, metadata)
    end
  end

  defp text(format, {:some, arguments}, _), do: Logger.Wording.format(format, arguments)

  defp text(report, :none, %{report_cb: callback}) when is_function(callback, 1) and not is_binary(report) do
    {format, arguments} = callback.(report)
    Logger.Wording.format(format, arguments)
  end

  defp text(what, :none, _), do: Logger.Wording.message(what)

  def allow(level, module) when level in @levels do
    case :persistent_term.get({:logger_module_level, module}, :none_set) do
      :none_set -> :beamyard_log.allows(level)
      own -> compare_levels(level, own) != :lt
    end
  end

  def allow(level, _module), do: :erlang.error(:function_clause, [level, 7])

  @order [:none | @levels] ++ [:all]

  def compare_levels(a, b) do
    {a, b} = {place(a), place(b)}

    cond do
      a < b -> :gt
      a > b -> :lt
      true -> :eq
    end
  end

  defp place(level), do: Enum.find_index(@order, &(&1 == level)) || :erlang.error(:badarg, [level])

  def set_primary_config(:level, level) do
    :beamyard_log.set_level(level)
    :ok
  end

  def set_primary_config(%{level: level}), do: set_primary_config(:level, level)

  def get_primary_config(), do: %{level: :beamyard_log.level(), filter_default: :log, filters: [], metadata: %{}}

  def set_process_metadata(metadata) when is_map(metadata) do
    :erlang.put(@metadata, metadata)
    :ok
  end

  def update_process_metadata(metadata) when is_map(metadata),
    do: set_process_metadata(Map.merge(__process_metadata__(), metadata))

  def get_process_metadata(), do: :erlang.get(@metadata)

  def unset_process_metadata() do
    :erlang.erase(@metadata)
    :ok
  end

  def __process_metadata__() do
    case :erlang.get(@metadata) do
      :undefined -> %{}
      map -> map
    end
  end

  def set_module_level(modules, level) do
    for module <- List.wrap(modules) do
      :persistent_term.put({:logger_module_level, module}, level)
      :persistent_term.put(:logger_module_levels, Enum.uniq([module | levelled()]))
    end

    :ok
  end

  def unset_module_level(), do: unset_module_level(levelled())

  def unset_module_level(modules) do
    for module <- List.wrap(modules), do: :persistent_term.erase({:logger_module_level, module})
    :persistent_term.put(:logger_module_levels, levelled() -- List.wrap(modules))
    :ok
  end

  def get_module_level(), do: get_module_level(levelled())

  def get_module_level(modules) do
    for module <- List.wrap(modules), module in levelled() do
      {module, :persistent_term.get({:logger_module_level, module})}
    end
  end

  defp levelled(), do: :persistent_term.get(:logger_module_levels, [])

  def get_handler_ids(), do: [Logger]
end

defmodule :error_logger do
  def error_msg(format), do: error_msg(format, [])
  def error_msg(format, arguments), do: :logger.log(:error, format, arguments)
  def format(format, arguments), do: error_msg(format, arguments)
  def warning_msg(format), do: warning_msg(format, [])
  def warning_msg(format, arguments), do: :logger.log(:warning, format, arguments)
  def info_msg(format), do: info_msg(format, [])
  def info_msg(format, arguments), do: :logger.log(:notice, format, arguments)
  def error_report(report), do: report(:error, report)
  def error_report(_type, report), do: report(:error, report)
  def warning_report(report), do: report(:warning, report)
  def warning_report(_type, report), do: report(:warning, report)
  def info_report(report), do: report(:notice, report)
  def info_report(_type, report), do: report(:notice, report)

  defp report(level, report) do
    {format, arguments} = in_format(report)
    :logger.log(level, format, arguments)
  end

  defp in_format(report) when is_list(report) and report != [] do
    if Enum.all?(report, &is_integer/1), do: {'~ts', [report]}, else: lines(report)
  end

  defp in_format(report), do: {'~p', [report]}

  defp lines(report) do
    texts =
      for entry <- report do
        case entry do
          {key, value} -> {'    ~p: ~p', [key, value]}
          other -> {'    ~p', [other]}
        end
      end

    {texts |> Enum.map(&elem(&1, 0)) |> Enum.intersperse('~n') |> List.flatten(), texts |> Enum.flat_map(&elem(&1, 1))}
  end
end
