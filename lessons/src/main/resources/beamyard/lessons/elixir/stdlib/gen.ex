# What servers of all kinds have in common: names, calls, answers that are received later.
defmodule :gen do
  defguard is_time(timeout) when timeout == :infinity or (is_integer(timeout) and timeout >= 0)

  defguardp is_address(server)
            when is_pid(server) or is_atom(server) or
                   (is_tuple(server) and tuple_size(server) == 2 and is_atom(elem(server, 0)) and
                      (elem(server, 0) == :global or is_atom(elem(server, 1)))) or
                   (is_tuple(server) and tuple_size(server) == 3 and elem(server, 0) == :via)

  # Starts a process of a kind, which calls init_it/6 of its module.
  def start(kind, how, name, module, arg, options) do
    case whereis_name(name) do
      pid when is_pid(pid) ->
        {:error, {:already_started, pid}}

      :undefined ->
        timeout = option(options, :timeout, :infinity)
        link = if how == :start_link, do: self(), else: :nolink
        spawn_options = option(options, :spawn_opt, [])
        :erlang.apply(:proc_lib, how, [kind, :init_it, [self(), link, name, module, arg, options], timeout, spawn_options])
    end
  end

  def option(options, key, default) do
    case :lists.keyfind(key, 1, options) do
      {_, value} -> value
      false -> default
    end
  end

  defp whereis_name(:nameless), do: :undefined
  defp whereis_name({:local, name}), do: :erlang.whereis(name)
  defp whereis_name({:global, name}), do: :global.whereis_name(name)
  defp whereis_name({:via, module, name}), do: module.whereis_name(name)

  def register(:nameless), do: true

  def register({:local, name}) do
    try do
      :erlang.register(name, self())
    catch
      :error, _ -> {false, :erlang.whereis(name)}
    end
  end

  def register({:global, name}) do
    case :global.register_name(name, self()) do
      :yes -> true
      :no -> {false, :global.whereis_name(name)}
    end
  end

  def register({:via, module, name}) do
    case module.register_name(name, self()) do
      :yes -> true
      :no -> {false, module.whereis_name(name)}
    end
  end

  def unregister({:local, name}) do
    try do
      :erlang.unregister(name)
    catch
      _, _ -> :ok
    end
  end

  def unregister({:global, name}), do: :global.unregister_name(name)
  def unregister({:via, module, name}), do: module.unregister_name(name)
  def unregister(_), do: :ok

  # Registers the process that runs this and goes on with the parent, or ends the start.
  def named(starter, link, name, go_on) do
    case register(name) do
      true -> go_on.(if link == :nolink, do: self(), else: link)
      {false, pid} -> :proc_lib.init_fail(starter, {:error, {:already_started, pid}})
    end
  end

  # The name under which a process shows itself.
  def shown_name(:nameless), do: self()
  def shown_name({:local, name}), do: name
  def shown_name({:global, name}), do: name
  def shown_name({:via, _, name}), do: name

  def header(text, name) when is_atom(name), do: :unicode.characters_to_list([text, " ", Atom.to_string(name)])
  def header(text, name) when is_pid(name), do: :unicode.characters_to_list([text, " ", :erlang.pid_to_list(name)])
  def header(text, name), do: {text, name}

  # The reason with which a process ends that met an exception.
  def exit_reason(:error, reason, stack), do: {reason, stack}
  def exit_reason(:exit, reason, _), do: reason
  def exit_reason(:throw, reason, stack), do: {{:nocatch, reason}, stack}

  # An answer to a call, through the alias if the caller made one.

  def reply({_to, [:alias | alias] = tag}, reply), do: told(alias, {tag, reply})
  def reply({_to, [[:alias | alias] | _] = tag}, reply), do: told(alias, {tag, reply})

  def reply({to, tag}, reply) do
    try do
      told(to, {tag, reply})
    catch
      _, _ -> :ok
    end
  end

  defp told(to, message) do
    send(to, message)
    :ok
  end

  # {:ok, reply}, or {:failed, reason} with the reason of the exit that the caller's call becomes
  def exchange(server, label, request, timeout) when is_time(timeout) do
    if is_address(server) do
      case destination(server) do
        :undefined -> {:failed, :noproc}
        pid when pid == self() -> {:failed, :calling_self}
        destination -> ask(destination, label, request, timeout)
      end
    else
      {:failed, no_clause(:do_for_proc, [server, &ask(&1, label, request, timeout)])}
    end
  end

  def exchange(server, label, request, timeout), do: {:failed, no_clause(:call, [server, label, request, timeout])}

  # The reason of an exit where a real node fails in a function of its own.
  def no_clause(function, args) do
    line = if function == :call, do: 215, else: 557
    {:function_clause, [{:gen, function, args, [file: 'gen.erl', line: line]}]}
  end

  def stop(process), do: stop(process, :normal, :infinity)
  def stop(process, reason, timeout) when is_time(timeout), do: :proc_lib.stop(process, reason, timeout)

  defp ask(destination, label, request, timeout) do
    monitor =
      try do
        :erlang.monitor(:process, destination, alias: :demonitor)
      catch
        :error, _ -> :unreachable
      end

    case monitor do
      :unreachable ->
        {:failed, {:nodedown, node_of(destination)}}

      ref ->
        :erlang.send(destination, {label, {self(), [:alias | ref]}, request}, [:noconnect])

        receive do
          {[:alias | ^ref], reply} ->
            :erlang.demonitor(ref, [:flush])
            {:ok, reply}

          {:DOWN, ^ref, _, _, :noconnection} ->
            {:failed, {:nodedown, node_of(destination)}}

          {:DOWN, ^ref, _, _, reason} ->
            {:failed, reason}
        after
          timeout ->
            :erlang.demonitor(ref, [:flush])

            receive do
              {[:alias | ^ref], reply} -> {:ok, reply}
            after
              0 -> {:failed, :timeout}
            end
        end
    end
  end

  defp node_of(pid) when is_pid(pid), do: node(pid)
  defp node_of({_, node}), do: node
  defp node_of(_), do: node()

  def destination(pid) when is_pid(pid), do: pid
  def destination(name) when is_atom(name), do: :erlang.whereis(name)
  def destination({:global, name}), do: :global.whereis_name(name)
  def destination({:via, module, name}), do: module.whereis_name(name)
  def destination({name, node}) when node == node() and is_atom(name), do: :erlang.whereis(name)
  def destination({name, node} = destination) when is_atom(name) and is_atom(node), do: destination

  # Requests whose answers are received later. A collection is a map from the reference of each to its label.

  def send_request(server, request), do: send_request(server, :"$gen_call", request)

  def send_request(server, label, request) do
    destination = destination(server)

    ref =
      try do
        :erlang.monitor(:process, destination, alias: :demonitor)
      catch
        :error, _ -> make_ref()
      end

    if destination != :undefined, do: :erlang.send(destination, {label, {self(), [:alias | ref]}, request}, [:noconnect])
    ref
  end

  def reqids_new(), do: %{}
  def reqids_size(requests) when is_map(requests), do: map_size(requests)
  def reqids_add(ref, label, requests) when is_reference(ref) and is_map(requests), do: Map.put(requests, ref, label)
  def reqids_to_list(requests) when is_map(requests), do: :maps.to_list(requests)

  def wait_response(ref), do: wait_response(ref, :infinity)
  def wait_response(ref, timeout), do: answer(ref, until(timeout), :keep)
  def wait_response(requests, timeout, delete), do: answer_of_many(requests, until(timeout), delete, :keep)
  def receive_response(ref), do: receive_response(ref, :infinity)
  def receive_response(ref, timeout), do: answer(ref, until(timeout), :abandon)
  def receive_response(requests, timeout, delete), do: answer_of_many(requests, until(timeout), delete, :abandon)

  defp until({:abs, instant}), do: max(instant - :erlang.monotonic_time(:millisecond), 0)
  defp until(timeout), do: timeout

  defp answer(ref, timeout, late) do
    receive do
      {[:alias | ^ref], reply} ->
        :erlang.demonitor(ref, [:flush])
        {:reply, reply}

      {:DOWN, ^ref, _, object, reason} ->
        {:error, {reason, object}}
    after
      timeout ->
        if late == :abandon, do: :erlang.demonitor(ref, [:flush])
        :timeout
    end
  end

  defp answer_of_many(requests, _, _, _) when map_size(requests) == 0, do: :no_request

  defp answer_of_many(requests, timeout, delete, late) do
    receive do
      {[:alias | ref], reply} when is_map_key(requests, ref) ->
        :erlang.demonitor(ref, [:flush])
        {{:reply, reply}, Map.fetch!(requests, ref), left(requests, ref, delete)}

      {:DOWN, ref, _, object, reason} when is_map_key(requests, ref) ->
        {{:error, {reason, object}}, Map.fetch!(requests, ref), left(requests, ref, delete)}
    after
      timeout ->
        if late == :abandon, do: for(ref <- Map.keys(requests), do: :erlang.demonitor(ref, [:flush]))
        :timeout
    end
  end

  defp left(requests, ref, true), do: Map.delete(requests, ref)
  defp left(requests, _, false), do: requests

  def check_response({[:alias | ref], reply}, ref) when is_reference(ref) do
    :erlang.demonitor(ref, [:flush])
    {:reply, reply}
  end

  def check_response({:DOWN, ref, _, object, reason}, ref) when is_reference(ref), do: {:error, {reason, object}}
  def check_response(_, ref) when is_reference(ref), do: :no_reply
  def check_response(_, requests, _) when map_size(requests) == 0, do: :no_request

  def check_response({[:alias | ref], _} = message, requests, delete) when is_map_key(requests, ref),
    do: {check_response(message, ref), Map.fetch!(requests, ref), left(requests, ref, delete)}

  def check_response({:DOWN, ref, _, _, _} = message, requests, delete) when is_map_key(requests, ref),
    do: {check_response(message, ref), Map.fetch!(requests, ref), left(requests, ref, delete)}

  def check_response(_, requests, _) when is_map(requests), do: :no_reply
end
