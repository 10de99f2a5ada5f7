defmodule Process do
  def alive?(pid), do: :erlang.is_process_alive(pid)
  def get(), do: :erlang.get()

  def get(key, default \\ nil) do
    case :erlang.get(key) do
      :undefined -> default
      value -> value
    end
  end

  def get_keys(), do: :erlang.get_keys()
  def get_keys(value), do: :erlang.get_keys(value)
  def put(key, value), do: nillify(:erlang.put(key, value))
  def delete(key), do: nillify(:erlang.erase(key))
  def exit(pid, reason), do: :erlang.exit(pid, reason)
  def flag(flag, value), do: :erlang.process_flag(flag, value)
  def group_leader(), do: :erlang.group_leader()
  def group_leader(pid, leader), do: :erlang.group_leader(leader, pid)
  def hibernate(module, function, args), do: :erlang.hibernate(module, function, args)
  def flag(pid, flag, value), do: :erlang.process_flag(pid, flag, value)
  def info(pid), do: nillify(:erlang.process_info(pid))

  def info(pid, :registered_name) do
    case :erlang.process_info(pid, :registered_name) do
      :undefined -> nil
      [] -> {:registered_name, []}
      other -> other
    end
  end

  def info(pid, item), do: nillify(:erlang.process_info(pid, item))
  def link(pid), do: :erlang.link(pid)
  def unlink(pid), do: :erlang.unlink(pid)
  def list(), do: :erlang.processes()
  def monitor(item), do: :erlang.monitor(:process, item)
  def demonitor(ref, options \\ []), do: :erlang.demonitor(ref, options)

  def register(pid, name) when is_atom(name) and not (name === nil or name === false or name === true or name === :undefined) do
    :erlang.register(name, pid)
  catch
    :error, :badarg when node(pid) != node() ->
      :erlang.error(ArgumentError.exception("could not register #{inspect(pid)} because it belongs to another node"), [pid, name])

    :error, :badarg ->
      message =
        "could not register #{inspect(pid)} with name #{inspect(name)} because it is not alive, the name is already " <>
          "taken, or it has already been given another name"

      :erlang.error(ArgumentError.exception(message), [pid, name])
  end

  def registered(), do: :erlang.registered()
  def unregister(name), do: :erlang.unregister(name)
  def whereis(name), do: nillify(:erlang.whereis(name))
  def send(dest, message, options), do: :erlang.send(dest, message, options)

  def send_after(dest, message, time, options \\ []), do: :erlang.send_after(time, dest, message, options)

  def cancel_timer(ref, options \\ []), do: :erlang.cancel_timer(ref, options)
  def read_timer(ref), do: :erlang.read_timer(ref)

  def sleep(time) when is_integer(time) and time >= 0 when time == :infinity do
    receive do
    after
      time -> :ok
    end
  end

  def spawn(fun, options), do: :erlang.spawn_opt(fun, options)
  def spawn(module, function, args, options), do: :erlang.spawn_opt(module, function, args, options)

  defp nillify(:undefined), do: nil
  defp nillify(other), do: other
end

defmodule Node do
  def self(), do: :erlang.node()
  def alive?(), do: :erlang.is_alive()
  def list(), do: :erlang.nodes()
  def list(kinds), do: :erlang.nodes(kinds)
  def monitor(node, flag), do: monitor(node, flag, [])

  def monitor(node, flag, options) do
    :erlang.monitor_node(node, flag, options)
    true
  end

  def ping(node), do: :net_adm.ping(node)
  def connect(node), do: :net_kernel.connect_node(node)
  def disconnect(node), do: :erlang.disconnect_node(node)
  def get_cookie(), do: :erlang.get_cookie()
  def set_cookie(node \\ Node.self(), cookie) when is_atom(cookie), do: :erlang.set_cookie(node, cookie)
  def spawn(node, fun), do: :erlang.spawn(node, fun)
  def spawn(node, fun, options), do: :erlang.spawn_opt(node, fun, options)
  def spawn(node, module, fun, args), do: :erlang.spawn(node, module, fun, args)
  def spawn(node, module, fun, args, options), do: :erlang.spawn_opt(node, module, fun, args, options)
  def spawn_link(node, fun), do: :erlang.spawn_link(node, fun)
  def spawn_link(node, module, fun, args), do: :erlang.spawn_link(node, module, fun, args)
  def spawn_monitor(node, fun), do: :erlang.spawn_monitor(node, fun)
  def spawn_monitor(node, module, fun, args), do: :erlang.spawn_monitor(node, module, fun, args)

  def start(name, type \\ :longnames, tick_time \\ 15000), do: :net_kernel.start([name, type, tick_time])

  def stop(), do: :net_kernel.stop()
end
