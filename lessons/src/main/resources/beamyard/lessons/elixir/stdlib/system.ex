defmodule System.EnvError do
  defexception [:env]

  def message(%{env: name}),
    do: "could not fetch environment variable #{inspect(name)} because it is not set"
end

defmodule System do
  # The environment, commands and clock of a simulated host.
  @environment %{
    "HOME" => "/home/learner",
    "USER" => "learner",
    "LANG" => "C.UTF-8",
    "PATH" => "/usr/local/bin:/usr/bin:/bin",
    "EMU" => "beam",
    "PROGNAME" => "erl",
    "ROOTDIR" => "/usr/lib/erlang",
    "BINDIR" => "/usr/lib/erlang/erts-13.1.5/bin"
  }
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

  def convert_time_unit(time, from, to) do
    to = unit!(to)
    :erlang.convert_time_unit(time, unit!(from), to)
  end

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
  def argv, do: :persistent_term.get({System, :argv}, [])
  def argv(arguments), do: :persistent_term.put({System, :argv}, arguments)
  def no_halt, do: true
  def no_halt(value) when is_boolean(value), do: :ok
  def pid, do: "1#{rem(:erlang.phash2(:erlang.node()), 9000) + 1000}"
  def get_pid, do: pid()
  def stacktrace, do: raise("System.stacktrace/0 is not supported on Erlang/OTP 24+. Use __STACKTRACE__ inside rescue/catch instead")
  def restart, do: :init.restart()
  def at_exit(fun) when is_function(fun, 1), do: :persistent_term.put({System, :at_exit}, [fun | :persistent_term.get({System, :at_exit}, [])])

  def shell(command, options \\ []) when is_binary(command) and is_list(options) do
    [program | arguments] = OptionParser.split(command)
    cmd(program, arguments, options)
  rescue
    error in ErlangError ->
      if error.original == :enoent, do: {"sh: 1: #{command |> String.split() |> hd()}: not found\n", 127}, else: reraise(error, __STACKTRACE__)
  end

  # Signals of the operating system never come in the yard; a handler can be set and taken away.
  def trap_signal(signal, id \\ make_ref(), fun) when is_atom(signal) and is_function(fun, 0) do
    traps = :persistent_term.get({System, :traps}, %{})

    if is_map_key(traps, {signal, id}) do
      {:error, :already_registered}
    else
      :persistent_term.put({System, :traps}, Map.put(traps, {signal, id}, fun))
      {:ok, id}
    end
  end

  def untrap_signal(signal, id) when is_atom(signal) do
    traps = :persistent_term.get({System, :traps}, %{})

    if is_map_key(traps, {signal, id}) do
      :persistent_term.put({System, :traps}, Map.delete(traps, {signal, id}))
      :ok
    else
      {:error, :not_found}
    end
  end
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

  def halt(status \\ 0)
  def halt(status) when is_integer(status) or status == :abort, do: :erlang.halt(status)
  def halt(status) when is_binary(status), do: :erlang.halt(String.to_charlist(status))
  def stop(status \\ 0) when is_integer(status) or is_binary(status), do: :init.stop(status)

  @commands ~w(cat date echo elixir epmd false hostname iex ls mkdir pwd rm sleep true uname whoami)

  def find_executable(name) when is_binary(name), do: if(name in @commands, do: "/usr/bin/" <> name)

  def cmd(command, args, options \\ []) when is_binary(command) and is_list(args) do
    {output, status} = run(command, args)

    case Keyword.get(options, :into, "") do
      "" -> {output, status}
      into -> {Enum.into([output], into), status}
    end
  end

  # What a shell script in a lesson may use, on the simulated host.
  defp run("echo", ["-n" | words]), do: {Enum.join(words, " "), 0}
  defp run("echo", words), do: {Enum.join(words, " ") <> "\n", 0}
  defp run("pwd", _), do: {File.cwd!() <> "\n", 0}
  defp run("whoami", _), do: {get_env("USER", "learner") <> "\n", 0}
  defp run("true", _), do: {"", 0}
  defp run("false", _), do: {"", 1}
  defp run("uname", args), do: {if(args == ["-a"], do: "Linux #{:beamyard.host_name()} 6.1.0 x86_64 GNU/Linux\n", else: "Linux\n"), 0}
  defp run("date", _), do: {Calendar.strftime(DateTime.utc_now(), "%a %b %_d %H:%M:%S UTC %Y\n"), 0}

  defp run("sleep", [seconds]) do
    {seconds, _} = Float.parse(seconds)
    Process.sleep(round(seconds * 1000))
    {"", 0}
  end

  defp run("ls", args) do
    paths = Enum.reject(args, &String.starts_with?(&1, "-"))
    each(if(paths == [], do: ["."], else: paths), "ls: cannot access", fn path ->
      if File.dir?(path), do: Enum.map(Enum.sort(File.ls!(path)), &(&1 <> "\n")), else: path <> "\n"
    end)
  end

  defp run("cat", paths), do: each(paths, "cat", &File.read!/1)

  defp run("mkdir", args) do
    each(Enum.reject(args, &String.starts_with?(&1, "-")), "mkdir", fn path ->
      File.mkdir_p!(path)
      ""
    end)
  end

  defp run("rm", args) do
    each(Enum.reject(args, &String.starts_with?(&1, "-")), "rm: cannot remove", fn path ->
      if File.exists?(path), do: File.rm_rf!(path)
      ""
    end)
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

  # Standard error goes to the terminal in life; here it is left out, as without it.
  defp each(paths, _complaint, fun) do
    {outputs, statuses} =
      Enum.unzip(for path <- paths, do: if(File.exists?(path) or fun == nil, do: {fun.(path), 0}, else: missing(path, fun)))

    {IO.iodata_to_binary(outputs), Enum.max([0 | statuses])}
  end

  defp missing(path, fun) do
    {fun.(path), 0}
  rescue
    _ -> {"", 1}
  end

  defp node_name([option, name | _]) when option in ["--sname", "--name"], do: {:ok, name}
  defp node_name([_ | rest]), do: node_name(rest)
  defp node_name([]), do: :error

  defp not_simulated(command, args) do
    raise ArgumentError, "the sandbox does not simulate the command #{Enum.join([command | args], " ")}"
  end
end
