defmodule Exercise.Failed do
  @moduledoc "What a check raises when the solution does not do what was asked; its message is shown to the learner."
  defexception [:message]
end

defmodule Exercise.Checks do
  @moduledoc """
  What the checks of an exercise are written with.

      defmodule Checks do
        use Exercise.Checks

        each_node do
          {:ok, _} = Task.Supervisor.start_link(name: Counter.TaskSupervisor)
        end

        check "an empty list gives an empty count", nodes: [1, 2] do
          expect_equal DistributedCounter.count_words([], nodes()), %{}, "the count of no files"
        end
      end

  A check is code that runs on the first node of a fresh cluster. It passes if it returns; the grader runs it many times,
  with other latencies and, where the check names faults, with a fault at every instant at which something happens.
  Options of a check:

    * `nodes:` the sizes of cluster to try, smallest first (default `[3]`)
    * `faults:` kinds of fault to put into the run, one at a time: `:crash`, `:restart`, `:pause`, `:cut` (default none)
    * `targets:` the nodes that faults may hit: `:others` (all but the first, the default) or `:all`
    * `seeds:` how many seeds of the network's latencies (default 3)
    * `within:` virtual milliseconds the check may take (default 60_000)
    * `points:` what it counts for (default 1)
    * `task:` the part of the statement it belongs to
  """

  defmacro __using__(_) do
    quote do
      import Exercise.Checks
      Module.register_attribute(__MODULE__, :checks, accumulate: true)
      @before_compile Exercise.Checks
    end
  end

  defmacro __before_compile__(environment) do
    checks = environment.module |> Module.get_attribute(:checks) |> Enum.reverse()
    preparing = Module.defines?(environment.module, {:__each_node__, 0})

    quote do
      def __checks__, do: unquote(Macro.escape(checks))

      if not unquote(preparing) do
        def __each_node__, do: :ok
      end
    end
  end

  @doc "What is done on every node before any check runs; what it starts lives as long as the node."
  defmacro each_node(do: body) do
    quote do
      def __each_node__ do
        unquote(body)
        :ok
      end
    end
  end

  @doc "A check: see the options above."
  defmacro check(title, options \\ [], do: body) do
    name = String.to_atom("check " <> title)

    quote do
      @checks {unquote(name), unquote(title), unquote(options)}
      def unquote(name)(), do: unquote(body)
    end
  end

  @doc "All nodes of the cluster of this run, the first one first, whether or not they are up now."
  def nodes, do: Process.get(:exercise_nodes)

  @doc "The first node, on which the check runs."
  def first, do: hd(nodes())

  @doc "Tells the story: a line of what the check does now."
  def step(text) do
    tell({:step, text})
    :ok
  end

  @doc """
  Runs a function during which faults may happen. A check that names faults and never calls this may be hit at any time;
  one that does is hit only here, so that its preparations and what it looks at afterwards are safe.
  """
  def danger(fun) do
    tell({:danger, :begins})
    value = fun.()
    tell({:danger, :ends})
    value
  end

  @doc "Fails the check unless something holds."
  def expect(holds, message) do
    if holds, do: :ok, else: raise(Exercise.Failed, message: message)
  end

  @doc "Fails the check unless two values are equal."
  def expect_equal(actual, expected, what) do
    if actual == expected do
      :ok
    else
      raise Exercise.Failed,
        message: "#{what} is #{short(actual)}, but should be #{short(expected)}"
    end
  end

  @doc "Waits until a function answers something truthy, which is returned; fails the check after some milliseconds."
  def eventually(fun, message, milliseconds \\ 5_000) do
    cond do
      value = fun.() ->
        value

      milliseconds <= 0 ->
        raise Exercise.Failed, message: message

      true ->
        Process.sleep(50)
        eventually(fun, message, milliseconds - 50)
    end
  end

  @doc """
  Runs the learner's code in a process of its own, which traps no exits: `{:ok, value}`, `{:exit, reason}` if that process
  did not survive, or `:timeout`.
  """
  def attempt(fun, milliseconds \\ 30_000) do
    checker = self()
    known = nodes()
    leader = Process.group_leader()

    {pid, monitor} =
      spawn_monitor(fn ->
        Process.put(:exercise_nodes, known)
        Process.group_leader(self(), leader)
        send(checker, {:attempted, self(), fun.()})
      end)

    receive do
      {:attempted, ^pid, value} ->
        Process.demonitor(monitor, [:flush])
        {:ok, value}

      {:DOWN, ^monitor, :process, ^pid, reason} ->
        {:exit, reason}
    after
      milliseconds ->
        Process.exit(pid, :kill)
        Process.demonitor(monitor, [:flush])
        :timeout
    end
  end

  @doc "Like `attempt/2`, but a process that did not survive, or gave no answer in time, fails the check."
  def answer(what, fun, milliseconds \\ 30_000) do
    case attempt(fun, milliseconds) do
      {:ok, value} ->
        value

      {:exit, reason} ->
        raise Exercise.Failed,
          message: "the process that called #{what} did not survive: #{Exception.format_exit(reason)}"

      :timeout ->
        raise Exercise.Failed,
          message: "#{what} gave no answer within #{div(milliseconds, 1000)} seconds"
    end
  end

  @doc "Evaluates a function of a module on a node; what it gives, or `:unreachable`."
  def on(node, module, function, arguments) do
    :erpc.call(node, module, function, arguments, 5_000)
  catch
    :error, {:erpc, _} -> :unreachable
  end

  @doc false
  def run(module, name, known, key) do
    Process.put(:exercise_nodes, known)

    verdict =
      try do
        apply(module, name, [])
        :passed
      rescue
        failed in Exercise.Failed -> {:failed, Exception.message(failed)}
        error -> {:failed, "the check met " <> Exception.format(:error, error)}
      catch
        kind, reason -> {:failed, "the check met " <> Exception.format(kind, reason)}
      end

    tell({:verdict, key, verdict})
  end

  @doc false
  def prepare(module) do
    module.__each_node__()
    tell(:prepared)
    Process.sleep(:infinity)
  end

  @doc false
  def declared(module) do
    tell({:declared, module.__checks__()})
  end

  defp tell(what), do: send(:exercise_grader, what)

  defp short(value), do: inspect(value, limit: 20, printable_limit: 200)
end
