# Applications described by a term, and the process that stands for one that runs: it calls the callback module, notices
# the end of the top supervisor, and stops it.
defmodule :application_master do
  @specs {Application, :specs}

  def load(app, spec) do
    cond do
      loaded(app) != nil ->
        {:error, {:already_loaded, app}}

      not is_list(spec) ->
        {:error, {:bad_application, {:application, app, spec}}}

      true ->
        :persistent_term.put(@specs, Map.put(specs(), app, spec))
        for {key, value} <- Keyword.get(spec, :env, []), Application.fetch_env(app, key) == :error, do: Application.put_env(app, key, value)
        :ok
    end
  end

  def unload(app) do
    :persistent_term.put(@specs, Map.delete(specs(), app))
    for {key, _} <- Application.get_all_env(app), do: Application.delete_env(app, key)
    :ok
  end

  def loaded(app), do: Map.get(specs(), app)
  def all_loaded(), do: Map.keys(specs())
  defp specs(), do: :persistent_term.get(@specs, %{})

  # An application without a callback module is a library: it runs without a process.
  def start(app, type) do
    case Keyword.get(loaded(app), :mod, []) do
      [] ->
        Application.__mark__(app)
        :ok

      {module, args} ->
        :proc_lib.start(:application_master, :init, [self(), app, type, module, args])
    end
  end

  def init(starter, app, type, module, args) do
    :erlang.process_flag(:trap_exit, true)

    case started(module, args) do
      {:ok, top, state} ->
        Application.__mark__(app)
        :persistent_term.put({Application, app}, self())
        :proc_lib.init_ack(starter, :ok)
        loop(app, type, module, top, state)

      {:error, reason} ->
        Logger.Wording.report(:notice, :application_exit, {app, reason})
        :proc_lib.init_ack(starter, {:error, reason})
    end
  end

  defp started(module, args) do
    call = {module, :start, [:normal, args]}

    case tried(fn -> module.start(:normal, args) end) do
      {:ok, pid} when is_pid(pid) -> {:ok, pid, []}
      {:ok, pid, state} when is_pid(pid) -> {:ok, pid, state}
      {:error, reason} -> {:error, {reason, call}}
      other -> {:error, {:bad_return, {call, other}}}
    end
  end

  defp tried(fun) do
    try do
      fun.()
    catch
      :throw, value -> value
      :error, reason -> {:EXIT, {reason, Enum.reject(__STACKTRACE__, &(elem(&1, 0) == :proc_lib))}}
      :exit, reason -> {:EXIT, reason}
    end
  end

  defp loop(app, type, module, top, state) do
    receive do
      {:EXIT, ^top, reason} ->
        ended(app, module, state, reason)
        if type == :permanent, do: :init.stop()

      {:stop, from, ref} ->
        state = if function_exported?(module, :prep_stop, 1), do: module.prep_stop(state), else: state
        :erlang.exit(top, :shutdown)
        receive do: ({:EXIT, ^top, _} -> :ok)
        ended(app, module, state, :stopped)
        send(from, {ref, :ok})

      _ ->
        loop(app, type, module, top, state)
    end
  end

  defp ended(app, module, state, reason) do
    tried(fn -> module.stop(state) end)
    Application.__unmark__(app)
    Logger.Wording.report(:notice, :application_exit, {app, reason})
  end

  def stop(app) do
    case Keyword.get(loaded(app), :mod, []) do
      [] ->
        Application.__unmark__(app)
        Logger.Wording.report(:notice, :application_exit, {app, :stopped})
        :ok

      _ ->
        ref = make_ref()
        send(:persistent_term.get({Application, app}), {:stop, self(), ref})
        receive do: ({^ref, answer} -> answer)
    end
  end
end
