defmodule Checks do
  use Exercise.Checks

  each_node do
    {:ok, _} = :pg.start_link()
  end

  def raising, do: raise("no")
  def exiting, do: exit(:no)
  def slowly(value) do
    Process.sleep(20)
    value
  end

  defp start_on(nodes) do
    for node <- nodes do
      step("#{node}: start_worker()")
      started = on(node, Pool, :start_worker, [])
      expect(match?({:ok, pid} when node(pid) == node, started), "start_worker/0 gives #{inspect(started)} on #{node}")
    end

    eventually(fn -> length(:pg.get_members(:workers)) == length(nodes) end, "of #{length(nodes)} workers, #{length(:pg.get_members(:workers))} are in the group")
  end

  check "a worker does the job", nodes: [1, 2], points: 2 do
    start_on([List.last(nodes())])
    step("run(Kernel, :node, [])")
    expect_equal(answer("run/3", fn -> Pool.run(Kernel, :node, []) end), {:ok, List.last(nodes())}, "the answer")
  end

  check "a pool without workers says so", nodes: [1] do
    expect_equal(answer("run/3", fn -> Pool.run(Kernel, :node, []) end), {:error, :no_workers}, "the answer")
  end

  check "a job that raises is an answer, and no worker is lost", nodes: [2], points: 2 do
    start_on(nodes())

    for function <- [:raising, :exiting] do
      result = answer("run/3", fn -> Pool.run(__MODULE__, function, []) end)
      expect(match?({:error, {:failed, _}}, result), "the answer is #{inspect(result)}")
    end

    Process.sleep(500)
    expect_equal(length(:pg.get_members(:workers)), 2, "the number of workers afterwards")
  end

  check "a node that dies meanwhile costs no job", nodes: [2, 3], faults: [:crash], seeds: 2, points: 4 do
    start_on(nodes())

    danger(fn ->
      for number <- 1..4 do
        step("run(Checks, :slowly, [#{number}])")
        expect_equal(answer("run/3", fn -> Pool.run(__MODULE__, :slowly, [number]) end), {:ok, number}, "the answer to job #{number}")
      end
    end)
  end

  check "a worker that is killed costs no job", nodes: [2] do
    start_on(nodes())
    [one, _] = :pg.get_members(:workers)
    Process.exit(one, :kill)
    for number <- 1..4, do: expect_equal(answer("run/3", fn -> Pool.run(__MODULE__, :slowly, [number]) end), {:ok, number}, "the answer")
  end

  def long(counter) do
    Agent.update(counter, &(&1 + 1))
    Process.sleep(7_000)
    :long
  end

  check "a job that takes long is done once", nodes: [2], seeds: 2 do
    start_on(nodes())
    {:ok, counter} = Agent.start(fn -> 0 end)
    step("run(Checks, :long, [counter]) takes seven seconds")
    expect_equal(answer("run/3", fn -> {Pool.run(__MODULE__, :long, [counter]), Pool.run(Kernel, :+, [1, 2])} end), {{:ok, :long}, {:ok, 3}}, "the answers to a long job and to one after it")
    expect_equal(Agent.get(counter, & &1), 1, "how often the job was done")
  end

  check "jobs of several callers do not get mixed up", nodes: [3] do
    start_on(nodes())
    jobs = for number <- 1..9, do: Task.async(fn -> {number, Pool.run(__MODULE__, :slowly, [number])} end)
    for {number, result} <- Task.await_many(jobs, 30_000), do: expect_equal(result, {:ok, number}, "the answer to job #{number}")
  end
end
