# A supervisor of several children that are alike: a key chooses one of them.
defmodule PartitionSupervisor do
  use Supervisor

  def child_spec(options) when is_list(options) do
    id =
      case Keyword.get(options, :name, PartitionSupervisor) do
        name when is_atom(name) -> name
        {:via, _module, name} -> name
      end

    %{id: id, start: {PartitionSupervisor, :start_link, [options]}, type: :supervisor}
  end

  def start_link(options) when is_list(options) do
    name = options[:name] || raise ArgumentError, "the :name option must be given to PartitionSupervisor"
    {child_spec, options} = Keyword.pop(options, :child_spec)
    unless child_spec, do: raise(ArgumentError, "the :child_spec option must be given to PartitionSupervisor")
    {partitions, options} = Keyword.pop(options, :partitions, System.schedulers_online())

    unless is_integer(partitions) and partitions >= 1 do
      raise ArgumentError, "the :partitions option must be a positive integer, got: #{inspect(partitions)}"
    end

    {with_arguments, options} = Keyword.pop(options, :with_arguments, fn args, _partition -> args end)

    unless is_function(with_arguments, 2) do
      raise ArgumentError,
            "the :with_arguments option must be a function that receives two arguments, the current call arguments and the partition, got: " <>
              inspect(with_arguments)
    end

    %{start: {module, fun, args}} = map = Supervisor.child_spec(child_spec, [])
    modules = map[:modules] || [module]

    children =
      for partition <- 0..(partitions - 1) do
        args = with_arguments.(args, partition)

        unless is_list(args) do
          raise "the call to the function in :with_arguments must return a list, got: #{inspect(args)}"
        end

        Map.merge(map, %{id: partition, start: {PartitionSupervisor, :start_child, [module, fun, args, name, partition]}, modules: modules})
      end

    {init_options, start_options} = Keyword.split(options, [:strategy, :max_restarts, :max_seconds, :auto_shutdown])
    Supervisor.start_link(PartitionSupervisor, {name, partitions, children, init_options}, start_options)
  end

  def start_child(module, fun, args, name, partition) do
    case apply(module, fun, args) do
      {:ok, pid} ->
        remember(name, partition, pid)
        {:ok, pid}

      {:ok, pid, info} ->
        remember(name, partition, pid)
        {:ok, pid, info}

      other ->
        other
    end
  end

  # A supervisor with an atom for a name has a table of that name, another one is found in the table of all.
  defp remember(name, partition, pid) when is_atom(name), do: :ets.insert(name, {partition, pid})
  defp remember({:via, _, _}, partition, pid), do: :ets.insert(Process.get(PartitionSupervisor), {partition, pid})

  @impl true
  def init({name, partitions, children, init_options}) do
    table = if is_atom(name), do: :ets.new(name, [:set, :named_table, :protected, read_concurrency: true]), else: :ets.new(PartitionSupervisor, [:set, :protected])
    Process.put(PartitionSupervisor, table)
    :ets.insert(table, {:partitions, partitions})
    Supervisor.init(children, Keyword.put_new(init_options, :strategy, :one_for_one))
  end

  def partitions(name) do
    name |> table() |> partitions_of(name)
  end

  defp table(name) when is_atom(name), do: name

  defp table({:via, _, _} = name) do
    case GenServer.whereis(name) do
      nil -> nil
      pid -> pid |> Process.info(:dictionary) |> elem(1) |> Keyword.get(PartitionSupervisor)
    end
  end

  defp partitions_of(table, name) do
    :ets.lookup_element(table, :partitions, 2)
  rescue
    _ -> exit({:noproc, {PartitionSupervisor, :partitions, [name]}})
  end

  def which_children(name) when is_atom(name) or elem(name, 0) == :via, do: Supervisor.which_children(name)
  def count_children(name), do: Supervisor.count_children(name)
  def stop(supervisor, reason \\ :normal, timeout \\ :infinity), do: Supervisor.stop(supervisor, reason, timeout)

  # What makes {:via, PartitionSupervisor, {name, key}} a name.

  def whereis_name({name, key}) do
    table = table(name)
    partitions = partitions_of(table, name)
    partition = if is_integer(key), do: rem(abs(key), partitions), else: :erlang.phash2(key, partitions)

    case :ets.lookup(table, partition) do
      [{_, pid}] -> pid
      [] -> :undefined
    end
  end

  def send(name, message) do
    Kernel.send(whereis_name(name), message)
  end

  def register_name(_, _), do: raise("{:via, PartitionSupervisor, _} cannot be given on registration")
  def unregister_name(_), do: raise("{:via, PartitionSupervisor, _} cannot be given on unregistration")
end
