defmodule Cart do
  def open do
    pid = spawn(fn -> loop([]) end)
    :yes = :global.register_name(__MODULE__, pid, &__MODULE__.merge/3)
    :ok
  end

  def add(item), do: ask(:global.whereis_name(__MODULE__), {:add, item})
  def items, do: :global.whereis_name(__MODULE__) |> ask(:items) |> Enum.sort()

  # Both give up what they have; the first one gets it all.
  def merge(_name, one, other) do
    ask(one, {:add_all, ask(other, :give_up)})
    one
  end

  defp ask(pid, question) do
    monitor = Process.monitor(pid)
    send(pid, {question, self(), monitor})

    receive do
      {^monitor, answer} ->
        Process.demonitor(monitor, [:flush])
        answer

      {:DOWN, ^monitor, :process, _pid, reason} ->
        exit(reason)
    end
  end

  defp loop(items) do
    receive do
      {{:add, item}, from, tag} ->
        send(from, {tag, :ok})
        loop([item | items])

      {{:add_all, more}, from, tag} ->
        send(from, {tag, :ok})
        loop(items ++ more)

      {:items, from, tag} ->
        send(from, {tag, items})
        loop(items)

      {:give_up, from, tag} ->
        send(from, {tag, items})
    end
  end
end
