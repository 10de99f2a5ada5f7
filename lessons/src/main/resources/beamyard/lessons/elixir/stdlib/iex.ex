defmodule IEx.Server do
  # Reads what is typed, hands it to the evaluator and waits for it. An evaluator that dies is
  # replaced by one that knows nothing of the old one's variables.

  def run() do
    loop(1, start_evaluator())
  end

  defp start_evaluator() do
    server = self()
    leader = Process.group_leader()
    pid = spawn(fn -> IEx.Evaluator.init(server, leader) end)
    {pid, Process.monitor(pid)}
  end

  defp loop(counter, evaluator), do: read(counter, "", evaluator)

  defp read(counter, pending, evaluator) do
    server = self()
    text = prompt(counter, pending)
    reader = spawn(fn -> send(server, {:input, self(), IO.gets(:stdio, text)}) end)
    await_input(counter, pending, evaluator, reader)
  end

  defp await_input(counter, pending, {pid, ref} = evaluator, reader) do
    receive do
      {:input, ^reader, "#iex:break\n"} when pending != "" ->
        IO.puts(:stdio, "** (TokenMissingError) iex:#{counter}: incomplete expression\n")
        loop(counter, evaluator)

      {:input, ^reader, code} when is_binary(code) ->
        send(pid, {:eval, self(), pending <> code, counter})
        await_result(counter, pending <> code, evaluator)

      :beamyard_interrupt ->
        Process.exit(reader, :kill)
        loop(counter, evaluator)

      {:input, ^reader, _closed} ->
        Process.exit(pid, :kill)
        :ok

      {:DOWN, ^ref, :process, ^pid, reason} ->
        Process.exit(reader, :kill)
        restart(pid, reason)
    end
  end

  defp await_result(counter, code, {pid, ref} = evaluator) do
    receive do
      {:evaled, ^pid, :ok} -> loop(counter + 1, evaluator)
      {:evaled, ^pid, :error} -> loop(counter, evaluator)
      {:evaled, ^pid, :incomplete} -> read(counter, code, evaluator)
      {:respawn, ^pid} ->
        Process.demonitor(ref, [:flush])
        Process.exit(pid, :kill)
        begin_anew()

      :beamyard_interrupt ->
        Process.exit(pid, :kill)
        await_result(counter, code, evaluator)

      {:DOWN, ^ref, :process, ^pid, reason} -> restart(pid, reason)
    end
  end

  defp restart(pid, reason) do
    try do
      IO.puts(:stdio, "** (EXIT from #{inspect(pid)}) shell process exited with reason: " <> Exception.format_exit(reason))
    rescue
      _ -> IO.puts(:stdio, "** (EXIT from #{inspect(pid)}) shell process exited")
    end

    begin_anew()
  end

  defp begin_anew() do
    IO.puts(:stdio, "\nInteractive Elixir (#{System.version()}) - press Ctrl+C to exit (type h() ENTER for help)")
    loop(1, start_evaluator())
  end

  defp prompt(counter, ""), do: prompt("iex", node(), counter)
  defp prompt(counter, _pending), do: prompt("...", node(), counter)

  defp prompt(prefix, :nonode@nohost, counter), do: "#{prefix}(#{counter})> "
  defp prompt(prefix, node, counter), do: "#{prefix}(#{node})#{counter}> "
end

defmodule IEx.Evaluator do
  def init(server, leader) do
    Process.group_leader(self(), leader)
    Process.put(:"$ancestors", [server])
    Process.put(:"$initial_call", {IEx.Evaluator, :init, 4})
    session = :beamyard_shell.open()
    Process.put(:iex_history, [])
    {:value, _} = :beamyard_shell.evaluate(session, "import IEx.Helpers", 1)
    loop(server, session)
  end

  defp loop(server, session) do
    receive do
      {:eval, ^server, code, counter} ->
        send(server, {:evaled, self(), eval(session, code, counter)})
        loop(server, session)
    end
  end

  defp eval(session, code, counter) do
    try do
      :beamyard_shell.evaluate(session, code, counter)
    catch
      kind, reason ->
        print_error(kind, reason, __STACKTRACE__)
        :error
    else
      :incomplete ->
        :incomplete

      # a comment, or nothing at all
      :nothing ->
        told(nil, counter)

      {:value, value} ->
        told(value, counter)
    end
  end

  defp told(value, counter) do
    Process.put(:iex_history, [{counter, value} | Process.get(:iex_history, [])])
    show(value)
    :ok
  end

  defp show(:"do not show this result in output"), do: :ok

  defp show(value) do
    try do
      text = inspect(value, IEx.inspect_opts())
      look_for_inspect(value)
      IO.puts(:stdio, text)
    catch
      kind, reason -> print_error(kind, reason, __STACKTRACE__)
    end
  end

  # A real node seeks the Inspect of a struct that has none on its whole code path, each time anew: most of a millisecond, in
  # which the end of a linked process reaches the shell before the value is printed.
  @search_reductions 70_000

  defp look_for_inspect(%module{}) do
    if not :beamyard.prints_itself(module), do: :erlang.bump_reductions(@search_reductions)
  end

  defp look_for_inspect(tuple) when is_tuple(tuple), do: tuple |> :erlang.tuple_to_list() |> look_for_inspect()

  defp look_for_inspect([first | rest]) do
    look_for_inspect(first)
    look_for_inspect(rest)
  end

  defp look_for_inspect(_), do: :ok

  defp print_error(kind, reason, stacktrace) do
    {blamed, stacktrace} = Exception.blame(kind, reason, stacktrace)

    banner =
      case blamed do
        %FunctionClauseError{} ->
          Exception.format_banner(kind, reason, stacktrace) <> pad(given_arguments(blamed))

        _ ->
          Exception.format_banner(kind, blamed, stacktrace)
      end

    IO.write(:stdio, [banner, ?\n, Exception.format_stacktrace(own_frames(stacktrace))])
  end

  defp given_arguments(blamed) do
    FunctionClauseError.blame(blamed, &inspect(&1, IEx.inspect_opts()), &FunctionClauseError.__marked__/1)
  end

  defp pad(text), do: String.replace(text, "\n", "\n    ")

  # Only what happened in the learner's code is worth showing.
  defp own_frames(stacktrace) do
    Enum.take_while(stacktrace, fn entry -> elem(entry, 0) not in [IEx.Evaluator, :beamyard_shell] end)
  end
end

defmodule IEx do
  # How a node's shells print; kept in the environment of :iex, as on a real node.

  @columns 80
  @defaults [
    history_size: 20,
    alive_prompt: "%prefix(%node)%counter>",
    default_prompt: "%prefix(%counter)>",
    width: @columns,
    colors: [],
    inspect: [pretty: true]
  ]

  def inspect_opts(), do: Keyword.merge([width: width(), pretty: true], Application.get_env(:iex, :inspect, []))
  def width(), do: min(Application.get_env(:iex, :width, @columns), @columns)
  def dont_display_result(), do: :"do not show this result in output"
  def started?(), do: true
  def configuration(), do: for({key, default} <- @defaults, do: {key, setting(key, default)})

  defp setting(:inspect, default), do: Keyword.merge(default, Application.get_env(:iex, :inspect, []))
  defp setting(:width, _), do: width()
  defp setting(key, default), do: Application.get_env(:iex, key, default)

  def configure(options) do
    checked(options)
    Enum.each(options, fn {key, value} -> Application.put_env(:iex, key, changed(key, value)) end)
  end

  defp changed(key, value) when key in [:inspect, :colors], do: Keyword.merge(Application.get_env(:iex, key, []), value)
  defp changed(_, value), do: value

  # A server keeps it on a real node, and what is wrong ends its call.
  defp checked(options) do
    Enum.each(options, &valid!/1)
  rescue
    error -> exit({{error, [{IEx.Config, :handle_configure, 1, []}]}, {GenServer, :call, [IEx.Config, {:update, {IEx.Config, :handle_configure, [options]}}, 5000]}})
  end

  defp valid!({key, value}) when key in [:colors, :inspect] and is_list(value), do: :ok
  defp valid!({key, value}) when key in [:width, :history_size] and is_integer(value), do: :ok
  defp valid!({key, value}) when key in [:default_prompt, :continuation_prompt, :alive_prompt, :alive_continuation_prompt] and is_binary(value), do: :ok
  defp valid!({:parser, {module, function, arguments}}) when is_atom(module) and is_atom(function) and is_list(arguments), do: :ok
  defp valid!(pair), do: raise(ArgumentError, "invalid configuration #{inspect(pair)}")

  def color(_name, text), do: text
end
