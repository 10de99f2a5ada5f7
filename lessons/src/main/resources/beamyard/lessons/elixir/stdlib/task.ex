defmodule Task do
  @enforce_keys [:mfa, :owner, :pid, :ref]
  defstruct [:mfa, :owner, :pid, :ref]

  defmacro __using__(opts) do
    quote do
      def child_spec(arg) do
        default = %{id: __MODULE__, start: {__MODULE__, :start_link, [arg]}, restart: :temporary}
        Supervisor.child_spec(default, unquote(opts))
      end

      defoverridable child_spec: 1
    end
  end

  def child_spec(arg), do: %{id: Task, start: {Task, :start_link, [arg]}, restart: :temporary}

  def start(fun) when is_function(fun, 0), do: start(:erlang, :apply, [fun, []])
  def start(module, function, args) when is_atom(module) and is_atom(function) and is_list(args),
    do: Task.Supervised.start(owner(), callers(), {module, function, args})
  def start_link(fun) when is_function(fun, 0), do: start_link(:erlang, :apply, [fun, []])
  def start_link(module, function, args) when is_atom(module) and is_atom(function) and is_list(args),
    do: Task.Supervised.start_link(owner(), callers(), {module, function, args})
  def async(fun) when is_function(fun, 0), do: async(:erlang, :apply, [fun, []])

  def async(module, function, args) when is_atom(module) and is_atom(function) and is_list(args) do
    mfa = {module, function, args}
    {:ok, pid} = Task.Supervised.start_link(owner(), :nomonitor)
    of(pid, mfa)
  end

  # The task of a process that waits to be told what to do.
  def of(pid, {module, function, args}) do
    ref = :erlang.monitor(:process, pid, alias: :demonitor)
    send(pid, {self(), ref, ref, callers(), {module, function, args}})
    %Task{pid: pid, ref: ref, owner: self(), mfa: {module, function, length(args)}}
  end

  def owner() do
    name =
      case Process.info(self(), :registered_name) do
        {:registered_name, []} -> self()
        {:registered_name, name} -> name
      end

    {node(), self(), name}
  end

  def callers() do
    case :erlang.get(:"$callers") do
      list when is_list(list) -> [self() | list]
      _ -> [self()]
    end
  end

  def completed(result) do
    ref = make_ref()
    send(self(), {ref, result})
    %Task{pid: nil, ref: ref, owner: self(), mfa: {Task, :completed, 1}}
  end

  def await(%Task{ref: ref, owner: owner} = task, timeout \\ 5000)
      when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    if owner != self(), do: raise(ArgumentError, not_owner(task))

    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        reply

      {:DOWN, ^ref, _, pid, reason} ->
        exit({why(reason, pid), {Task, :await, [task, timeout]}})
    after
      timeout ->
        :erlang.demonitor(ref, [:flush])
        exit({:timeout, {Task, :await, [task, timeout]}})
    end
  end

  def await_many(tasks, timeout \\ 5000) when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    for task <- tasks do
      %Task{owner: owner} = task
      if owner != self(), do: raise(ArgumentError, not_owner(task))
    end

    mark = make_ref()
    timer = if timeout != :infinity, do: Process.send_after(self(), mark, timeout)

    try do
      await_all(tasks, tasks, timeout, mark, %{})
    after
      if timer, do: take_back(timer, mark)
    end
  end

  defp await_all(tasks, all, timeout, mark, replies) do
    waiting = for task <- tasks, not is_map_key(replies, task.ref), do: task.ref

    if waiting == [] do
      for task <- all, do: Map.fetch!(replies, task.ref)
    else
      receive do
        ^mark ->
          for ref <- waiting, do: :erlang.demonitor(ref, [:flush])
          exit({:timeout, {Task, :await_many, [all, timeout]}})

        {:DOWN, ref, _, pid, reason} when is_reference(ref) ->
          if ref in waiting do
            for other <- waiting, do: :erlang.demonitor(other, [:flush])
            exit({why(reason, pid), {Task, :await_many, [all, timeout]}})
          else
            await_all(tasks, all, timeout, mark, replies)
          end

        {ref, reply} when is_reference(ref) ->
          if ref in waiting do
            :erlang.demonitor(ref, [:flush])
            await_all(tasks, all, timeout, mark, Map.put(replies, ref, reply))
          else
            await_all(tasks, all, timeout, mark, replies)
          end
      end
    end
  end

  def yield(%Task{ref: ref, owner: owner} = task, timeout \\ 5000)
      when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    if owner != self(), do: raise(ArgumentError, not_owner(task))

    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, _, pid, :noconnection} ->
        exit({why(:noconnection, pid), {Task, :yield, [task, timeout]}})

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, reason}
    after
      timeout -> nil
    end
  end

  def yield_many(tasks, timeout \\ 5000) when timeout == :infinity or (is_integer(timeout) and timeout >= 0) do
    mark = make_ref()
    timer = if timeout != :infinity, do: Process.send_after(self(), mark, timeout)

    try do
      yield_many(tasks, mark, :infinity)
    catch
      {^mark, reason} -> exit({reason, {Task, :yield_many, [tasks, timeout]}})
    after
      if timer, do: take_back(timer, mark)
    end
  end

  # A timer that has fired has put its mark into the mailbox.
  defp take_back(timer, mark) do
    Process.cancel_timer(timer)

    receive do
      ^mark -> :ok
    after
      0 -> :ok
    end
  end

  # The mark comes as a message when time is up: the other tasks are then only looked at.
  defp yield_many([%Task{ref: ref, owner: owner} = task | rest], mark, timeout) do
    if owner != self(), do: raise(ArgumentError, not_owner(task))

    receive do
      {^ref, reply} ->
        :erlang.demonitor(ref, [:flush])
        [{task, {:ok, reply}} | yield_many(rest, mark, timeout)]

      {:DOWN, ^ref, _, pid, :noconnection} ->
        throw({mark, why(:noconnection, pid)})

      {:DOWN, ^ref, _, _, reason} ->
        [{task, {:exit, reason}} | yield_many(rest, mark, timeout)]

      ^mark ->
        [{task, nil} | yield_many(rest, mark, 0)]
    after
      timeout -> [{task, nil} | yield_many(rest, mark, 0)]
    end
  end

  defp yield_many([], _, _), do: []

  def ignore(%Task{ref: ref, pid: pid, owner: owner} = task) do
    if owner != self(), do: raise(ArgumentError, not_owner(task))

    receive do
      {^ref, reply} ->
        :erlang.unlink(pid)
        :erlang.demonitor(ref, [:flush])
        {:ok, reply}

      {:DOWN, ^ref, _, lost, :noconnection} ->
        exit({why(:noconnection, lost), {Task, :ignore, [task]}})

      {:DOWN, ^ref, _, _, reason} ->
        {:exit, reason}
    after
      0 ->
        :erlang.unlink(pid)
        :erlang.demonitor(ref, [:flush])
        nil
    end
  end

  def shutdown(task, how \\ 5000)

  def shutdown(%Task{pid: nil} = task, _), do: raise(ArgumentError, "task #{inspect(task)} does not have an associated task process")

  def shutdown(%Task{owner: owner} = task, _) when owner != self(), do: raise(ArgumentError, not_owner(task))

  def shutdown(%Task{pid: pid, ref: ref} = task, how)
      when how in [:brutal_kill, :infinity] or (is_integer(how) and how >= 0) do
    # A monitor of its own: that of the task may have fired, or have been given up, before.
    watch = :erlang.monitor(:process, pid)
    :erlang.unlink(pid)
    :erlang.exit(pid, if(how == :brutal_kill, do: :kill, else: :shutdown))

    receive do
      {:DOWN, ^watch, _, _, reason} -> finished(task, how, reason(ref, reason))
    after
      if(is_integer(how), do: how, else: :infinity) ->
        :erlang.exit(pid, :kill)
        receive do: ({:DOWN, ^watch, _, _, reason} -> finished(task, how, reason(ref, reason)))
    end
  end

  defp reason(ref, reason) do
    receive do
      {:DOWN, ^ref, _, _, first} -> first
    after
      0 ->
        :erlang.demonitor(ref, [:flush])
        reason
    end
  end

  # The reply may have come before the end.
  defp finished(%Task{pid: pid, ref: ref} = task, how, reason) do
    receive do
      {^ref, reply} -> {:ok, reply}
    after
      0 ->
        cond do
          reason == :noconnection -> exit({why(reason, pid), {Task, :shutdown, [task, how]}})
          how == :brutal_kill and reason == :killed -> nil
          how != :brutal_kill and reason == :shutdown -> nil
          true -> {:exit, reason}
        end
    end
  end

  def async_stream(enumerable, fun, options \\ []) when is_function(fun, 1) and is_list(options) do
    owner = owner()

    Task.Supervised.stream(enumerable, fn x -> {:erlang, :apply, [fun, [x]]} end, options, fn ->
      Task.Supervised.start_link(owner, :nomonitor)
    end)
  end

  def async_stream(enumerable, module, function, args, options \\ []) when is_atom(module) and is_atom(function) and is_list(args) do
    owner = owner()

    Task.Supervised.stream(enumerable, fn x -> {module, function, [x | args]} end, options, fn ->
      Task.Supervised.start_link(owner, :nomonitor)
    end)
  end

  defp why(:noconnection, pid) when is_pid(pid), do: {:nodedown, node(pid)}
  defp why(reason, _), do: reason

  defp not_owner(task), do: "task #{inspect(task)} must be queried from the owner but was queried from #{inspect(self())}"
end

defmodule Task.Supervised do
  def start(owner, callers, mfa), do: {:ok, :proc_lib.spawn(Task.Supervised, :run, [owner, callers, mfa])}
  def start_link(owner, callers, mfa), do: {:ok, :proc_lib.spawn_link(Task.Supervised, :run, [owner, callers, mfa])}
  def start_link(owner, monitor), do: {:ok, :proc_lib.spawn_link(Task.Supervised, :wait, [owner, monitor])}

  def run(owner, callers, mfa) do
    :erlang.put(:"$callers", callers)
    invoke(owner, mfa)
  end

  # Waits to be told what to do; with a monitor, gives up when the owner is gone before that.
  def wait({_, owner, _} = whole, monitor) do
    ref = if monitor == :monitor, do: :erlang.monitor(:process, owner), else: nil

    receive do
      {^owner, tag, reply_to, callers, mfa} ->
        :erlang.put(:"$callers", callers)
        if ref, do: :erlang.demonitor(ref, [:flush])
        send(reply_to, {tag, invoke(whole, mfa)})

      {:DOWN, ^ref, _, _, reason} ->
        exit({:shutdown, reason})
    after
      5000 -> exit(:timeout)
    end
  end

  defp invoke(owner, {module, function, args} = mfa) do
    :erlang.put(:"$initial_call", {module, function, length(args)})

    try do
      :erlang.apply(module, function, args)
    catch
      :exit, :normal -> exit(:normal)
      :exit, :shutdown -> exit(:shutdown)
      :exit, {:shutdown, reason} -> exit({:shutdown, reason})
      kind, value -> fail(owner, mfa, kind, value, __STACKTRACE__)
    end
  end

  defp fail(owner, mfa, kind, value, stack) do
    reason =
      case kind do
        :exit -> value
        :error -> {value, stack}
        :throw -> {{:nocatch, value}, stack}
      end

    Logger.Wording.report(:error, :task_crash, {owner, mfa, cause(kind, value), stack})
    exit(reason)
  end

  defp cause(:exit, value), do: {:exit, value}
  defp cause(:throw, value), do: {:exit, {:nocatch, value}}
  defp cause(:error, value), do: value

  # A lazy stream of {:ok, value} and {:exit, reason}: at most so many tasks at once.
  # Each is started by `start`, which answers {:ok, pid} of a process that waits to be told what to do.
  def stream(enumerable, to_mfa, options, start) do
    settings = %{
      max: Keyword.get(options, :max_concurrency, System.schedulers_online()),
      ordered: Keyword.get(options, :ordered, true),
      timeout: Keyword.get(options, :timeout, 5000),
      on_timeout: Keyword.get(options, :on_timeout, :exit),
      zip: Keyword.get(options, :zip_input_on_exit, false),
      to_mfa: to_mfa
    }

    Stream.resource(
      fn ->
        unless is_integer(settings.max) and settings.max > 0 do
          raise ArgumentError, ":max_concurrency must be an integer greater than zero"
        end

        pull = &Enumerable.reduce(enumerable, &1, fn x, _ -> {:suspend, {:got, x}} end)
        %{pull: pull, running: [], done: %{}, next_in: 0, next_out: 0, companion: companion(start, settings.timeout)}
      end,
      fn state -> next(state, settings) end,
      fn state ->
        for {_, task, _, _} <- state.running, do: stop(task, state)
        dismiss(state.companion)
      end
    )
  end

  # The tasks are started by a process of their own, linked to the reader of the stream and to them: what ends the one
  # ends the others, unless exits are trapped.
  defp companion(start, timeout) do
    {:trap_exit, trap} = Process.info(self(), :trap_exit)
    reader = self()

    :erlang.spawn_opt(
      fn ->
        Process.flag(:trap_exit, trap)
        serve(reader, fn -> start |> timed(timeout) end)
      end,
      [:link, :monitor]
    )
  end

  # What is no time for a timer ends the companion once there is a task to be timed.
  defp timed(start, timeout) do
    started = start.()

    if timeout != :infinity do
      timer = :erlang.send_after(timeout, self(), {:timeout, {make_ref(), make_ref()}})
      :erlang.cancel_timer(timer, async: true, info: false)
    end

    started
  end

  defp serve(reader, start) do
    receive do
      {:start, ^reader, ref} ->
        send(reader, {ref, start.()})
        serve(reader, start)

      {:stop, ^reader, pid} ->
        :erlang.unlink(pid)
        :erlang.exit(pid, :kill)
        serve(reader, start)

      {:EXIT, ^reader, reason} ->
        exit(reason)

      {:EXIT, _, _} ->
        serve(reader, start)

      :done ->
        :ok
    end
  end

  @too_many "reached the maximum number of tasks for this task supervisor. The maximum number of tasks that are " <>
              "allowed to run at the same time under this supervisor can be configured with the :max_children option " <>
              "passed to Task.Supervisor.start_link/1. When using async_stream or async_stream_nolink, make sure to " <>
              "configure :max_concurrency to be lower or equal to :max_children and pay attention to whether other " <>
              "tasks are also spawned under the same task supervisor."

  # A task that cannot be started ends the companion, and with it the reader, unless that one traps exits.
  defp begin(mfa, %{companion: {companion, watch}} = state, settings) do
    ref = make_ref()
    send(companion, {:start, self(), ref})

    receive do
      {^ref, {:ok, pid}} ->
        Task.of(pid, mfa)

      {^ref, {:error, :max_children}} ->
        for {_, task, _, _} <- state.running, do: stop(task, state)
        dismiss(state.companion)
        raise @too_many

      {:DOWN, ^watch, _, _, reason} ->
        for {_, task, _, _} <- state.running, do: stop(task, state)
        forget_exit(companion)
        exit({reason, {Task.Supervised, :stream, [settings.timeout]}})
    end
  end

  # Its end is nobody's business.
  defp dismiss({pid, ref}) do
    :erlang.unlink(pid)
    send(pid, :done)
    :erlang.demonitor(ref, [:flush])
    forget_exit(pid)
  end

  # What is ready is given away before anything new is begun.
  defp next(state, settings) do
    cond do
      settings.ordered and is_map_key(state.done, state.next_out) ->
        {result, done} = Map.pop!(state.done, state.next_out)
        {[result], %{state | done: done, next_out: state.next_out + 1}}

      not settings.ordered and map_size(state.done) > 0 ->
        [{key, result} | _] = Map.to_list(state.done)
        {[result], %{state | done: Map.delete(state.done, key)}}

      true ->
        await_next(fill(state, settings), settings)
    end
  end

  defp await_next(%{running: []} = state, _), do: {:halt, state}
  defp await_next(state, settings), do: next(wait_one(state, settings), settings)

  defp fill(%{pull: nil} = state, _), do: state

  defp fill(state, settings) do
    if length(state.running) >= settings.max do
      state
    else
      case state.pull.({:cont, nil}) do
        {:suspended, {:got, x}, pull} ->
          task = begin(settings.to_mfa.(x), state, settings)
          deadline = if settings.timeout == :infinity, do: :infinity, else: now() + settings.timeout
          entry = {state.next_in, task, deadline, x}
          fill(%{state | pull: pull, running: state.running ++ [entry], next_in: state.next_in + 1}, settings)

        _ ->
          %{state | pull: nil}
      end
    end
  end

  defp now(), do: :erlang.monotonic_time(:millisecond)

  defp wait_one(state, settings) do
    refs = Map.new(state.running, fn {_, task, _, _} = entry -> {task.ref, entry} end)

    soonest =
      state.running |> Enum.map(&elem(&1, 2)) |> Enum.reject(&(&1 == :infinity)) |> Enum.min(fn -> :infinity end)

    left = if soonest == :infinity, do: :infinity, else: max(soonest - now(), 0)

    receive do
      {ref, reply} when is_map_key(refs, ref) ->
        :erlang.demonitor(ref, [:flush])
        finish(state, Map.fetch!(refs, ref), {:ok, reply})

      {:DOWN, ref, _, _, reason} when is_map_key(refs, ref) ->
        {_, _, _, x} = entry = Map.fetch!(refs, ref)
        finish(state, entry, {:exit, if(settings.zip, do: {x, reason}, else: reason)})
    after
      left ->
        {_, task, _, x} = entry = Enum.find(state.running, fn {_, _, deadline, _} -> deadline <= now() end)

        case settings.on_timeout do
          :kill_task ->
            stop(task, state)
            finish(state, entry, {:exit, if(settings.zip, do: {x, :timeout}, else: :timeout)})

          :exit ->
            for {_, running, _, _} <- state.running, do: stop(running, state)
            exit({:timeout, {Task.Supervised, :stream, [settings.timeout]}})
        end
    end
  end

  defp finish(state, {index, task, _, _}, result) do
    running = Enum.reject(state.running, fn {_, other, _, _} -> other.ref == task.ref end)
    %{state | running: running, done: Map.put(state.done, index, result)}
  end

  defp stop(task, %{companion: {companion, _}}) do
    send(companion, {:stop, self(), task.pid})
    :erlang.demonitor(task.ref, [:flush])

    receive do
      {ref, _} when ref == task.ref -> :ok
    after
      0 -> :ok
    end
  end

  defp forget_exit(pid) do
    receive do
      {:EXIT, ^pid, _} -> :ok
    after
      0 -> :ok
    end
  end
end

defmodule Task.Supervisor do
  def child_spec(options) when is_list(options) do
    id =
      case Keyword.get(options, :name, Task.Supervisor) do
        name when is_atom(name) -> name
        {:global, name} -> name
        {:via, _, name} -> name
      end

    %{id: id, start: {Task.Supervisor, :start_link, [options]}, type: :supervisor}
  end

  def start_link(options \\ []) do
    {restart, options} = Keyword.pop(options, :restart)
    {shutdown, options} = Keyword.pop(options, :shutdown)
    {server, flags} = Keyword.split(options, [:name, :timeout, :spawn_opt])
    DynamicSupervisor.start_link(Task.Supervisor, {{restart || :temporary, shutdown || 5000}, flags}, server)
  end

  def init({{_, _}, flags}), do: DynamicSupervisor.init([strategy: :one_for_one] ++ flags)

  def async(supervisor, fun, options \\ []), do: launch(:link, supervisor, {:erlang, :apply, [fun, []]}, options)

  def async(supervisor, module, function, args, options \\ []),
    do: launch(:link, supervisor, {module, function, args}, options)

  def async_nolink(supervisor, fun, options \\ []), do: launch(:nolink, supervisor, {:erlang, :apply, [fun, []]}, options)

  def async_nolink(supervisor, module, function, args, options \\ []),
    do: launch(:nolink, supervisor, {module, function, args}, options)

  @too_many "reached the maximum number of tasks for this task supervisor. The maximum number of tasks that are " <>
              "allowed to run at the same time under this supervisor can be configured with the :max_children option " <>
              "passed to Task.Supervisor.start_link/1"

  defp launch(tie, supervisor, mfa, options) do
    case start(tie, supervisor, Task.owner(), options) do
      {:ok, pid} -> Task.of(pid, mfa)
      {:error, :max_children} -> raise @too_many
    end
  end

  defp start(tie, supervisor, owner, options) do
    case ask(supervisor, [owner, :monitor], :temporary, options[:shutdown]) do
      {:ok, pid} ->
        if tie == :link, do: Process.link(pid)
        {:ok, pid}

      {:error, :max_children} = error ->
        error
    end
  end

  defp ask(supervisor, args, restart, shutdown),
    do: GenServer.call(supervisor, {:start_task, args, restart, shutdown}, :infinity)

  def async_stream(supervisor, enumerable, fun, options \\ []) when is_function(fun, 1),
    do: stream(:link, supervisor, enumerable, fn x -> {:erlang, :apply, [fun, [x]]} end, options)

  def async_stream(supervisor, enumerable, module, function, args, options \\ []) when is_atom(module) and is_atom(function) and is_list(args),
    do: stream(:link, supervisor, enumerable, fn x -> {module, function, [x | args]} end, options)

  def async_stream_nolink(supervisor, enumerable, fun, options \\ []) when is_function(fun, 1),
    do: stream(:nolink, supervisor, enumerable, fn x -> {:erlang, :apply, [fun, [x]]} end, options)

  def async_stream_nolink(supervisor, enumerable, module, function, args, options \\ []) when is_atom(module) and is_atom(function) and is_list(args),
    do: stream(:nolink, supervisor, enumerable, fn x -> {module, function, [x | args]} end, options)

  defp stream(tie, supervisor, enumerable, to_mfa, options) do
    owner = Task.owner()
    Task.Supervised.stream(enumerable, to_mfa, options, fn -> start(tie, supervisor, owner, options) end)
  end

  def start_child(supervisor, fun, options \\ []), do: start_child(supervisor, :erlang, :apply, [fun, []], options)

  def start_child(supervisor, module, function, args, options \\ []) when is_atom(function) and is_list(args),
    do: ask(supervisor, [Task.owner(), Task.callers(), {module, function, args}], options[:restart], options[:shutdown])

  def terminate_child(supervisor, pid) when is_pid(pid), do: DynamicSupervisor.terminate_child(supervisor, pid)

  def children(supervisor) do
    for {:undefined, pid, :worker, _} <- DynamicSupervisor.which_children(supervisor), is_pid(pid), do: pid
  end
end
