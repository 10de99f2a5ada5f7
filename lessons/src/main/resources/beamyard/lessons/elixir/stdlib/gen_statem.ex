# OTP's state machines. What a machine has between two events is a map: its name and module, how its callbacks are called,
# state and data, the events it has put off (the last one first), and its timers.
defmodule :gen_statem do
  def start(module, arg, options), do: start(:nameless, module, arg, options)
  def start(name, module, arg, options), do: :gen.start(:gen_statem, :start, name, module, arg, options)
  def start_link(module, arg, options), do: start_link(:nameless, module, arg, options)
  def start_link(name, module, arg, options), do: :gen.start(:gen_statem, :start_link, name, module, arg, options)
  def start_monitor(module, arg, options), do: start_monitor(:nameless, module, arg, options)

  def start_monitor(name, module, arg, options) do
    with {:ok, pid} <- start(name, module, arg, options), do: {:ok, {pid, :erlang.monitor(:process, pid)}}
  end

  def stop(machine), do: :gen.stop(machine)
  def stop(machine, reason, timeout), do: :gen.stop(machine, reason, timeout)

  # ---- what others ask of a machine

  def call(machine, request), do: call(machine, request, :infinity)

  def call(machine, request, timeout) do
    time = if is_tuple(timeout), do: elem(timeout, 1), else: timeout

    case :gen.exchange(machine, :"$gen_call", request, time) do
      {:ok, reply} -> reply
      {:failed, reason} -> :erlang.exit({reason, {:gen_statem, :call, [machine, request, timeout]}})
    end
  end

  def cast(machine, message), do: :gen_server.cast(machine, message)
  def reply(replies) when is_list(replies), do: Enum.each(replies, &reply/1)
  def reply({:reply, from, reply}), do: reply(from, reply)
  def reply(from, reply), do: :gen.reply(from, reply)
  def send_request(machine, request), do: :gen.send_request(machine, request)
  def send_request(machine, request, label, requests), do: Map.put(requests, :gen.send_request(machine, request), label)
  def reqids_new(), do: :gen.reqids_new()
  def reqids_size(requests), do: :gen.reqids_size(requests)
  def reqids_add(ref, label, requests), do: :gen.reqids_add(ref, label, requests)
  def reqids_to_list(requests), do: :gen.reqids_to_list(requests)
  def wait_response(ref), do: :gen.wait_response(ref)
  def wait_response(ref, timeout), do: :gen.wait_response(ref, timeout)
  def wait_response(requests, timeout, delete), do: :gen.wait_response(requests, timeout, delete)
  def receive_response(ref), do: :gen.receive_response(ref)
  def receive_response(ref, timeout), do: :gen.receive_response(ref, timeout)
  def receive_response(requests, timeout, delete), do: :gen.receive_response(requests, timeout, delete)
  def check_response(message, ref), do: :gen.check_response(message, ref)
  def check_response(message, requests, delete), do: :gen.check_response(message, requests, delete)

  # ---- starting

  def init_it(starter, link, name, module, arg, options) do
    debug = :sys.debug_options(:gen.option(options, :debug, []))

    :gen.named(starter, link, name, fn parent ->
      case begun(module, arg) do
        {:ok, {:ok, state, data}} -> enter(starter, parent, name, module, {state, data, []}, debug)
        {:ok, {:ok, state, data, actions}} -> enter(starter, parent, name, module, {state, data, actions}, debug)
        {:ok, :ignore} -> give_up(starter, name, :ignore, :normal)
        {:ok, {:stop, reason}} -> give_up(starter, name, {:error, reason}, reason)
        {:ok, other} -> give_up(starter, name, {:error, {:bad_return_from_init, other}}, {:bad_return_from_init, other})
        {:caught, kind, reason, stack} -> raised(starter, name, kind, reason, stack)
      end
    end)
  end

  defp begun(module, arg) do
    try do
      {:ok, module.init(arg)}
    catch
      :throw, value -> {:ok, value}
      kind, reason -> {:caught, kind, reason, __STACKTRACE__}
    end
  end

  defp give_up(starter, name, answer, reason) do
    :gen.unregister(name)
    :proc_lib.init_fail(starter, answer)
    :erlang.exit(reason)
  end

  defp raised(starter, name, kind, reason, stack) do
    :gen.unregister(name)
    :proc_lib.init_fail(starter, {:error, reason})
    :erlang.raise(kind, reason, stack)
  end

  defp enter(starter, parent, name, module, begin, debug) do
    case mode(module) do
      {:error, reason} ->
        give_up(starter, name, {:error, reason}, reason)

      modes ->
        :proc_lib.init_ack(starter, {:ok, self()})
        first(parent, :gen.shown_name(name), module, modes, begin, debug)
    end
  end

  defp mode(module) do
    answer = module.callback_mode()
    modes = List.wrap(answer)

    if Enum.count(modes, &(&1 in [:state_functions, :handle_event_function])) == 1 and
         Enum.all?(modes, &(&1 in [:state_functions, :handle_event_function, :state_enter])),
       do: {:state_functions in modes, :state_enter in modes},
       else: {:error, {:bad_return_from_callback_mode, answer}}
  end

  def enter_loop(module, options, state, data), do: enter_loop(module, options, state, data, self(), [])

  def enter_loop(module, options, state, data, actions) when is_list(actions),
    do: enter_loop(module, options, state, data, self(), actions)

  def enter_loop(module, options, state, data, name), do: enter_loop(module, options, state, data, name, [])

  def enter_loop(module, options, state, data, name, actions) do
    [parent | _] = :erlang.get(:"$ancestors")
    parent = if is_atom(parent), do: :erlang.whereis(parent), else: parent
    name = if is_pid(name), do: name, else: :gen.shown_name(name)
    first(parent, name, module, mode(module), {state, data, actions}, :sys.debug_options(:gen.option(options, :debug, [])))
  end

  defp first(parent, name, module, {by_state, enters}, {state, data, actions}, debug) do
    machine = %{
      parent: parent,
      name: name,
      module: module,
      by_state: by_state,
      enters: enters,
      state: state,
      data: data,
      postponed: [],
      timers: %{},
      zero: [],
      debug: debug
    }

    machine = noted(machine, {:enter, module, state})
    event = {:internal, :init_state}
    transition(machine, event, [], {state, data, actions}, :enter)
  end

  # ---- the loop

  # Time-outs of no time come when all other events are handled, and before any message is looked at.
  defp loop(%{zero: [_ | _] = zero} = machine, []) do
    [{type, content} | rest] = :lists.reverse(zero)
    handle(%{machine | zero: :lists.reverse(rest)}, {type, content}, [])
  end

  defp loop(%{parent: parent} = machine, []) do
    message = receive do: (message -> message)

    case message do
      {:system, from, request} ->
        {debug, machine} = Map.pop!(machine, :debug)
        :sys.handle_system_msg(request, from, parent, :gen_statem, debug, machine)

      {:EXIT, ^parent, reason} ->
        finish(machine, :exit, reason, [])

      {:timeout, timer, type} ->
        case machine.timers do
          %{^type => {^timer, content, _}} -> received(%{machine | timers: Map.delete(machine.timers, type)}, {type, content})
          _ -> received(machine, {:info, message})
        end

      {:"$gen_call", from, request} ->
        received(machine, {{:call, from}, request})

      {:"$gen_cast", request} ->
        received(machine, {:cast, request})

      _ ->
        received(machine, {:info, message})
    end
  end

  defp loop(machine, [event | queue]), do: handle(machine, event, queue)

  defp received(machine, event), do: machine |> noted({:in, event, machine.state}) |> handle(event, [])

  # Any event ends the waiting for an event.
  defp handle(machine, event, queue) do
    machine = cancelled(machine, :timeout)
    {type, content} = event

    case call_state(machine, type, content, machine.state, machine.data) do
      {:ok, result} -> decided(machine, event, queue, result)
      {:caught, kind, reason, stack} -> finish(machine, kind, reason, stack)
    end
  end

  defp call_state(%{by_state: true, module: module}, type, content, state, data) do
    try do
      {:ok, :erlang.apply(module, state, [type, content, data])}
    catch
      :throw, value -> {:ok, value}
      kind, reason -> {:caught, kind, reason, __STACKTRACE__}
    end
  end

  defp call_state(%{module: module}, type, content, state, data) do
    try do
      {:ok, module.handle_event(type, content, state, data)}
    catch
      :throw, value -> {:ok, value}
      kind, reason -> {:caught, kind, reason, __STACKTRACE__}
    end
  end

  defp decided(%{state: state, data: data} = machine, event, queue, result) do
    case result do
      {:next_state, new, data} -> transition(machine, event, queue, {new, data, []}, :if_changed)
      {:next_state, new, data, actions} -> transition(machine, event, queue, {new, data, actions}, :if_changed)
      {:keep_state, data} -> transition(machine, event, queue, {state, data, []}, :stay)
      {:keep_state, data, actions} -> transition(machine, event, queue, {state, data, actions}, :stay)
      :keep_state_and_data -> transition(machine, event, queue, {state, data, []}, :stay)
      {:keep_state_and_data, actions} -> transition(machine, event, queue, {state, data, actions}, :stay)
      {:repeat_state, data} -> transition(machine, event, queue, {state, data, []}, :enter)
      {:repeat_state, data, actions} -> transition(machine, event, queue, {state, data, actions}, :enter)
      :repeat_state_and_data -> transition(machine, event, queue, {state, data, []}, :enter)
      {:repeat_state_and_data, actions} -> transition(machine, event, queue, {state, data, actions}, :enter)
      other -> ended(machine, other)
    end
  end

  defp ended(machine, result) do
    case result do
      :stop -> finish(machine, :exit, :normal, [])
      {:stop, reason} -> finish(machine, :exit, reason, [])
      {:stop, reason, data} -> finish(%{machine | data: data}, :exit, reason, [])
      {:stop_and_reply, reason, replies} -> machine |> replied(replies) |> finish(:exit, reason, [])
      {:stop_and_reply, reason, replies, data} -> %{machine | data: data} |> replied(replies) |> finish(:exit, reason, [])
      other -> finish(machine, :error, {:bad_return_from_state_function, other}, [])
    end
  end

  defp replied(machine, replies), do: Enum.reduce(List.wrap(replies), machine, fn {:reply, from, reply}, machine -> sent(machine, from, reply) end)

  defp sent(machine, from, reply) do
    :gen.reply(from, reply)
    noted(machine, {:out, reply, from})
  end

  # ---- from one state to the next

  defp transition(machine, event, queue, {state, data, actions}, how) do
    old = machine.state
    changed? = state != old
    enter? = machine.enters and (how == :enter or (how == :if_changed and changed?))
    machine = %{machine | state: state, data: data}

    case acted(machine, actions, %{postpone: false, events: [], timeouts: []}) do
      {:bad, machine, action} ->
        finish(machine, :error, {:bad_action_from_state_function, action}, [])

      {:ok, machine, asked} ->
        after_enter(if(enter?, do: entered(machine, old, asked), else: {:ok, machine, asked}), event, queue, {old, changed?})
    end
  end

  defp after_enter({:end, machine, kind, reason, stack}, _, _, _), do: finish(machine, kind, reason, stack)

  defp after_enter({:ok, machine, asked}, event, queue, {old, changed?}) do
    machine = noted(machine, {if(asked.postpone, do: :postpone, else: :consume), event, old, machine.state})
    machine = if asked.postpone, do: %{machine | postponed: [event | machine.postponed]}, else: machine

    {machine, queue} =
      if changed?,
        do: {cancelled(%{machine | postponed: []}, :state_timeout), :lists.reverse(machine.postponed) ++ queue},
        else: {machine, queue}

    machine = Enum.reduce(:lists.reverse(asked.timeouts), machine, &timed/2)
    queue = :lists.reverse(asked.events) ++ queue
    machine = if queue == [], do: machine, else: %{machine | zero: Enum.reject(machine.zero, &match?({:timeout, _}, &1))}
    loop(machine, queue)
  end

  # The callback that a state is entered with; it may act, but neither change the state nor put off or insert an event.
  defp entered(machine, old, asked) do
    case call_state(machine, :enter, old, machine.state, machine.data) do
      {:ok, result} -> machine |> after_entering(result, asked) |> again(old)
      {:caught, kind, reason, stack} -> {:end, machine, kind, reason, stack}
    end
  end

  defp again({:repeat, machine, asked}, old), do: entered(machine, old, asked)
  defp again(other, _), do: other

  defp after_entering(%{state: state} = machine, result, asked) do
    case result do
      {:next_state, ^state, data} -> {:ok, %{machine | data: data}, asked}
      {:next_state, ^state, data, actions} -> entering_acts(%{machine | data: data}, actions, asked, :ok)
      {:keep_state, data} -> {:ok, %{machine | data: data}, asked}
      {:keep_state, data, actions} -> entering_acts(%{machine | data: data}, actions, asked, :ok)
      :keep_state_and_data -> {:ok, machine, asked}
      {:keep_state_and_data, actions} -> entering_acts(machine, actions, asked, :ok)
      {:repeat_state, data} -> {:repeat, %{machine | data: data}, asked}
      {:repeat_state, data, actions} -> entering_acts(%{machine | data: data}, actions, asked, :repeat)
      :stop -> {:end, machine, :exit, :normal, []}
      {:stop, reason} -> {:end, machine, :exit, reason, []}
      {:stop, reason, data} -> {:end, %{machine | data: data}, :exit, reason, []}
      {:stop_and_reply, reason, replies} -> {:end, replied(machine, replies), :exit, reason, []}
      {:stop_and_reply, reason, replies, data} -> {:end, replied(%{machine | data: data}, replies), :exit, reason, []}
      other -> {:end, machine, :error, {:bad_state_enter_return_from_state_function, other}, []}
    end
  end

  defp entering_acts(machine, actions, asked, next) do
    case Enum.find(List.wrap(actions), &no_action_of_entering?/1) do
      nil ->
        case acted(machine, actions, asked) do
          {:ok, machine, asked} -> {next, machine, asked}
          {:bad, machine, action} -> {:end, machine, :error, {:bad_action_from_state_function, action}, []}
        end

      action ->
        {:end, machine, :error, {:bad_state_enter_action_from_state_function, action}, []}
    end
  end

  defp no_action_of_entering?(:postpone), do: true
  defp no_action_of_entering?({:postpone, _}), do: true
  defp no_action_of_entering?({:next_event, _, _}), do: true
  defp no_action_of_entering?(_), do: false

  # ---- actions

  defp acted(machine, actions, asked) when is_list(actions) do
    Enum.reduce_while(actions, {:ok, machine, asked}, fn action, {:ok, machine, asked} ->
      case act(action, machine, asked) do
        {machine, asked} -> {:cont, {:ok, machine, asked}}
        :bad -> {:halt, {:bad, machine, action}}
      end
    end)
  end

  defp acted(machine, action, asked), do: acted(machine, [action], asked)

  defp act(:postpone, machine, asked), do: {machine, %{asked | postpone: true}}
  defp act({:postpone, postpone}, machine, asked) when is_boolean(postpone), do: {machine, %{asked | postpone: postpone}}
  defp act(:hibernate, machine, asked), do: {machine, asked}
  defp act({:hibernate, hibernate}, machine, asked) when is_boolean(hibernate), do: {machine, asked}
  defp act({:next_event, type, content}, machine, asked), do: {machine, %{asked | events: [{type, content} | asked.events]}}
  defp act({:reply, from, reply}, machine, asked), do: {sent(machine, from, reply), asked}
  defp act({:change_callback_module, module}, machine, asked) when is_atom(module), do: {%{machine | module: module}, asked}

  defp act({:push_callback_module, module}, machine, asked) when is_atom(module),
    do: {machine |> Map.update(:modules, [machine.module], &[machine.module | &1]) |> Map.put(:module, module), asked}

  defp act(:pop_callback_module, %{modules: [module | modules]} = machine, asked), do: {%{machine | module: module, modules: modules}, asked}
  defp act({:state_timeout, :cancel}, machine, asked), do: {machine, later(asked, {:state_timeout, :cancel})}
  defp act({:timeout, :cancel}, machine, asked), do: {machine, later(asked, {:timeout, :cancel})}
  defp act({{:timeout, _} = type, :cancel}, machine, asked), do: {machine, later(asked, {type, :cancel})}
  defp act({:state_timeout, :update, content}, machine, asked), do: {machine, later(asked, {:state_timeout, :update, content})}
  defp act({:timeout, :update, content}, machine, asked), do: {machine, later(asked, {:timeout, :update, content})}
  defp act({{:timeout, _} = type, :update, content}, machine, asked), do: {machine, later(asked, {type, :update, content})}
  defp act({:state_timeout, time, content}, machine, asked), do: timeout(:state_timeout, time, content, [], machine, asked)
  defp act({:state_timeout, time, content, options}, machine, asked), do: timeout(:state_timeout, time, content, options, machine, asked)
  defp act({:timeout, time, content}, machine, asked), do: timeout(:timeout, time, content, [], machine, asked)
  defp act({:timeout, time, content, options}, machine, asked), do: timeout(:timeout, time, content, options, machine, asked)
  defp act({{:timeout, _} = type, time, content}, machine, asked), do: timeout(type, time, content, [], machine, asked)
  defp act({{:timeout, _} = type, time, content, options}, machine, asked), do: timeout(type, time, content, options, machine, asked)
  defp act(time, machine, asked) when is_integer(time) or time == :infinity, do: timeout(:timeout, time, time, [], machine, asked)
  defp act(_, _, _), do: :bad

  defp timeout(type, time, content, options, machine, asked) when time == :infinity or is_integer(time),
    do: {machine, later(asked, {type, time, content, options})}

  defp timeout(_, _, _, _, _, _), do: :bad

  defp later(asked, timeout), do: %{asked | timeouts: [timeout | asked.timeouts]}

  defp timed({type, :cancel}, machine), do: cancelled(machine, type)
  defp timed({type, :infinity, _, _}, machine), do: cancelled(machine, type)

  defp timed({type, :update, content}, machine) do
    case machine.timers do
      %{^type => {timer, _, time}} -> %{machine | timers: Map.put(machine.timers, type, {timer, content, time})}
      _ -> %{cancelled(machine, type) | zero: [{type, content} | machine.zero]}
    end
  end

  defp timed({type, 0, content, _}, machine) do
    machine = cancelled(machine, type)
    %{machine | zero: [{type, content} | machine.zero]}
  end

  defp timed({type, time, content, options}, machine) do
    machine = machine |> cancelled(type) |> noted({:start_timer, {type, time, content, options}, machine.state})
    timer = :erlang.start_timer(time, self(), type, options)
    %{machine | timers: Map.put(machine.timers, type, {timer, content, time})}
  end

  defp cancelled(%{timers: timers, zero: []} = machine, _) when map_size(timers) == 0, do: machine

  defp cancelled(machine, type) do
    machine = %{machine | zero: Enum.reject(machine.zero, &(elem(&1, 0) == type))}

    case Map.pop(machine.timers, type) do
      {nil, _} ->
        machine

      {{timer, _, _}, timers} ->
        if :erlang.cancel_timer(timer) == false do
          receive do
            {:timeout, ^timer, _} -> :ok
          after
            0 -> :ok
          end
        end

        %{machine | timers: timers}
    end
  end

  # ---- the end

  defp finish(%{module: module, state: state, data: data} = machine, kind, reason, stack) do
    if expected?(kind, reason), do: noted(machine, {:terminate, reason, state})

    if function_exported?(module, :terminate, 3) do
      try do
        module.terminate(reason, state, data)
      catch
        :throw, _ -> :ok
      end
    end

    case {kind, stack} do
      {:exit, []} -> :erlang.exit(reason)
      {:error, []} -> :erlang.error(reason)
      _ -> :erlang.raise(kind, reason, stack)
    end
  end

  defp expected?(:exit, reason) when reason in [:normal, :shutdown], do: true
  defp expected?(:exit, {:shutdown, _}), do: true
  defp expected?(_, _), do: false

  # ---- what :sys asks for

  defp noted(%{debug: []} = machine, _), do: machine
  defp noted(%{debug: debug, name: name} = machine, event), do: %{machine | debug: :sys.handle_debug(debug, &print_event/3, name, event)}

  defp print_event(device, {:enter, module, state}, name), do: :io.format(device, "*DBG* ~tp enter ~tp in state ~tp~n", [name, module, state])

  defp print_event(device, {:in, event, state}, name),
    do: :io.format(device, "*DBG* ~tp receive ~ts in state ~tp~n", [name, in_words(event), state])

  defp print_event(device, {:out, reply, {to, _}}, name), do: :io.format(device, "*DBG* ~tp send ~tp to ~tw~n", [name, reply, to])

  defp print_event(device, {:start_timer, action, state}, name),
    do: :io.format(device, "*DBG* ~tp start_timer ~tp in state ~tp~n", [name, action, state])

  defp print_event(device, {:terminate, reason, state}, name),
    do: :io.format(device, "*DBG* ~tp terminate ~tp in state ~tp~n", [name, reason, state])

  defp print_event(device, {tag, event, state, state}, name),
    do: :io.format(device, "*DBG* ~tp ~tw ~ts in state ~tp~n", [name, tag, in_words(event), state])

  defp print_event(device, {tag, event, state, next}, name),
    do: :io.format(device, "*DBG* ~tp ~tw ~ts in state ~tp => ~tp~n", [name, tag, in_words(event), state, next])

  defp in_words({{:call, {from, _}}, request}), do: :io_lib.format("call ~tp from ~tw", [request, from])
  defp in_words({type, content}), do: :io_lib.format("~tp ~tp", [type, content])

  def system_continue(_parent, debug, machine), do: loop(Map.put(machine, :debug, debug), [])
  def system_terminate(reason, _, debug, machine), do: machine |> Map.put(:debug, debug) |> finish(:exit, reason, [])
  def system_get_state(%{state: state, data: data}), do: {:ok, {state, data}}

  def system_replace_state(fun, machine) do
    {state, data} = fun.({machine.state, machine.data})
    {:ok, {state, data}, %{machine | state: state, data: data}}
  end

  def system_code_change(machine, _, old, extra) do
    case machine.module.code_change(old, machine.state, machine.data, extra) do
      {:ok, state, data} -> {:ok, %{machine | state: state, data: data}}
      other -> other
    end
  end

  def format_status(_, [_, mode, parent, debug, machine]) do
    [
      header: :gen.header("Status for state machine", machine.name),
      data: [
        {'Status', mode},
        {'Parent', parent},
        {'Modules', [machine.module | Map.get(machine, :modules, [])]},
        {'Time-outs', {map_size(machine.timers), for({type, {_, content, _}} <- machine.timers, do: {type, content})}},
        {'Logged Events', :sys.get_log(debug)},
        {'Postponed', machine.postponed}
      ]
    ] ++ shown(machine)
  end

  defp shown(%{module: module, state: state, data: data}) do
    if function_exported?(module, :format_status, 2),
      do: List.wrap(module.format_status(:normal, [:erlang.get(), state, data])),
      else: [data: [{'State', {state, data}}]]
  end
end
