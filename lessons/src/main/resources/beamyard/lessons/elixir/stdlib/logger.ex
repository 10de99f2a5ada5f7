defmodule Logger do
  # Levels, metadata and the way to the node's log. A message that is not let pass is not even made.

  def level, do: :beamyard_log.level()

  def configure(options) do
    if Keyword.has_key?(options, :level), do: :beamyard_log.set_level(normal(options[:level]))
    for {key, value} <- options, do: Application.put_env(:logger, key, value)
    :ok
  end

  def configure_backend(:console, options) do
    Application.put_env(:logger, :console, Keyword.merge(Application.get_env(:logger, :console, []), options))
    :ok
  end

  def configure_backend(_, _), do: {:error, :not_found}

  def add_backend(backend, options \\ [])

  def add_backend(:console, _) do
    if Application.get_env(:logger, :backends, [:console]) == [] do
      Application.put_env(:logger, :backends, [:console])
      {:ok, Process.whereis(Logger)}
    else
      {:error, :already_present}
    end
  end

  def remove_backend(backend, options \\ [])

  def remove_backend(:console, _) do
    Application.put_env(:logger, :backends, [])
    :ok
  end

  def remove_backend(_, _), do: {:error, :not_found}

  def compare_levels(a, b), do: :logger.compare_levels(normal(a), normal(b))

  defp normal(:warn), do: :warning
  defp normal(level), do: level

  def metadata, do: :logger.__process_metadata__() |> :maps.to_list()

  def metadata(pairs) do
    merged = Enum.reduce(pairs, :logger.__process_metadata__(), &put_or_drop/2)
    :logger.set_process_metadata(merged)
  end

  defp put_or_drop({key, nil}, map), do: Map.delete(map, key)
  defp put_or_drop({key, value}, map), do: Map.put(map, key, value)

  def reset_metadata(pairs \\ []) do
    :logger.unset_process_metadata()
    metadata(pairs)
  end

  def enabled?(pid) when pid == self(), do: get_process_level(pid) != :none
  def disable(pid) when pid == self(), do: put_process_level(pid, :none)
  def enable(pid) when pid == self(), do: delete_process_level(pid)

  def put_process_level(pid, level) when pid == self() do
    :erlang.put({Logger, :level}, normal(level))
    :ok
  end

  def get_process_level(pid) when pid == self() do
    case :erlang.get({Logger, :level}) do
      :undefined -> nil
      level -> level
    end
  end

  def delete_process_level(pid) when pid == self() do
    :erlang.erase({Logger, :level})
    :ok
  end

  def put_module_level(modules, level) do
    for module <- List.wrap(modules), do: :logger.set_module_level(module, normal(level))
    :ok
  end

  def get_module_level(modules) do
    for module <- List.wrap(modules), pair <- :logger.get_module_level(module), do: pair
  end

  def delete_module_level(modules) do
    for module <- List.wrap(modules), do: :logger.unset_module_level(module)
    :ok
  end

  def delete_all_module_levels, do: :logger.unset_module_level()

  def flush do
    ref = make_ref()
    send(Logger, {:flush, self(), ref})
    receive do: ({:flushed, ^ref} -> :ok)
  end

  defmacro emergency(message_or_fun, metadata \\ []), do: maybe_log(:emergency, message_or_fun, metadata, __CALLER__)
  defmacro alert(message_or_fun, metadata \\ []), do: maybe_log(:alert, message_or_fun, metadata, __CALLER__)
  defmacro critical(message_or_fun, metadata \\ []), do: maybe_log(:critical, message_or_fun, metadata, __CALLER__)
  defmacro error(message_or_fun, metadata \\ []), do: maybe_log(:error, message_or_fun, metadata, __CALLER__)
  defmacro warning(message_or_fun, metadata \\ []), do: maybe_log(:warning, message_or_fun, metadata, __CALLER__)
  defmacro warn(message_or_fun, metadata \\ []), do: maybe_log(:warning, message_or_fun, metadata, __CALLER__)
  defmacro notice(message_or_fun, metadata \\ []), do: maybe_log(:notice, message_or_fun, metadata, __CALLER__)
  defmacro info(message_or_fun, metadata \\ []), do: maybe_log(:info, message_or_fun, metadata, __CALLER__)
  defmacro debug(message_or_fun, metadata \\ []), do: maybe_log(:debug, message_or_fun, metadata, __CALLER__)
  defmacro log(level, message_or_fun, metadata \\ []), do: maybe_log(level, message_or_fun, metadata, __CALLER__)

  defp maybe_log(level, message, metadata, caller) do
    place = [line: caller.line, file: caller.file] ++ function(caller)

    quote do
      case Logger.__should_log__(unquote(level), __MODULE__) do
        nil -> :ok
        level -> Logger.__do_log__(level, unquote(message), unquote(place), unquote(metadata))
      end
    end
  end

  defp function(%{module: nil}), do: []
  defp function(%{module: module, function: nil}), do: [module: module]

  defp function(%{module: module, function: {name, arity}}) do
    [module: module, function: "#{name}/#{arity}", mfa: quote(do: {unquote(module), unquote(name), unquote(arity)})]
  end

  def __should_log__(level, module) do
    level = normal(level)
    own = :erlang.get({Logger, :level})

    if :logger.allow(level, module) and (own == :undefined or :logger.compare_levels(level, own) != :lt), do: level
  end

  def __do_log__(level, message, place, metadata) when is_list(metadata) do
    {message, more} = made(message)
    all = metadata() |> Keyword.merge(place) |> Keyword.merge(metadata) |> Keyword.merge(more)
    Logger.Wording.put(level, Logger.Wording.message(message), all)
  end

  def __do_log__(_, _, _, _), do: raise(ArgumentError)

  defp made(fun) when is_function(fun, 0) do
    case fun.() do
      {message, metadata} -> {message, metadata}
      message -> {message, []}
    end
  end

  defp made(message), do: {message, []}

  def bare_log(level, message_or_fun, metadata \\ []) do
    case __should_log__(level, nil) do
      nil -> :ok
      level -> __do_log__(level, message_or_fun, [], metadata)
    end
  end
end

defmodule Logger.Wording do
  # What is logged, in words. A process words what it reports itself, before it goes on; what the runtime or another
  # node reports is worded by the process registered as :logger, which runs here.

  # A real node takes a quarter of a millisecond to word a crash, and two at least for the first one, for which it loads code:
  # whoever does not wait for the crash has usually gone on by then. What a service reports is worded by that service there.
  @wording_reductions 20_000
  @loading_reductions 180_000

  def run() do
    :erlang.process_flag(:trap_exit, true)
    word_reports(@loading_reductions)
  end

  # What another node passes on has met that node's level, not yet the one of this node.
  defp word_reports(loading) do
    receive do
      {:worded, level, _, _} = event ->
        if :beamyard_log.allows(level), do: send(Logger, event)
        word_reports(loading)

      {:report, level, at, source, :process_crash, details} ->
        :erlang.bump_reductions(loading + @wording_reductions)
        pass_on(level, at, source, :process_crash, details)
        word_reports(0)

      {:report, level, at, source, kind, details} ->
        pass_on(level, at, source, kind, details)
        word_reports(loading)

      _ ->
        word_reports(loading)
    end
  end

  defp pass_on(level, at, source, kind, details) do
    if :beamyard_log.allows(level), do: send(Logger, {:worded, level, at, {words(kind, details, source), [pid: source]}})
  end

  # Logs a text of this process.
  def put(level, text, metadata), do: :beamyard.log(level, :message, text, {text, Keyword.put_new(metadata, :pid, self())})

  # Logs a report of this process, of which the trace keeps the parts.
  def report(level, kind, details) do
    message = if :beamyard_log.allows(level), do: {words(kind, details, self()), [pid: self()]}
    :beamyard.log(level, kind, details, message)
  end

  # A term that cannot be shown, for its Inspect raises, must not take its reporter down.
  defp words(kind, details, source) do
    try do
      in_words(kind, details, source)
    catch
      _, _ -> "#{kind}: #{inspect(details, structs: false)}"
    end
  end

  # What Elixir's Logger takes: text, a report, or whatever can be made a string.
  def message([{key, _} | _] = report) when is_atom(key), do: inspect(report)
  def message(message) when is_map(message) and not is_map_key(message, :__struct__), do: inspect(:maps.to_list(message))
  def message(message) when is_list(message), do: IO.chardata_to_string(message)
  def message(message), do: to_string(message)

  def in_words(:process_crash, {reason, stack}, pid) do
    node = if node(pid) == :nonode@nohost, do: "", else: " on node #{inspect(node(pid))}"
    "Process #{inspect(pid)}#{node} raised an exception\n" <> banner(:error, reason, stack)
  end

  def in_words(:server_crash, {name, message, state, reason, stack}, _) do
    debug = Logger.level() in [:debug, :all]

    "GenServer #{inspect(name)} terminating" <>
      stop(reason, stack) <> last_message(message) <> if(debug, do: "\nState: #{inspect(state)}#{client(message)}", else: "")
  end

  def in_words(:application_exit, {app, reason}, _), do: "Application #{app} exited: #{Application.format_error(reason)}"

  def in_words(:event_handler_crash, {handler, name, message, state, reason}, _) do
    {reason, stack} =
      case reason do
        {:EXIT, {reason, stack}} when is_list(stack) -> {reason, stack}
        {:EXIT, reason} -> {{:exit, reason}, []}
        other -> {{:exit, other}, []}
      end

    debug = Logger.level() in [:debug, :all]

    ":gen_event handler #{inspect(handler)} installed in #{inspect(name)} terminating" <>
      stop(reason, stack) <> "\nLast message: #{inspect(message)}" <> if(debug, do: "\nState: #{inspect(state)}", else: "")
  end

  def in_words(:task_crash, {{_, _, name}, {module, function, args}, reason, stack}, pid) do
    "Task #{inspect(pid)} started from #{inspect(name)} terminating" <>
      stop(reason, stack) <> "\nFunction: " <> what(module, function, args)
  end

  def in_words(:unexpected_message, {module, name, message}, _) do
    "#{inspect(module)} #{inspect(name)} received unexpected message in handle_info/2: #{inspect(message)}\n"
  end

  def in_words(:format, {format, arguments}, _), do: format(format, arguments)

  def in_words(:can_not_start, {module, function, arguments, options, node}, _) do
    shown = if options == [], do: "", else: " (#{inspect(options)})"
    "** Can not start #{inspect(module)}::#{word(function)},#{inspect(arguments)}#{shown} on #{inspect(node)} **\n"
  end

  def in_words(:overlap_disconnect, {here, what, other}, _) do
    what = if what == "disconnected", do: "disconnected node", else: "requested disconnect from node"
    "'global' at node #{inspect(here)} #{what} #{inspect(other)} in order to prevent overlapping partitions"
  end

  def in_words(:global_name_conflict, {name, pid}, _), do: "global: Name conflict terminating #{inspect({name, pid})}\n"

  def in_words(:global_badrpc, {reason, name}, _),
    do: "global: badrpc #{inspect(reason)} received when conflicting name #{inspect(name)} was to be resolved\n"

  def in_words(:global_bad_resolver, {resolver, name, winner}, _),
    do: "global: Resolve method #{inspect(resolver)} for conflicting name #{inspect(name)} returned #{inspect(winner)}\n"

  def in_words(:global_several_names, {pid, names}, _),
    do: "global: #{inspect(pid)} registered under several names: #{inspect(names)}\n"

  def in_words(:global_connect_failed, {here, node}, _),
    do: "'global' at #{inspect(here)} failed to connect to #{inspect(node)}\n"

  def in_words(:mailbox_limit, {pid, limit}, _),
    do: "Process #{inspect(pid)} killed: more than #{limit} messages in its mailbox\n"

  def in_words(:process_limit, {limit, pid, count}, _) do
    "Process #{inspect(pid)} could not spawn: more than #{limit} processes on one node; " <>
      "it and the others that the same code has spawned, #{count} in all, were killed\n"
  end

  def in_words(kind, details, _), do: "#{kind}: #{inspect(details)}"

  defp word(atom), do: Macro.inspect_atom(:remote_call, atom)

  # A crash for a reason that is no exception is a stop.
  defp stop({:exit, {reason, [{_, _, _, _} | _] = stack}}, []), do: stop(reason, stack)
  defp stop({:exit, reason}, stack), do: "\n** (stop) " <> Exception.format_exit(reason) <> lines(stack)

  defp stop(reason, stack) do
    case Exception.normalize(:error, reason, stack) do
      %ErlangError{} -> stop({:exit, reason}, stack)
      exception -> "\n" <> banner(:error, exception, stack)
    end
  end

  defp banner(kind, reason, stack), do: Exception.format_banner(kind, reason, stack) <> lines(stack)

  defp lines([]), do: ""
  defp lines(stack), do: "\n" <> String.trim_trailing(Exception.format_stacktrace(stack), "\n")

  defp last_message({:"$gen_call", {pid, _}, request}) do
    "\nLast message (from #{inspect(name_of(pid))}): #{inspect(request)}"
  end

  defp last_message({:system, _, {:terminate, _}}), do: "\nLast message: []"
  defp last_message(message), do: "\nLast message: #{inspect(message)}"

  defp name_of(pid) when node(pid) == node() do
    case Process.info(pid, :registered_name) do
      {:registered_name, name} when is_atom(name) -> name
      _ -> pid
    end
  end

  defp name_of(pid), do: pid

  defp client({:"$gen_call", {pid, _}, _}) when node(pid) != node(),
    do: "\nClient #{inspect(pid)} is remote on node #{inspect(node(pid))}"

  defp client({:"$gen_call", {pid, _}, _}) do
    case Process.info(pid, :current_stacktrace) do
      nil -> "\nClient #{inspect(pid)} is dead"
      {_, stack} -> "\nClient #{inspect(name_of(pid))} is alive\n" <> client_lines(stack)
    end
  end

  defp client(_), do: ""

  defp client_lines([]), do: ""
  defp client_lines(stack), do: "\n" <> String.trim_trailing(Exception.format_stacktrace(stack), "\n")

  defp what(:erlang, :apply, [fun, []]) when is_function(fun), do: "#{inspect(fun)}\n    Args: []"

  defp what(module, function, args) do
    "#{inspect(Function.capture(module, function, length(args)))}\n    Args: #{inspect(args)}"
  end

  # The text of io:format, but terms as Elixir writes them.
  def format(format, arguments) do
    chars = if is_binary(format), do: String.to_charlist(format), else: format
    fill(chars, arguments) |> IO.chardata_to_string()
  end

  defp fill([?~ | rest], arguments) do
    {control, rest} = control(rest)

    case {control, arguments} do
      {?n, _} -> [?\n | fill(rest, arguments)]
      {?~, _} -> [?~ | fill(rest, arguments)]
      {?s, [text | arguments]} -> [text(text) | fill(rest, arguments)]
      {?c, [char | arguments]} -> [char | fill(rest, arguments)]
      {?i, [_ | arguments]} -> fill(rest, arguments)
      {?p, [term | arguments]} -> [inspect(term, pretty: true) | fill(rest, arguments)]
      {?P, [term, depth | arguments]} -> [inspect(term, pretty: true, limit: depth) | fill(rest, arguments)]
      {?W, [term, depth | arguments]} -> [inspect(term, limit: depth) | fill(rest, arguments)]
      {_, [term | arguments]} -> [inspect(term) | fill(rest, arguments)]
    end
  end

  defp fill([char | rest], arguments), do: [char | fill(rest, arguments)]
  defp fill([], _), do: []

  # Width, precision and modifiers are of no use here.
  defp control([char | rest]) when char in '0123456789.-*tlkK', do: control(rest)
  defp control([char | rest]), do: {char, rest}

  defp text(atom) when is_atom(atom), do: Atom.to_string(atom)
  defp text(chars), do: chars
end

defmodule Logger.Backends.Console do
  # The process registered as Logger: prints one line after the other on the terminal of its node.

  @format "\n$time $metadata[$level] $message\n"
  @parts ["\n", "$time", " ", "$metadata", "[", "$level", "] ", "$message", "\n"]
  @day 86_400_000

  def run(captures \\ []) do
    receive do
      {:worded, level, at, {text, metadata}} ->
        if captures == [], do: show(level, at, text, metadata)
        run(Enum.map(captures, &kept(&1, level, at, text, metadata)))

      {:flush, from, ref} ->
        send(from, {:flushed, ref})
        run(captures)

      {:capture, from, ref, options} ->
        monitor = Process.monitor(from)
        send(from, {:capturing, ref})
        run([{ref, monitor, options, []} | captures])

      {:release, from, ref} ->
        {{_, monitor, _, lines}, captures} = List.keytake(captures, ref, 0)
        Process.demonitor(monitor, [:flush])
        send(from, {:released, ref, IO.chardata_to_string(Enum.reverse(lines))})
        run(captures)

      {:DOWN, monitor, _, _, _} ->
        run(List.keydelete(captures, monitor, 1))

      _ ->
        run(captures)
    end
  end

  # What ExUnit captures: the lines of the console, of other levels and looks if the test asks for such.
  defp kept({ref, monitor, given, lines}, level, at, text, metadata) do
    options = Application.get_env(:logger, :console, []) |> Keyword.delete(:level) |> Keyword.merge(given)
    least = options[:level] || :debug

    if :logger.compare_levels(level, if(least == :warn, do: :warning, else: least)) != :lt,
      do: {ref, monitor, given, [line(level, at, short(text), metadata, options) | lines]},
      else: {ref, monitor, given, lines}
  end

  defp show(level, at, text, metadata) do
    show(level, at, text, metadata, Application.get_env(:logger, :console, []))
  end

  defp show(level, at, text, _, []) do
    if Application.get_env(:logger, :backends) != [],
      do: print(["\n", time(rem(div(at, 1000), @day)), " [", Atom.to_string(level), "] ", short(text), "\n"])
  end

  defp show(level, at, text, metadata, options) do
    least = Keyword.get(options, :level, :debug)
    on = Application.get_env(:logger, :backends, [:console]) != []

    if on and :logger.compare_levels(level, if(least == :warn, do: :warning, else: least)) != :lt do
      print(line(level, at, short(text), metadata, options))
    end
  end

  defp print(text) do
    case Process.whereis(:user) do
      nil ->
        :ok

      pid ->
        ref = Process.monitor(pid)
        send(pid, {:io_request, self(), ref, {:put_chars, :unicode, text}})

        receive do
          {:io_reply, ^ref, _} -> Process.demonitor(ref, [:flush])
          {:DOWN, ^ref, _, _, _} -> :ok
        end
    end
  end

  defp short(text) do
    limit = Application.get_env(:logger, :truncate, 8192)

    if limit != :infinity and byte_size(text) > limit do
      String.slice(binary_part(text, 0, limit), 0..-1) <> " (truncated)"
    else
      text
    end
  end

  defp line(level, at, text, metadata, options) do
    shown = Keyword.get(options, :metadata, [])

    case Keyword.get(options, :format, @format) || @format do
      {module, function} -> apply(module, function, [level, text, moment(at), taken(metadata, shown)])
      format -> Enum.map(parts(format), &part(&1, level, at, text, taken(metadata, shown)))
    end
  end

  defp parts(@format), do: @parts
  defp parts(format), do: Regex.split(~r/\$[a-z_]+/, format, include_captures: true)

  defp part("$time", _, at, _, _), do: time(rem(div(at, 1000), @day))
  defp part("$date", _, at, _, _), do: Date.to_iso8601(date(at))
  defp part("$level", level, _, _, _), do: Atom.to_string(level)
  defp part("$message", _, _, text, _), do: text
  defp part("$metadata", _, _, _, metadata), do: Enum.map(metadata, &pair/1)
  defp part("$node", _, _, _, _), do: Atom.to_string(node())
  defp part("$levelpad", level, _, _, _), do: String.duplicate(" ", max(5 - byte_size(Atom.to_string(level)), 0))
  defp part(other, _, _, _, _), do: other

  defp time(ms) do
    [two(div(ms, 3_600_000)), ?:, two(rem(div(ms, 60_000), 60)), ?:, two(rem(div(ms, 1000), 60)), ?., three(rem(ms, 1000))]
  end

  defp two(n), do: [?0 + div(n, 10), ?0 + rem(n, 10)]
  defp three(n), do: [?0 + div(n, 100) | two(rem(n, 100))]

  # The yard's time begins with the year 2025.
  defp date(at), do: Date.add(~D[2025-01-01], div(at, @day * 1000))

  defp moment(at) do
    date = date(at)
    ms = rem(div(at, 1000), @day)
    {{date.year, date.month, date.day}, {div(ms, 3_600_000), rem(div(ms, 60_000), 60), rem(div(ms, 1000), 60), rem(ms, 1000)}}
  end

  defp taken(metadata, :all), do: metadata
  defp taken(metadata, {:except, keys}), do: Keyword.drop(metadata, keys)
  defp taken(metadata, keys), do: for(key <- keys, {:ok, value} <- [Keyword.fetch(metadata, key)], do: {key, value})

  defp pair({key, value}) do
    case shown(key, value) do
      nil -> []
      text -> "#{key}=#{text} "
    end
  end

  defp shown(:time, _), do: nil
  defp shown(:gl, _), do: nil
  defp shown(:report_cb, _), do: nil
  defp shown(_, nil), do: nil
  defp shown(_, text) when is_binary(text), do: text
  defp shown(_, integer) when is_integer(integer), do: Integer.to_string(integer)
  defp shown(_, float) when is_float(float), do: Float.to_string(float)
  defp shown(_, pid) when is_pid(pid), do: String.replace_prefix(inspect(pid), "#PID", "")
  defp shown(_, ref) when is_reference(ref), do: String.replace_prefix(inspect(ref), "#Reference", "")

  defp shown(_, atom) when is_atom(atom) do
    case Atom.to_string(atom) do
      "Elixir." <> rest -> rest
      other -> other
    end
  end

  defp shown(_, {module, function, arity}) when is_atom(module) and is_atom(function) and is_integer(arity),
    do: Exception.format_mfa(module, function, arity)

  defp shown(:domain, [head | tail]) when is_atom(head), do: Enum.map_intersperse([head | tail], ?., &Atom.to_string/1)

  defp shown(_, list) when is_list(list) do
    try do
      IO.chardata_to_string(list)
    rescue
      _ -> nil
    end
  end

  defp shown(_, other) do
    case String.Chars.impl_for(other) do
      nil -> nil
      _ -> to_string(other)
    end
  end
end
