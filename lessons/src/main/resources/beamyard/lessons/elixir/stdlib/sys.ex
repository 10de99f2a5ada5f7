# Questions and orders that every well-behaved process answers beside its own messages.
defmodule :sys do
  def get_state(server), do: ask(server, :get_state, 5000, :get_state, [server]) |> answered()
  def get_state(server, timeout), do: ask(server, :get_state, timeout, :get_state, [server, timeout]) |> answered()
  def replace_state(server, fun), do: ask(server, {:replace_state, fun}, 5000, :replace_state, [server, fun]) |> answered()

  def replace_state(server, fun, timeout),
    do: ask(server, {:replace_state, fun}, timeout, :replace_state, [server, fun, timeout]) |> answered()

  def get_status(server), do: ask(server, :get_status, 5000, :get_status, [server])
  def get_status(server, timeout), do: ask(server, :get_status, timeout, :get_status, [server, timeout])
  def suspend(server), do: ask(server, :suspend, 5000, :suspend, [server])
  def suspend(server, timeout), do: ask(server, :suspend, timeout, :suspend, [server, timeout])
  def resume(server), do: ask(server, :resume, 5000, :resume, [server])
  def resume(server, timeout), do: ask(server, :resume, timeout, :resume, [server, timeout])
  def terminate(server, reason), do: ask(server, {:terminate, reason}, 5000, :terminate, [server, reason])
  def terminate(server, reason, timeout), do: ask(server, {:terminate, reason}, timeout, :terminate, [server, reason, timeout])

  def change_code(server, module, old, extra), do: ask(server, {:change_code, module, old, extra}, 5000, :change_code, [server, module, old, extra])

  def change_code(server, module, old, extra, timeout),
    do: ask(server, {:change_code, module, old, extra}, timeout, :change_code, [server, module, old, extra, timeout])

  def statistics(server, flag), do: debug(server, {:statistics, flag}, 5000, :statistics, [server, flag])
  def statistics(server, flag, timeout), do: debug(server, {:statistics, flag}, timeout, :statistics, [server, flag, timeout])
  def trace(server, flag), do: debug(server, {:trace, flag}, 5000, :trace, [server, flag])
  def trace(server, flag, timeout), do: debug(server, {:trace, flag}, timeout, :trace, [server, flag, timeout])
  def log(server, flag), do: debug(server, {:log, flag}, 5000, :log, [server, flag])
  def log(server, flag, timeout), do: debug(server, {:log, flag}, timeout, :log, [server, flag, timeout])
  def log_to_file(server, name), do: debug(server, {:log_to_file, name}, 5000, :log_to_file, [server, name])
  def log_to_file(server, name, timeout), do: debug(server, {:log_to_file, name}, timeout, :log_to_file, [server, name, timeout])
  def no_debug(server), do: debug(server, :no_debug, 5000, :no_debug, [server])
  def no_debug(server, timeout), do: debug(server, :no_debug, timeout, :no_debug, [server, timeout])
  def install(server, spec), do: debug(server, {:install, spec}, 5000, :install, [server, spec])
  def install(server, spec, timeout), do: debug(server, {:install, spec}, timeout, :install, [server, spec, timeout])
  def remove(server, spec), do: debug(server, {:remove, spec}, 5000, :remove, [server, spec])
  def remove(server, spec, timeout), do: debug(server, {:remove, spec}, timeout, :remove, [server, spec, timeout])

  defp debug(server, what, timeout, function, args), do: ask(server, {:debug, what}, timeout, function, args)

  defp ask(server, request, timeout, function, args) do
    case :gen.exchange(server, :system, request, timeout) do
      {:ok, answer} -> answer
      {:failed, reason} -> :erlang.exit({reason, {:sys, function, args}})
    end
  end

  defp answered({:ok, value}), do: value
  defp answered({:error, error}), do: :erlang.error(error)

  # ---- in the process that is asked

  # Answers a request and goes on in the module of the process: system_continue/3, or system_terminate/4.
  def handle_system_msg(request, from, parent, module, debug, misc), do: handle_system_msg(request, from, parent, module, debug, misc, false)

  def handle_system_msg(request, from, parent, module, debug, misc, _hibernated),
    do: answer(:running, request, from, parent, module, debug, misc)

  defp answer(mode, request, from, parent, module, debug, misc) do
    case done(mode, request, parent, module, debug, misc) do
      {:running, reply, debug, misc} ->
        :gen.reply(from, reply)
        module.system_continue(parent, debug, misc)

      {:suspended, reply, debug, misc} ->
        :gen.reply(from, reply)
        suspended(parent, module, debug, misc)

      {{:terminating, reason}, reply, debug, misc} ->
        :gen.reply(from, reply)
        module.system_terminate(reason, parent, debug, misc)
    end
  end

  defp suspended(parent, module, debug, misc) do
    receive do
      {:system, from, request} -> answer(:suspended, request, from, parent, module, debug, misc)
      {:EXIT, ^parent, reason} -> module.system_terminate(reason, parent, debug, misc)
    end
  end

  defp done(_, :suspend, _, _, debug, misc), do: {:suspended, :ok, debug, misc}
  defp done(_, :resume, _, _, debug, misc), do: {:running, :ok, debug, misc}
  defp done(_, {:terminate, reason}, _, _, debug, misc), do: {{:terminating, reason}, :ok, debug, misc}
  defp done(mode, :get_state, _, module, debug, misc), do: {mode, state(module, misc), debug, misc}

  defp done(mode, {:replace_state, fun}, _, module, debug, misc) do
    {reply, misc} = replaced(module, fun, misc)
    {mode, reply, debug, misc}
  end

  defp done(mode, :get_status, parent, module, debug, misc) do
    shown = module.format_status(:normal, [:erlang.get(), mode, parent, debug, misc])
    {mode, {:status, self(), {:module, module}, [:erlang.get(), mode, parent, debug, shown]}, debug, misc}
  end

  defp done(mode, {:debug, what}, _, _, debug, misc) do
    {reply, debug} = changed(what, debug)
    {mode, reply, debug, misc}
  end

  defp done(:suspended, {:change_code, changed, old, extra}, _, module, debug, misc) do
    try do
      {:ok, misc} = module.system_code_change(misc, changed, old, extra)
      {:suspended, :ok, debug, misc}
    catch
      _, reason -> {:suspended, {:error, reason}, debug, misc}
    end
  end

  defp done(mode, request, _, _, debug, misc), do: {mode, {:error, {:unknown_system_msg, request}}, debug, misc}

  defp state(module, misc) do
    if function_exported?(module, :system_get_state, 1), do: module.system_get_state(misc), else: {:ok, misc}
  catch
    kind, reason -> {:error, {:callback_failed, {module, :system_get_state}, {kind, reason}}}
  end

  defp replaced(module, fun, misc) do
    if function_exported?(module, :system_replace_state, 2) do
      {:ok, state, misc} = module.system_replace_state(fun, misc)
      {{:ok, state}, misc}
    else
      misc = fun.(misc)
      {{:ok, misc}, misc}
    end
  catch
    kind, reason -> {{:error, {:callback_failed, {module, :system_replace_state}, {kind, reason}}}, misc}
  end

  # ---- what a process keeps of its own doings: a list of options with their data, as OTP's

  defp changed(:no_debug, _), do: {:ok, []}
  defp changed({:trace, true}, debug), do: {:ok, put(:trace, true, debug)}
  defp changed({:trace, false}, debug), do: {:ok, without(:trace, debug)}
  defp changed({:log, true}, debug), do: {:ok, logging(10, debug)}
  defp changed({:log, {true, size}}, debug), do: {:ok, logging(size, debug)}
  defp changed({:log, false}, debug), do: {:ok, without(:log, debug)}
  defp changed({:log, :get}, debug), do: {{:ok, get_log(debug)}, debug}

  defp changed({:log, :print}, debug) do
    print_log(debug)
    {:ok, debug}
  end

  defp changed({:log_to_file, false}, debug), do: {:ok, without(:log_to_file, debug)}

  defp changed({:log_to_file, name}, debug) do
    case :file.open(name, [:write, {:encoding, :utf8}]) do
      {:ok, file} -> {:ok, put(:log_to_file, file, debug)}
      _ -> {{:error, :open_file}, debug}
    end
  end

  defp changed({:statistics, true}, debug), do: {:ok, put(:statistics, counts(), debug)}
  defp changed({:statistics, false}, debug), do: {:ok, without(:statistics, debug)}
  defp changed({:statistics, :get}, debug), do: {{:ok, told(:lists.keyfind(:statistics, 1, debug))}, debug}
  defp changed({:install, {fun, state}}, debug), do: {:ok, put(fun, {fun, state}, debug)}
  defp changed({:install, {id, fun, state}}, debug), do: {:ok, put(id, {fun, state}, debug)}
  defp changed({:remove, id}, debug), do: {:ok, without(id, debug)}
  defp changed(_, debug), do: {:unknown_debug, debug}

  defp put(key, value, debug), do: [{key, value} | without(key, debug)]
  defp without(key, debug), do: :lists.keydelete(key, 1, debug)

  defp counts do
    {:reductions, reductions} = :erlang.process_info(self(), :reductions)
    {:erlang.localtime(), {:reductions, reductions}, 0, 0}
  end

  defp told(false), do: :no_statistics

  defp told({_, {start, {:reductions, before}, received, sent}}) do
    {:reductions, reductions} = :erlang.process_info(self(), :reductions)
    [start_time: start, current_time: :erlang.localtime(), reductions: reductions - before, messages_in: received, messages_out: sent]
  end

  # A log is how many entries there is room for, and those that there are, the last one first.
  defp logging(size, debug) do
    kept = debug |> entries() |> Enum.take(size)
    put(:log, [size - length(kept) | kept], debug)
  end

  defp entries(debug) do
    case :lists.keyfind(:log, 1, debug) do
      {_, [_ | entries]} -> entries
      false -> []
    end
  end

  def get_log(debug), do: debug |> entries() |> Enum.reduce([], fn {event, _, _}, events -> [event | events] end)
  def get_debug(:log, debug, _default), do: get_log(debug)

  def get_debug(item, debug, default) do
    case :lists.keyfind(item, 1, debug) do
      {_, value} -> value
      false -> default
    end
  end

  def print_log(debug) do
    debug |> entries() |> :lists.reverse() |> Enum.each(fn {event, name, print} -> print.(:standard_io, event, name) end)
    :ok
  end

  def debug_options(options), do: Enum.reduce(options, [], &started/2)

  defp started(:trace, debug), do: put(:trace, true, debug)
  defp started(:log, debug), do: logging(10, debug)
  defp started({:log, size}, debug), do: logging(size, debug)
  defp started(:statistics, debug), do: put(:statistics, counts(), debug)
  defp started({:log_to_file, _} = option, debug), do: option |> changed(debug) |> elem(1)
  defp started({:install, _} = option, debug), do: option |> changed(debug) |> elem(1)
  defp started(_, debug), do: debug

  # Takes an event down, in all the ways that were asked for.
  def handle_debug([], _, _, _), do: []

  def handle_debug(debug, print, name, event) do
    Enum.flat_map(debug, fn
      {:trace, true} = option ->
        print.(:standard_io, event, name)
        [option]

      {:log, log} ->
        [log: logged(log, {event, name, print})]

      {:log_to_file, file} = option ->
        print.(file, event, name)
        [option]

      {:statistics, counts} ->
        [statistics: counted(event, counts)]

      {id, {fun, state}} ->
        installed(id, fun, state, event, name)
    end)
  end

  defp logged([0 | entries], entry), do: [0 | [entry | Enum.drop(entries, -1)]]
  defp logged([room | entries], entry), do: [room - 1, entry | entries]

  defp counted(event, {time, reductions, received, sent}) when elem(event, 0) == :in, do: {time, reductions, received + 1, sent}
  defp counted(event, {time, reductions, received, sent}) when elem(event, 0) == :out, do: {time, reductions, received, sent + 1}
  defp counted(_, counts), do: counts

  defp installed(id, fun, state, event, name) do
    case fun.(state, event, name) do
      :done -> []
      state -> [{id, {fun, state}}]
    end
  catch
    _, _ -> []
  end
end
