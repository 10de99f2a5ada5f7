defmodule Registry do
  # Names of a node beyond atoms. One process owns the tables and forgets who dies.

  def child_spec(options) do
    %{id: Keyword.get(options, :name, Registry), start: {Registry, :start_link, [options]}, type: :supervisor}
  end

  def start_link(options) do
    keys = Keyword.get(options, :keys)

    unless keys in [:unique, :duplicate] do
      raise ArgumentError, "expected :keys to be given and be one of :unique or :duplicate, got: #{inspect(keys)}"
    end

    name =
      case Keyword.fetch(options, :name) do
        {:ok, name} when is_atom(name) -> name
        {:ok, other} -> raise ArgumentError, "expected :name to be an atom, got: #{inspect(other)}"
        :error -> raise ArgumentError, "expected :name option to be present"
      end

    meta = Keyword.get(options, :meta, [])
    listeners = Keyword.get(options, :listeners, [])
    GenServer.start_link(Registry.Owner, {keys, name, meta, listeners}, name: name)
  end

  def register(registry, key, value) when is_atom(registry) do
    self = self()
    {keys, owner, listeners} = info!(registry)
    table = table(registry)

    taken = if keys == :unique, do: living(table, key), else: nil

    case taken do
      {pid, _} ->
        {:error, {:already_registered, pid}}

      nil ->
        Process.link(owner)
        :ets.insert(table, {{key, self, make_ref()}, key, self, value})
        Enum.each(listeners, &Kernel.send(&1, {:register, registry, key, self, value}))
        {:ok, owner}
    end
  end

  defp living(table, key) do
    Enum.find_value(entries(table, key), fn {pid, value} -> if Process.alive?(pid), do: {pid, value} end)
  end

  defp entries(table, key), do: :ets.select(table, [{{:_, :"$1", :"$2", :"$3"}, [{:"=:=", :"$1", {:const, key}}], [{{:"$2", :"$3"}}]}])

  def unregister(registry, key) when is_atom(registry) do
    {_, _, listeners} = info!(registry)
    :ets.match_delete(table(registry), {{:_, self(), :_}, key, self(), :_})
    Enum.each(listeners, &Kernel.send(&1, {:unregister, registry, key, self()}))
    :ok
  end

  def unregister_match(registry, key, pattern, guards \\ []) when is_list(guards) do
    self = self()
    guards = [{:"=:=", {:element, 3, :"$_"}, {:const, self}} | guards]
    :ets.select_delete(table(registry), [{{:_, :_, :_, pattern}, [of_key(key) | guards], [true]}])
    :ok
  end

  def lookup(registry, key) when is_atom(registry) do
    {keys, _, _} = info!(registry)
    found = Enum.filter(entries(table(registry), key), fn {pid, _} -> Process.alive?(pid) end)
    if keys == :unique, do: Enum.take(found, 1), else: found
  end

  def keys(registry, pid) when is_atom(registry) and is_pid(pid) do
    info!(registry)
    :ets.select(table(registry), [{{:_, :"$1", :"$2", :_}, [{:"=:=", :"$2", {:const, pid}}], [:"$1"]}])
  end

  def values(registry, key, pid) when is_atom(registry) do
    for {^pid, value} <- entries(table(registry), key), do: value
  end

  def count(registry) when is_atom(registry) do
    info!(registry)
    :ets.info(table(registry), :size)
  end

  def match(registry, key, pattern, guards \\ []) when is_atom(registry) and is_list(guards) do
    info!(registry)
    found = {{{:element, 3, :"$_"}, {:element, 4, :"$_"}}}
    :ets.select(table(registry), [{{:_, :_, :_, pattern}, [of_key(key) | guards], [found]}])
  end

  def count_match(registry, key, pattern, guards \\ []) when is_atom(registry) and is_list(guards) do
    :ets.select_count(table(registry), [{{:_, :_, :_, pattern}, [of_key(key) | guards], [true]}])
  end

  # The guard of rows of a key; the pattern of the value has its own variables.
  defp of_key(key), do: {:"=:=", {:element, 2, :"$_"}, {:const, key}}

  def select(registry, spec) when is_atom(registry) and is_list(spec) do
    info!(registry)
    :ets.select(table(registry), Enum.map(spec, &row(&1, :select, spec)))
  end

  def count_select(registry, spec) when is_atom(registry) and is_list(spec) do
    info!(registry)
    :ets.select_count(table(registry), Enum.map(spec, &row(&1, :count_select, spec)))
  end

  defp row({{key, pid, value}, guards, body}, _, _), do: {{:_, key, pid, value}, guards, body}

  defp row(_, function, spec),
    do: raise(ArgumentError, "invalid match specification in Registry.#{function}/2: #{inspect(spec)}")

  def update_value(registry, key, callback) when is_atom(registry) and is_function(callback, 1) do
    case info!(registry) do
      {:unique, _, _} ->
        self = self()
        table = table(registry)

        case :ets.match_object(table, {:_, key, self, :_}) do
          [{id, ^key, ^self, old}] ->
            new = callback.(old)
            :ets.insert(table, {id, key, self, new})
            {new, old}

          _ ->
            :error
        end

      {other, _, _} ->
        raise ArgumentError, "Registry.update_value/3 is not supported for #{other} registries"
    end
  end

  def dispatch(registry, key, callback, _options \\ []) when is_atom(registry) and is_function(callback, 1) when is_atom(registry) and tuple_size(callback) == 3 do
    case lookup(registry, key) do
      [] -> :ok
      entries -> callback_on(callback, entries)
    end

    :ok
  end

  defp callback_on({m, f, a}, entries), do: apply(m, f, [entries | a])
  defp callback_on(fun, entries), do: fun.(entries)

  def meta(registry, key) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    info!(registry)

    case :ets.lookup(settings(registry), {:meta, key}) do
      [{_, value}] -> {:ok, value}
      [] -> :error
    end
  end

  def put_meta(registry, key, value) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    info!(registry)
    :ets.insert(settings(registry), {{:meta, key}, value})
    :ok
  end

  def delete_meta(registry, key) when is_atom(registry) and (is_atom(key) or is_tuple(key)) do
    info!(registry)
    :ets.delete(settings(registry), {:meta, key})
    :ok
  end

  def whereis_name({registry, key}), do: whereis_name(registry, key)
  def whereis_name({registry, key, _value}), do: whereis_name(registry, key)

  defp whereis_name(registry, key) do
    case lookup(registry, key) do
      [{pid, _} | _] -> pid
      [] -> :undefined
    end
  end

  def register_name({registry, key}, pid) when pid == self(), do: answer(register(registry, key, nil))
  def register_name({registry, key, value}, pid) when pid == self(), do: answer(register(registry, key, value))

  defp answer({:ok, _}), do: :yes
  defp answer({:error, _}), do: :no

  def send({registry, key}, message), do: send_to(registry, key, message)
  def send({registry, key, _value}, message), do: send_to(registry, key, message)

  defp send_to(registry, key, message) do
    case lookup(registry, key) do
      [{pid, _} | _] -> Kernel.send(pid, message)
      [] -> :erlang.error(:badarg, [{registry, key}, message])
    end
  end

  def unregister_name({registry, key}), do: unregister(registry, key)
  def unregister_name({registry, key, _value}), do: unregister(registry, key)

  defp info!(registry) do
    case :ets.whereis(settings(registry)) do
      :undefined -> raise ArgumentError, "unknown registry: #{inspect(registry)}"
      table -> elem(hd(:ets.lookup(table, :info)), 1)
    end
  end

  def __tables__(registry), do: {table(registry), settings(registry)}

  defp table(registry), do: Module.concat(registry, "Keys")
  defp settings(registry), do: Module.concat(registry, "Settings")
end

defmodule Registry.Owner do
  use GenServer

  @impl true
  def init({keys, name, meta, listeners}) do
    Process.flag(:trap_exit, true)
    {table, settings} = Registry.__tables__(name)
    :ets.new(table, [:ordered_set, :public, :named_table])
    :ets.new(settings, [:set, :public, :named_table])
    :ets.insert(settings, {:info, {keys, self(), listeners}})
    Enum.each(meta, fn {key, value} -> :ets.insert(settings, {{:meta, key}, value}) end)
    {:ok, {name, table, listeners}}
  end

  @impl true
  def handle_info({:EXIT, pid, _reason}, {name, table, listeners} = state) do
    for [key] <- :ets.match(table, {{:_, pid, :_}, :"$1", pid, :_}) do
      Enum.each(listeners, &send(&1, {:unregister, name, key, pid}))
    end

    :ets.match_delete(table, {{:_, pid, :_}, :_, pid, :_})
    {:noreply, state}
  end

  def handle_info(_message, state), do: {:noreply, state}
end
