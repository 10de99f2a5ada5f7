defmodule Port do
  # Programs of the operating system are not run in the yard: a port can be asked for, and the answer says so.

  def open(name, options) when is_list(options) do
    case name do
      {:spawn, command} -> refuse(command)
      {:spawn_executable, path} -> refuse(path)
      _ -> :erlang.error(:badarg, [name, options])
    end
  end

  defp refuse(command) do
    raise ArgumentError, "the sandbox runs no programs, so it cannot open a port to #{inspect(IO.chardata_to_string(command))}"
  end

  def close(port), do: closed(:port_close, [port])
  def command(port, data, options \\ []), do: closed(:port_command, [port, data, options])
  def connect(port, pid), do: closed(:port_connect, [port, pid])

  # Every port is one that was closed.
  defp closed(_function, _arguments),
    do: raise(ArgumentError, "errors were found at the given arguments:\n\n  * 1st argument: not a valid port identifier\n")

  def info(port) when is_port(port), do: nil
  def info(port, _item) when is_port(port), do: nil
  def list(), do: []
  def monitor(port), do: :erlang.monitor(:port, port)
  def demonitor(ref, options \\ []) when is_reference(ref), do: :erlang.demonitor(ref, options)
end

defmodule Protocol do
  # Protocols are defined by macros of the compiler; this asks about them.

  defmacro derive(protocol, module, options \\ []) do
    quote do
      protocol = unquote(protocol)
      module = unquote(module)
      Protocol.assert_protocol!(protocol)
      Protocol.__derive__([{protocol, unquote(options)}], module, __ENV__)
    end
  end

  def __derive__(derives, module, env) do
    for {protocol, options} <- derives do
      any = Module.concat(protocol, Any)

      if Code.ensure_loaded?(any) and function_exported?(any, :__deriving__, 3) do
        Code.eval_quoted(Macro.expand(any, env).__deriving__(module, module.__struct__(), options), [], file: env.file)
      else
        delegate(protocol, any, Module.concat(protocol, module), module, env)
      end
    end

    :ok
  end

  defp delegate(protocol, any, _target, module, env) do
    for {name, arity} <- protocol.__protocol__(:functions) do
      unless Code.ensure_loaded?(any) and function_exported?(any, name, arity) do
        raise ArgumentError,
              "could not load module #{inspect(any)} due to reason :nofile, cannot derive #{inspect(protocol)} for #{inspect(module)}"
      end
    end

    functions =
      for {name, arity} <- protocol.__protocol__(:functions) do
        args = Macro.generate_arguments(arity, nil)
        quote(do: def(unquote(name)(unquote_splicing(args)), do: unquote(any).unquote(name)(unquote_splicing(args))))
      end

    quoted =
      quote do
        defimpl unquote(protocol), for: unquote(module) do
          (unquote_splicing(functions))
        end
      end

    Code.eval_quoted(quoted, [], file: env.file)
  end

  def assert_protocol!(module) do
    cond do
      not Code.ensure_loaded?(module) -> raise ArgumentError, "could not load module #{inspect(module)} due to reason :nofile"
      not function_exported?(module, :__protocol__, 1) -> raise ArgumentError, "#{inspect(module)} is not a protocol"
      true -> :ok
    end
  end

  def assert_impl!(protocol, base) do
    impl = Module.concat(protocol, base)

    cond do
      not Code.ensure_loaded?(impl) -> raise ArgumentError, "could not load module #{inspect(impl)} due to reason :nofile"
      not function_exported?(impl, :__impl__, 1) -> raise ArgumentError, "#{inspect(impl)} is not an implementation of a protocol"
      impl.__impl__(:protocol) != protocol -> raise ArgumentError, "expected #{inspect(impl)} to be an implementation of #{inspect(protocol)}, got: #{inspect(impl.__impl__(:protocol))}"
      true -> :ok
    end
  end

  def consolidated?(protocol), do: protocol.__protocol__(:consolidated?)
  def extract_protocols(_paths), do: []
  def extract_impls(_protocol, _paths), do: []
  def consolidate(_protocol, _types), do: {:error, :no_beam_info}
end

defmodule Config do
  # What a configuration file writes down; Config.Reader reads such a file.

  defmacro import_config(file), do: quote(do: Config.__import__!(Path.expand(unquote(file), Path.dirname(__ENV__.file))))
  defmacro config_env(), do: quote(do: Config.__env__!())
  defmacro config_target(), do: quote(do: Config.__target__!())

  def config(app, options) when is_atom(app) and is_list(options) do
    unless Keyword.keyword?(options) do
      raise ArgumentError, "config/2 expected a keyword list, got: #{inspect(options)}"
    end

    put(Config.__merge__(get!(), [{app, options}]))
  end

  def config(app, key, options) when is_atom(app) and is_atom(key), do: put(Config.__merge__(get!(), [{app, [{key, options}]}]))

  defp put(config) do
    Process.put({Config, :config}, config)
    :ok
  end

  defp get!() do
    case Process.get({Config, :config}) do
      nil -> raise "could not set configuration via Config. This usually means you are trying to execute a configuration file directly, instead of reading it with Config.Reader"
      config -> config
    end
  end

  def __env__!(), do: Process.get({Config, :env}) || raise("no :env key was given to this configuration file")
  def __target__!(), do: Process.get({Config, :target}) || raise("no :target key was given to this configuration file")

  def __import__!(file) do
    Code.eval_string(File.read!(file), [], file: file)
    :ok
  end

  def __merge__(a, b) when is_list(a) and is_list(b) do
    Keyword.merge(a, b, fn _, x, y -> Keyword.merge(x, y, &deep/3) end)
  end

  defp deep(_, x, y), do: if(Keyword.keyword?(x) and Keyword.keyword?(y), do: Keyword.merge(x, y, &deep/3), else: y)

  def __eval__!(file, content, options \\ []) do
    old = for key <- [:config, :env, :target], do: {key, Process.get({Config, key})}
    Process.put({Config, :config}, [])
    Process.put({Config, :env}, options[:env])
    Process.put({Config, :target}, options[:target])

    try do
      {_, _} = Code.eval_string(content, [], file: file)
      {Process.get({Config, :config}), [file]}
    after
      for {key, value} <- old, do: if(value == nil, do: Process.delete({Config, key}), else: Process.put({Config, key}, value))
    end
  end
end

defmodule Config.Reader do
  def eval!(file, contents, options \\ []) do
    {config, _} = Config.__eval__!(Path.expand(file), contents, options)
    config
  end

  def read!(file, options \\ []), do: eval!(file, File.read!(file), options)
  def read_imports!(file, options \\ []), do: Config.__eval__!(Path.expand(file), File.read!(file), options)
  def merge(a, b), do: Config.__merge__(a, b)
end
