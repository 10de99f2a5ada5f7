defmodule Pool do
  def start_worker do
    caller = self()

    worker =
      spawn(fn ->
        :ok = :pg.join(:workers, self())
        send(caller, {self(), :started})
        work()
      end)

    receive do
      {^worker, :started} -> {:ok, worker}
    end
  end

  # Each job has a process of its own, so a job that fails takes nothing else along.
  defp work do
    receive do
      {:job, from, tag, job} ->
        spawn(fn -> send(from, {tag, done(job)}) end)
        work()
    end
  end

  defp done({module, function, arguments}) do
    {:ok, apply(module, function, arguments)}
  catch
    _kind, reason -> {:error, {:failed, reason}}
  end

  def run(module, function, arguments), do: run(:pg.get_members(:workers), {module, function, arguments})

  defp run([], _job), do: {:error, :no_workers}

  defp run([worker | others], job) do
    tag = Process.monitor(worker)
    send(worker, {:job, self(), tag, job})

    receive do
      {^tag, result} ->
        Process.demonitor(tag, [:flush])
        result

      {:DOWN, ^tag, :process, _pid, _reason} ->
        run(others, job)
    end
  end
end
