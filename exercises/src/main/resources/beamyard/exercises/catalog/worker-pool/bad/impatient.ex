defmodule Pool do
  def start_worker do
    pid = spawn(fn -> work() end)
    :pg.join(:workers, pid)
    {:ok, pid}
  end

  defp work do
    receive do
      {from, module, function, arguments} ->
        send(from, done(module, function, arguments))
    end

    work()
  end

  defp done(module, function, arguments) do
    {:ok, apply(module, function, arguments)}
  catch
    kind, reason -> {:error, {:failed, {kind, reason}}}
  end

  def run(module, function, arguments) do
    case :pg.get_members(:workers) do
      [] ->
        {:error, :no_workers}

      workers ->
        send(Enum.random(workers), {self(), module, function, arguments})

        receive do
          answer -> answer
        after
          2_000 -> run(module, function, arguments)
        end
    end
  end
end
