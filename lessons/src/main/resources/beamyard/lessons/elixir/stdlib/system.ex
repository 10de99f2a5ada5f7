defmodule System.EnvError do
  defexception [:env]

  def message(%{env: name}),
    do: "could not fetch environment variable #{inspect(name)} because it is not set"
end

defmodule System do
  # The environment, commands and clock of a simulated host.
  @environment %{"HOME" => "/home/learner", "USER" => "learner", "LANG" => "C.UTF-8", "PATH" => "/usr/local/bin:/usr/bin:/bin"}
  @units %{second: 1, millisecond: 1000, microsecond: 1_000_000, nanosecond: 1_000_000_000}

  def monotonic_time, do: :erlang.monotonic_time()
  def monotonic_time(unit), do: :erlang.monotonic_time(unit!(unit))
  def system_time, do: :erlang.system_time()
  def system_time(unit), do: :erlang.system_time(unit!(unit))
  def os_time, do: :os.system_time()
  def os_time(unit), do: :os.system_time(unit!(unit))
  def time_offset, do: :erlang.time_offset()
  def time_offset(unit), do: :erlang.time_offset(unit!(unit))
  def unique_integer(options \\ []), do: :erlang.unique_integer(options)

  def convert_time_unit(time, from, to), do: :erlang.convert_time_unit(time, unit!(from), unit!(to))

  defp unit!(:native), do: :native
  defp unit!(unit) when is_map_key(@units, unit), do: unit
  defp unit!(unit) when is_integer(unit) and unit > 0, do: unit

  defp unit!(other) do
    raise ArgumentError,
          "unsupported time unit. Expected :second, :millisecond, :microsecond, :nanosecond, or a positive integer, " <>
            "got #{inspect(other)}"
  end

  def version, do: "1.14.0"
  def otp_release, do: "25"
  def build_info, do: %{build: "1.14.0 (compiled with Erlang/OTP 24)", date: "2022-10-08T16:54:46Z", otp_release: "24", revision: "", version: "1.14.0"}
  def schedulers, do: :erlang.system_info(:schedulers)
  def schedulers_online, do: :erlang.system_info(:schedulers_online)
  def endianness, do: :little
  def compiled_endianness, do: :little
  def argv, do: []
  def no_halt, do: true
  def user_home, do: "/home/learner"
  def user_home!, do: user_home()
  def tmp_dir, do: "/tmp"
  def tmp_dir!, do: tmp_dir()
  def cwd, do: File.cwd!()
  def cwd!, do: File.cwd!()

  defp environment, do: :maps.merge(@environment, :persistent_term.get({System, :environment}, %{}))

  def get_env do
    for {name, value} <- environment(), value != nil, into: %{}, do: {name, value}
  end

  def get_env(name, default \\ nil) when is_binary(name) and (is_binary(default) or default == nil),
    do: get_env() |> Map.get(name, default)

  def fetch_env(name) when is_binary(name), do: Map.fetch(get_env(), name)

  def fetch_env!(name) when is_binary(name) do
    case fetch_env(name) do
      {:ok, value} -> value
      :error -> raise System.EnvError, env: name
    end
  end

  def put_env(name, value) when is_binary(name) and is_binary(value), do: put(name, value)
  def put_env(pairs), do: Enum.each(pairs, fn {name, value} -> put(to_string(name), value) end)
  def delete_env(name), do: put(name, nil)

  defp put(name, value),
    do: :persistent_term.put({System, :environment}, :maps.put(name, value, :persistent_term.get({System, :environment}, %{})))

  def halt(status \\ 0), do: :erlang.halt(status)
  def stop(status \\ 0) when is_integer(status) or is_binary(status), do: :init.stop(status)

  @commands ["elixir", "epmd", "hostname"]

  def find_executable(name) when is_binary(name), do: if(name in @commands, do: "/usr/bin/" <> name)

  def cmd(command, args, options \\ []) when is_binary(command) and is_list(args) do
    {output, status} = run(command, args)

    case Keyword.get(options, :into, "") do
      "" -> {output, status}
      into -> {Enum.into([output], into), status}
    end
  end

  defp run("hostname", _), do: {:beamyard.host_name() <> "\n", 0}

  defp run("epmd", ["-names"]) do
    lines = for {name, port} <- :beamyard.port_mapper_names(), do: "name #{name} at port #{port}\n"
    {IO.iodata_to_binary(["epmd: up and running on port 4369 with data:\n" | lines]), 0}
  end

  defp run("elixir", [option]) when option in ["--version", "-v"] do
    {"Erlang/OTP 25 [erts-13.1.5] [source] [64-bit] [smp:2:2] [ds:2:2:10] [async-threads:1] [jit:ns]\n\n" <>
       "Elixir 1.14.0 (compiled with Erlang/OTP 24)\n", 0}
  end

  defp run(command, args) when command in ["elixir", "iex"] do
    with {:ok, name} <- node_name(args),
         taken = :beamyard.port_mapper_names(),
         [short | _] = String.split(name, "@"),
         true <- Enum.any?(taken, fn {other, _port} -> to_string(other) == short end) do
      {"Protocol 'inet_tcp': the name #{name} seems to be in use by another Erlang node\r\n", 1}
    else
      _ -> not_simulated(command, args)
    end
  end

  defp run(command, args) when command in @commands, do: not_simulated(command, args)
  defp run(_, _), do: :erlang.error(:enoent)

  defp node_name([option, name | _]) when option in ["--sname", "--name"], do: {:ok, name}
  defp node_name([_ | rest]), do: node_name(rest)
  defp node_name([]), do: :error

  defp not_simulated(command, args) do
    raise ArgumentError, "the sandbox does not simulate the command #{Enum.join([command | args], " ")}"
  end
end
