defmodule ExUnit.TimeoutError do
  defexception [:timeout, :type]

  def message(%{timeout: timeout, type: type}) do
    """
    #{type} timed out after #{timeout}ms. You can change the timeout:

      1. per test by setting "@tag timeout: x" (accepts :infinity)
      2. per test module by setting "@moduletag timeout: x" (accepts :infinity)
      3. globally via "ExUnit.start(timeout: x)" configuration
      4. by running "mix test --timeout x" which sets timeout
      5. or by running "mix test --trace" which sets timeout to infinity
         (useful when using IEx.pry/0)

    where "x" is the timeout given as integer in milliseconds (defaults to 60_000).
    """
  end
end

defmodule ExUnit.Test do
  defstruct [:name, :case, :module, :state, time: 0, tags: %{}, logs: ""]
end

defmodule ExUnit.Case do
  defmacro __using__(options) do
    quote do
      ExUnit.Case.__open__(__MODULE__, unquote(options))
      import ExUnit.Callbacks
      import ExUnit.Assertions
      import ExUnit.Case, only: [describe: 2, test: 1, test: 2, test: 3]
      import ExUnit.DocTest
      @before_compile ExUnit.Case
    end
  end

  def __open__(module, options) do
    if not ExUnit.__started__?() do
      raise "cannot use ExUnit.Case without starting the ExUnit application, please call ExUnit.start() or explicitly start the :ex_unit app"
    end

    for name <- [:ex_unit_tests, :ex_unit_setups, :tag, :describetag, :moduletag] do
      Module.register_attribute(module, name, accumulate: true)
    end

    Module.put_attribute(module, :ex_unit_describe, nil)
    Module.put_attribute(module, :ex_unit_async, Keyword.get(options, :async, false))
    :ok
  end

  defmacro __before_compile__(env) do
    names = for {_, _, name} when is_atom(name) <- Module.get_attribute(env.module, :ex_unit_setups), uniq: true, do: name

    doors =
      for name <- names do
        quote do
          def __ex_unit__(unquote(name), context) do
            {:called, result} = {:called, unquote(name)(context)}
            result
          end
        end
        |> Macro.prewalk(&Macro.update_meta(&1, fn meta -> Keyword.put(meta, :line, env.line) end))
      end

    quote do
      unquote_splicing(doors)
      def __ex_unit__(:tests), do: Enum.reverse(@ex_unit_tests)
      def __ex_unit__(:setups), do: Enum.reverse(@ex_unit_setups)
      def __ex_unit__(:async), do: @ex_unit_async
      ExUnit.__add_module__(__MODULE__)
    end
  end

  defmacro describe(message, do: block) do
    quote do
      ExUnit.Case.__describe__(__MODULE__, unquote(message))
      unquote(block)
      ExUnit.Case.__end_describe__(__MODULE__)
    end
  end

  def __describe__(module, message) do
    if Module.get_attribute(module, :ex_unit_describe) do
      raise "cannot call \"describe\" inside another \"describe\". See the documentation for ExUnit.Case.describe/2 on named setups and how to handle hierarchies"
    end

    Module.put_attribute(module, :ex_unit_describe, message)
  end

  def __end_describe__(module) do
    Module.put_attribute(module, :ex_unit_describe, nil)
    Module.delete_attribute(module, :describetag)
    Module.register_attribute(module, :describetag, accumulate: true)
  end

  defmacro test(message) do
    place = {__CALLER__.file, __CALLER__.line}

    quote bind_quoted: [message: message, place: place] do
      name = ExUnit.Case.__register__(__MODULE__, :test, message, place, not_implemented: true)
      def unquote(name)(_), do: ExUnit.Assertions.flunk("Not implemented")
    end
  end

  defmacro test(message, do: block), do: define(message, quote(do: _), block, __CALLER__)

  defmacro test(message, context, do: block), do: define(message, context, block, __CALLER__)

  defp define(message, context, block, caller) do
    body =
      quote do
        unquote(block)
        :ok
      end

    quote bind_quoted: [
            message: message,
            place: {caller.file, caller.line},
            body: Macro.escape(body, unquote: true),
            context: Macro.escape(context)
          ] do
      name = ExUnit.Case.__register__(__MODULE__, :test, message, place, [])
      def unquote(name)(unquote(context)), do: unquote(body)
    end
  end

  # The name of a new test, whose tags are those set since the one before.
  def __register__(module, type, message, {file, line}, given) do
    describe = Module.get_attribute(module, :ex_unit_describe)
    name = if describe, do: :"#{type} #{describe} #{message}", else: :"#{type} #{message}"

    if Enum.any?(Module.get_attribute(module, :ex_unit_tests), fn {known, _} -> known == name end) do
      raise ExUnit.DuplicateTestError, "#{inspect(name)} is already defined in #{inspect(module)}"
    end

    tags =
      for attribute <- [:moduletag, :describetag, :tag], tag <- Enum.reverse(Module.get_attribute(module, attribute)) do
        tag
      end

    tags =
      (tags ++ given)
      |> Enum.flat_map(fn
        tag when is_atom(tag) -> [{tag, true}]
        {_, _} = tag -> [tag]
        tags -> Enum.to_list(tags)
      end)
      |> Map.new()
      |> Map.merge(%{
        line: line,
        file: file,
        registered: %{},
        test: name,
        describe: describe,
        describe_line: nil,
        module: module,
        case: module,
        async: Module.get_attribute(module, :ex_unit_async),
        test_type: type
      })

    Module.put_attribute(module, :ex_unit_tests, {name, tags})
    Module.delete_attribute(module, :tag)
    Module.register_attribute(module, :tag, accumulate: true)
    name
  end
end

defmodule ExUnit.DuplicateTestError do
  defexception [:message]
end

defmodule ExUnit.Callbacks do
  defmacro setup(what), do: callback(:setup, what, __CALLER__)
  defmacro setup(context, what), do: callback(:setup, context, what, __CALLER__)
  defmacro setup_all(what), do: callback(:setup_all, what, __CALLER__)
  defmacro setup_all(context, what), do: callback(:setup_all, context, what, __CALLER__)

  defp callback(kind, [do: _] = body, caller), do: callback(kind, quote(do: _), body, caller)

  defp callback(kind, names, _caller) do
    quote do
      ExUnit.Callbacks.__names__(__MODULE__, unquote(kind), unquote(names))
      |> Enum.each(fn name -> ExUnit.Callbacks.__add__(__MODULE__, unquote(kind), name) end)
    end
  end

  defp callback(kind, context, [do: body], _caller) do
    quote bind_quoted: [kind: kind, context: Macro.escape(context), body: Macro.escape(body, unquote: true)] do
      name = ExUnit.Callbacks.__name__(__MODULE__, kind)
      ExUnit.Callbacks.__add__(__MODULE__, kind, name)
      def unquote(name)(unquote(context)), do: unquote(body)
    end
  end

  def __name__(module, kind) do
    setups = Module.get_attribute(module, :ex_unit_setups)
    :"__ex_unit_#{kind}_#{Enum.count(setups, fn {of, _, _} -> of == kind end)}"
  end

  def __names__(_module, _kind, name) when is_atom(name), do: [name]

  def __names__(_module, _kind, names) when is_list(names), do: names

  def __names__(_module, _kind, {_module_name, function} = name) when is_atom(function), do: [name]

  def __add__(module, kind, name) do
    describe = if kind == :setup, do: Module.get_attribute(module, :ex_unit_describe)
    Module.put_attribute(module, :ex_unit_setups, {kind, describe, name})
  end

  def on_exit(name \\ make_ref(), callback) when is_function(callback, 0) do
    case Process.get(:ex_unit_runner) do
      nil ->
        raise ArgumentError, "on_exit/2 can only be invoked from the test process"

      runner ->
        send(runner, {:on_exit, self(), name, callback})
        :ok
    end
  end

  def start_supervised(child, options \\ []) do
    spec = Supervisor.child_spec(child, options)

    case Supervisor.start_child(supervisor(:start_supervised, 2), spec) do
      {:error, {:already_started, _}} -> {:error, {:duplicate_child_name, spec.id}}
      other -> other
    end
  end

  def start_supervised!(child, options \\ []) do
    case start_supervised(child, options) do
      {:ok, pid} -> pid
      {:ok, pid, _} -> pid
      {:error, reason} -> raise "failed to start child with the spec #{inspect(child)}.\nReason: #{failed(reason)}"
    end
  end

  defp failed({{:EXIT, reason}, info}) when is_tuple(info), do: Exception.format_exit(reason)
  defp failed({reason, info}) when is_tuple(info), do: Exception.format_exit(reason)
  defp failed(reason), do: Exception.format_exit({:start_spec, reason})

  def stop_supervised(id) do
    supervisor = supervisor(:stop_supervised, 1)

    pid =
      Enum.find_value(Supervisor.which_children(supervisor), fn {known, pid, _, _} -> known == id and is_pid(pid) and pid end)

    if pid, do: Process.unlink(pid)

    with :ok <- Supervisor.terminate_child(supervisor, id) do
      Supervisor.delete_child(supervisor, id)
      :ok
    end
  end

  def stop_supervised!(id) do
    case stop_supervised(id) do
      :ok -> :ok
      {:error, :not_found} -> raise "could not stop child ID #{inspect(id)} because it was not found"
    end
  end

  # The supervisor of a test ends with it, before its exit hooks run.
  defp supervisor(name, arity) do
    case {Process.get(:ex_unit_supervisor), Process.get(:ex_unit_runner)} do
      {nil, nil} ->
        raise ArgumentError, "#{name}/#{arity} can only be invoked from the test process"

      {nil, runner} ->
        {:ok, pid} = Supervisor.start_link([], strategy: :one_for_one, max_restarts: 1_000_000, max_seconds: 1)
        Process.put(:ex_unit_supervisor, pid)
        send(runner, {:supervisor, self(), pid})
        pid

      {pid, _} ->
        pid
    end
  end
end

defmodule ExUnit do
  # Unlike Elixir's, the seed is 0 unless one is given, so that the same run gives the same order.
  @defaults [seed: 0, exclude: [], include: [], timeout: 60_000, autorun: true, capture_log: false]

  def start(options \\ []) do
    if not __started__?() do
      Application.put_env(:ex_unit, :modules, [])
      Application.put_env(:ex_unit, :loading, System.monotonic_time(:microsecond))
    end

    configure(Keyword.merge(configuration(), options))
    Application.put_env(:ex_unit, :started, true)
    :ok
  end

  def configure(options) do
    Application.put_env(:ex_unit, :options, Keyword.merge(configuration(), options))
  end

  def configuration(), do: Application.get_env(:ex_unit, :options, @defaults)

  def __started__?(), do: Application.get_env(:ex_unit, :started, false)

  def __add_module__(module) do
    modules = Application.get_env(:ex_unit, :modules, [])
    Application.put_env(:ex_unit, :modules, List.delete(modules, module) ++ [module])
  end

  def run(additional \\ []), do: run_loaded(additional, nil)

  defp run_loaded(additional, load) do
    modules = Application.get_env(:ex_unit, :modules, []) ++ additional
    Application.put_env(:ex_unit, :modules, [])
    ExUnit.Runner.run(Enum.uniq(modules), Keyword.put(configuration(), :load, load))
  end

  # What a script that started ExUnit does at its end.
  def __at_exit__() do
    if __started__?() and configuration()[:autorun] and Application.get_env(:ex_unit, :modules, []) != [] do
      run_loaded([], System.monotonic_time(:microsecond) - Application.get_env(:ex_unit, :loading))
    end

    :ok
  end
end
