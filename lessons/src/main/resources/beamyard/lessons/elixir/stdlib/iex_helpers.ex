defmodule IEx.Helpers do
  def flush() do
    receive do
      message ->
        IO.puts(:stdio, inspect(message, IEx.inspect_opts()))
        flush()
    after
      0 -> :ok
    end
  end

  def v(index \\ -1)

  def v(index) when is_integer(index) and index < 0 do
    case Enum.at(Process.get(:iex_history, []), -index - 1) do
      {_counter, value} -> value
      nil -> raise "v(#{index}) is out of bounds"
    end
  end

  def v(index) when is_integer(index) do
    case List.keyfind(Process.get(:iex_history, []), index, 0) do
      {_counter, value} -> value
      nil -> raise "v(#{index}) is out of bounds"
    end
  end

  def respawn() do
    [server | _] = Process.get(:"$ancestors")
    send(server, {:respawn, self()})
    Process.sleep(:infinity)
  end

  # Terms made from what is printed of them

  def pid(string) when is_binary(string), do: :erlang.list_to_pid('<#{string}>')

  def pid(name) when is_atom(name) do
    case Process.whereis(name) do
      pid when is_pid(pid) -> pid
      _ -> raise ArgumentError, "could not find registered process with name: #{inspect(name)}"
    end
  end

  def pid(x, y, z) when is_integer(x) and x >= 0 and is_integer(y) and y >= 0 and is_integer(z) and z >= 0 do
    :c.pid(x, y, z)
  end

  def ref(string) when is_binary(string), do: :erlang.list_to_ref('#Ref<#{string}>')

  def ref(w, x, y, z)
      when is_integer(w) and w >= 0 and is_integer(x) and x >= 0 and is_integer(y) and y >= 0 and is_integer(z) and z >= 0 do
    :erlang.list_to_ref('#Ref<#{w}.#{x}.#{y}.#{z}>')
  end

  def port(string) when is_binary(string), do: :erlang.list_to_port('#Port<#{string}>')

  def port(major, minor) when is_integer(major) and major >= 0 and is_integer(minor) and minor >= 0 do
    :erlang.list_to_port('#Port<#{major}.#{minor}>')
  end

  # What terms and modules are

  def i(term \\ v(-1)) do
    entries = [{"Term", inspect(term)} | IEx.Info.info(term)] ++ [{"Implemented protocols", protocols(term)}]

    for {subject, text} <- entries do
      IO.puts(:stdio, [subject, "\n  ", text |> to_string() |> String.trim_trailing() |> String.replace("\n", "\n  ")])
    end

    IEx.dont_display_result()
  end

  # those of the library, which a real node finds as files
  defp protocols(term) do
    [Collectable, Enumerable, IEx.Info, Inspect, List.Chars, String.Chars]
    |> Enum.filter(& &1.impl_for(term))
    |> Enum.map_join(", ", &inspect/1)
  end

  def exports(module \\ Kernel) do
    functions =
      if Code.ensure_loaded?(module) and function_exported?(module, :__info__, 1) do
        module.__info__(:macros) ++ module.__info__(:functions)
      else
        module.module_info(:exports) -- [module_info: 0, module_info: 1]
      end

    print_table(for {name, arity} <- functions, do: "#{name}/#{arity}")
    IEx.dont_display_result()
  end

  # Files

  def pwd() do
    IO.puts(:stdio, File.cwd!())
    IEx.dont_display_result()
  end

  def cd(directory) when is_binary(directory) do
    case File.cd(at_home(directory)) do
      :ok ->
        pwd()

      {:error, :enoent} ->
        IO.puts(:stdio, "No directory #{directory}")
        IEx.dont_display_result()
    end
  end

  def ls(path \\ ".") when is_binary(path) do
    path = at_home(path)

    case File.ls(path) do
      {:ok, names} -> names |> Enum.sort() |> print_table()
      {:error, :enoent} -> IO.puts(:stdio, "No such file or directory #{path}")
      {:error, :enotdir} -> IO.puts(:stdio, Path.absname(path))
    end

    IEx.dont_display_result()
  end

  defp at_home("~" <> rest), do: System.user_home!() <> rest
  defp at_home(path), do: path

  # A line has as many columns as begin before its 80th place.
  defp print_table([]), do: :ok

  defp print_table(cells) do
    width = min(cells |> Enum.map(&String.length/1) |> Enum.max(), 30) + 5

    cells
    |> Enum.map(&String.pad_trailing(&1, width))
    |> Enum.chunk_every(div(79, width) + 1)
    |> Enum.each(&IO.puts(:stdio, &1))
  end

  # Code of files

  # With a folder for what is compiled the modules are as if in files: they have documentation and types. Nothing is written there.
  def c(files, path \\ :in_memory) when is_binary(path) or path == :in_memory do
    files = List.wrap(files)

    unless Enum.all?(files, &is_binary/1) do
      raise ArgumentError, "expected a binary or a list of binaries as argument"
    end

    case Enum.reject(files, &File.exists?/1) do
      [] -> files |> Enum.reject(&erlang_file?/1) |> compile() |> kept(path)
      missing -> raise ArgumentError, "could not find files #{Enum.join(missing, ", ")}"
    end
  end

  defp erlang_file?(file) do
    erlang? = String.ends_with?(file, ".erl")
    if erlang?, do: IO.puts(:stdio, "#{file} is not compiled: the yard knows no Erlang.")
    erlang?
  end

  defp kept(modules, :in_memory), do: modules

  defp kept(modules, _path) do
    Enum.each(modules, &:elixir_docs.keep/1)
    modules
  end

  def r(modules) do
    {:reloaded, modules |> List.wrap() |> Enum.map(&source/1) |> Enum.uniq() |> compile()}
  end

  def l(module) when is_atom(module) do
    cond do
      not :beamyard.real_module(module) -> {:error, :nofile}
      :code.is_sticky(module) and not match?("Elixir." <> _, Atom.to_string(module)) -> {:error, :sticky_directory}
      true -> :code.load_file(module)
    end
  end

  defp source(module) do
    unless Code.ensure_loaded?(module) do
      raise ArgumentError, "could not load nor find module: #{inspect(module)}"
    end

    path = Path.expand(to_string(module.module_info(:compile)[:source]))

    unless File.regular?(path) do
      raise ArgumentError, "could not find source (#{path}) for module: #{inspect(module)}"
    end

    path
  end

  defp compile(files) do
    files |> Enum.flat_map(&compile_file/1) |> Enum.map(&elem(&1, 0)) |> Enum.sort()
  end

  defp compile_file(file) do
    try do
      Code.compile_file(file)
    catch
      kind, reason ->
        frames = frames_of_file(reason, __STACKTRACE__)
        IO.write(:stdio, ["\n== Compilation error in file #{Path.relative_to_cwd(file)} ==\n", Exception.format_banner(kind, reason, frames)])
        IO.write(:stdio, [?\n, Exception.format_stacktrace(frames)])
        raise CompileError
    end
  end

  # what a module lacks is found when all of it is compiled, outside of the worker that compiles the file
  defp frames_of_file(%CompileError{description: "undefined function" <> _}, _), do: []

  defp frames_of_file(_, stacktrace) do
    worker = {Kernel.ParallelCompiler, :"-spawn_workers/7-fun-2-", 5, [file: 'lib/kernel/parallel_compiler.ex', line: 347]}
    Enum.take_while(stacktrace, fn entry -> elem(entry, 0) not in [IEx.Helpers, Code] end) ++ [worker]
  end

  def recompile(_options \\ []) do
    IO.puts(:stdio, "Mix is not running. Please start IEx with: iex -S mix")
    :error
  end

  defmacro import_file(path), do: quoted_file(Path.expand(path))

  defmacro import_file_if_available(path) do
    if File.exists?(path), do: quoted_file(Path.expand(path)), else: nil
  end

  defp quoted_file(path), do: Code.string_to_quoted!(File.read!(path), file: path)

  defmacro import_if_available(module, options \\ []) do
    if Code.ensure_loaded?(Macro.expand(module, __CALLER__)) do
      quote do: import(unquote(module), unquote(options))
    end
  end

  defmacro use_if_available(module, options \\ []) do
    if Code.ensure_loaded?(Macro.expand(module, __CALLER__)) do
      quote do: use(unquote(module), unquote(options))
    end
  end

  def clear() do
    IO.puts(:stdio, "Cannot clear the screen because ANSI escape codes are not enabled on this shell")
    IEx.dont_display_result()
  end

  # Documentation

  def h() do
    IO.puts(:stdio, """
    At this prompt you type Elixir, and see what it gives. Some helpers:

      h(Enum.map)  - what a module, function or macro does; also h(Enum), h(Enum.map/2)
      b(GenServer) - the callbacks of a behaviour; t(Enum) the types of a module
      i(term)      - what kind of thing a term is
      exports(M)   - the functions and macros of a module
      v()          - the value of the last expression; v(n) of expression n
      flush()      - prints and removes all messages of this shell
      c(file)      - compiles a file of the host; r(module) compiles its file again
      pwd(), cd(directory), ls() - where this node is, and what files are there
      runtime_info() - what the node runs on, its memory and its limits
      respawn()    - starts this shell anew
      pid(x,y,z)   - the pid #PID<x.y.z>; ref(w,x,y,z) and port(x,y) likewise
    """)

    IEx.dont_display_result()
  end

  defmacro h(term), do: introspection(:h, term, __CALLER__)
  defmacro b(term), do: introspection(:b, term, __CALLER__)
  defmacro t(term), do: introspection(:t, term, __CALLER__)
  defmacro open(term), do: introspection(:open, term, __CALLER__)

  def open() do
    IO.puts(:stdio, "Pry session is not currently enabled")
    IEx.dont_display_result()
  end

  defp introspection(helper, term, env) do
    quote do
      IEx.Introspection.unquote(helper)(unquote(IEx.Introspection.decompose(term, env)))
      IEx.dont_display_result()
    end
  end

  # Code on other nodes

  def nl(nodes \\ Node.list(), module)

  # Code of files is the same on all nodes of the yard: what is left to do there is to load it.
  def nl(nodes, module) when is_list(nodes) and is_atom(module) do
    if :beamyard.real_module(module) or :elixir_docs.fetch(module) != nil do
      {:ok, for(node <- nodes, do: loaded_there(node, :rpc.call(node, :code, :ensure_loaded, [module])))}
    else
      {:error, :nofile}
    end
  end

  defp loaded_there(node, {:module, module}), do: {node, :loaded, module}
  defp loaded_there(node, {kind, reason}), do: {node, kind, reason}

  # The runtime

  def runtime_info(), do: runtime_info([:system, :memory, :limits])

  def runtime_info(topic) when is_atom(topic) and topic in [:system, :memory, :limits, :applications], do: runtime_info([topic])

  def runtime_info(topics) when is_list(topics) do
    IEx.Runtime.print(topics)
    IEx.dont_display_result()
  end

  # The debugger of a real shell stops processes at breakpoints; the yard's is in its window.

  defmacro break!(_call), do: no_debugger()
  defmacro break!(_call, _stops), do: no_debugger()
  def break!(_module, _function, _arity, _stops \\ 1), do: tell_no_debugger()

  def breaks() do
    IO.puts(:stdio, "No breakpoints set")
    IEx.dont_display_result()
  end

  def remove_breaks(), do: :ok
  def remove_breaks(_module), do: :ok
  def reset_break(_id), do: :not_found
  def reset_break(_module, _function, _arity), do: :not_found
  def continue(), do: IEx.dont_display_result()
  def next(), do: IEx.dont_display_result()
  def n(), do: IEx.dont_display_result()

  def whereami(radius \\ 2) when is_integer(radius) and radius >= 0, do: outside_pry()

  defp outside_pry() do
    IO.puts(:stdio, "Pry session is not currently enabled")
    IEx.dont_display_result()
  end

  defp no_debugger(), do: quote(do: IEx.Helpers.break!(nil, nil, nil))

  defp tell_no_debugger() do
    IO.puts(:stdio, "No breakpoints at this prompt: in the yard's window time stops, goes back and shows the stack and variables of any process.")
    IEx.dont_display_result()
  end
end
