defmodule Pool do
  use GenServer

  def start_worker, do: GenServer.start(__MODULE__, nil)

  def run(module, function, arguments) do
    try_one(:pg.get_members(:workers), {module, function, arguments})
  end

  defp try_one([], _job), do: {:error, :no_workers}

  defp try_one([worker | others], job) do
    GenServer.call(worker, {:run, job}, :infinity)
  catch
    :exit, _ -> try_one([worker | others], job)
  end

  @impl true
  def init(_) do
    :ok = :pg.join(:workers, self())
    {:ok, nil}
  end

  @impl true
  def handle_call({:run, {module, function, arguments}}, _from, state) do
    {:reply, {:ok, apply(module, function, arguments)}, state}
  catch
    _kind, reason -> {:reply, {:error, {:failed, reason}}, state}
  end
end
