defmodule IEx.Introspection do
  # What the helpers h, b and t show: documentation, callbacks and types. https://hexdocs.pm/iex/1.14/IEx.Helpers.html
  # Those of the library are facts of the real one, with texts of our own; those of the project are of its modules.

  # What was typed, as a module, {module, name} or {module, name, arity}; a name alone is looked for where the prompt would find it.

  def decompose({:/, _, [call, arity]} = form, env) do
    case Macro.decompose_call(call) do
      {_, :__info__, []} when arity == 1 -> {:{}, [], [Module, :__info__, 1]}
      {module, name, []} -> {:{}, [], [module, name, arity]}
      {name, []} -> {:{}, [], [home(name, arity, env), name, arity]}
      _ -> form
    end
  end

  def decompose(form, env) do
    case Macro.decompose_call(form) do
      {_, :__info__, []} -> {:{}, [], [Module, :__info__, 1]}
      {module, name, []} -> {module, name}
      {name, []} -> {home(name, :any, env), name}
      _ -> form
    end
  end

  defp home(name, arity, env) do
    special = for {{:macro, name, arity}, _, _, _, _} <- entries(Kernel.SpecialForms), do: {name, arity}

    imported =
      Enum.find_value(env.functions ++ env.macros ++ [{Kernel.SpecialForms, special}], fn {module, names} ->
        if Enum.any?(names, fn {each, count} -> each == name and arity in [:any, count] end), do: module
      end)

    imported || Kernel
  end

  # Documentation

  def h(module) when is_atom(module) do
    loaded(module, fn ->
      case docs(module) do
        {:docs_v1, _, _, _, %{} = text, metadata, _} -> print_doc(inspect(module), [], text, metadata)
        {:docs_v1, _, _, _, _, _, _} -> not_found("documentation", inspect(module))
        nil -> no_docs(module)
      end
    end)
  end

  def h({module, name}) when is_atom(module) and is_atom(name) do
    shown = "#{inspect(module)}.#{name}"

    loaded(module, fn ->
      arities =
        case docs(module) do
          nil -> for {^name, arity} <- module.module_info(:exports), specs(module, name, arity) != [], do: arity
          _ -> for {{kind, ^name, arity}, _, _, _, _} <- entries(module), kind in [:function, :macro], content(module, name, arity), do: arity
        end

      case Enum.sort(arities ++ only_specs(module, name, arities)) do
        [] -> missing(module, name, :any, shown)
        found -> Enum.each(found, &told(module, name, &1))
      end
    end)
  end

  def h({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity) do
    loaded(module, fn ->
      told(module, name, arity) || missing(module, name, arity, "#{inspect(module)}.#{name}/#{arity}")
    end)
  end

  def h(invalid) do
    puts("The \"h\" helper expects a Module, Module.fun or Module.fun/arity, got: #{inspect(invalid)}")

    puts(
      "If instead of accessing documentation you would like more information about a value " <>
        "or about the result of an expression, use the \"i\" helper instead"
    )
  end

  # functions of Erlang that have a specification and no help
  defp only_specs(module, name, told) do
    if elixir?(module) or docs(module) == nil do
      []
    else
      for {^name, arity} <- module.module_info(:exports), arity not in told, specs(module, name, arity) != [], do: arity
    end
  end

  defp told(module, name, arity) do
    specs = specs(module, name, arity)

    case content(module, name, arity) do
      nil ->
        if not elixir?(module) and specs != [] do
          text = %{"en" => "Module was compiled without docs. Showing only specs."}
          print_doc("#{inspect(module)}.#{name}/#{arity}", specs, text, %{})
          :ok
        end

      {_, _, _, :none, _} = entry ->
        case callback_of(module, name, arity) do
          nil -> print_function(entry, specs)
          callback -> print_type(callback)
        end

        :ok

      entry ->
        print_function(entry, specs)
        :ok
    end
  end

  defp print_function({{kind, _, _}, _, signature, text, metadata}, specs) do
    definer = if kind == :macro, do: "defmacro ", else: "def "
    heading = Enum.join(signature, " ")
    print_doc(if(match?(":" <> _, heading), do: heading, else: definer <> heading), specs, text, metadata)
  end

  defp missing(module, name, arity, shown) do
    cond do
      docs(module) == nil or not elixir?(module) -> no_docs(module)
      Enum.any?(callbacks(module), &named?(&1, name, arity)) -> instead(shown, "callback", "callback documentation with the b/1 helper")
      Enum.any?(entries(module), &type?(&1, name, arity)) -> instead(shown, "type", "type documentation with the t/1 helper")
      true -> not_found("documentation", shown)
    end
  end

  defp type?({{:type, name, arity}, _, _, _, _}, wanted, count), do: name == wanted and count in [:any, arity]
  defp type?(_, _, _), do: false

  # the behaviour that asks for a function without documentation of its own
  defp callback_of(module, name, arity) do
    behaviours = if function_exported?(module, :module_info, 1), do: module.module_info(:attributes)[:behaviour] || [], else: []
    Enum.find_value(behaviours, fn behaviour -> Enum.find(callbacks(behaviour), &named?(&1, name, arity)) end)
  end

  # Callbacks

  def b(module) when is_atom(module) do
    with_beam(module, fn ->
      case callbacks(module) do
        [] ->
          puts("No callbacks for #{inspect(module)} were found")

        callbacks ->
          for {_, _, _, texts, _, _} <- callbacks, do: print_texts(texts)
          optional = optional_callbacks(module)
          if optional, do: print_texts([optional])
      end
    end)
  end

  def b({module, name}) when is_atom(module) and is_atom(name), do: callback(module, name, :any, "#{inspect(module)}.#{name}")

  def b({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity) do
    callback(module, name, arity, "#{inspect(module)}.#{name}/#{arity}")
  end

  def b(invalid), do: puts("Invalid arguments for b helper: #{inspect(invalid)}")

  defp callback(module, name, arity, shown) do
    with_beam(module, fn ->
      case Enum.filter(callbacks(module), &named?(&1, name, arity)) do
        [] -> not_found("documentation", shown)
        found -> Enum.each(found, &print_type/1)
      end
    end)
  end

  # Types

  def t(module) when is_atom(module) do
    with_beam(module, fn ->
      case types(module) do
        [] -> not_found("type information", inspect(module))
        types -> for {_, _, _, texts, _, _} <- types, do: print_texts(texts)
      end
    end)
  end

  def t({module, name}) when is_atom(module) and is_atom(name), do: type(module, name, :any)
  def t({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity), do: type(module, name, arity)
  def t(invalid), do: puts("Invalid arguments for t helper: #{inspect(invalid)}")

  defp type(module, name, arity) do
    with_beam(module, fn ->
      case for({kind, _, _, _, _, _} = type <- types(module), kind != :typep, named?(type, name, arity), do: type) do
        [] -> puts("No type information for #{inspect(module)}.#{name} was found or #{inspect(module)}.#{name} is private")
        found -> Enum.each(found, &print_type/1)
      end
    end)
  end

  # Sources

  def open(module) when is_atom(module) and module != nil, do: source(module, "#{inspect(module)}", true)

  def open({module, name}) when is_atom(module) and is_atom(name) do
    source(module, "#{inspect(module)}.#{name}", Enum.any?(exports(module), &match?({^name, _}, &1)))
  end

  def open({module, name, arity}) when is_atom(module) and is_atom(name) and is_integer(arity) do
    source(module, "#{inspect(module)}.#{name}/#{arity}", {name, arity} in exports(module))
  end

  def open({file, line}) when is_binary(file) and is_integer(line), do: editor(file)
  def open(invalid), do: puts("Invalid arguments for open helper: #{inspect(invalid)}")

  defp source(module, shown, there?) do
    cond do
      not Code.ensure_loaded?(module) -> puts("Could not open: #{shown}. Module is not available.")
      not there? -> puts("Could not open: #{shown}. Function/macro is not available.")
      true -> module.module_info(:compile)[:source] |> to_string() |> path() |> editor()
    end
  end

  # sources of the library are named from where it is installed
  defp path("lib/" <> _ = file), do: "/usr/lib/elixir/bin/../lib/elixir/" <> file
  defp path(file), do: file

  defp editor(file) do
    if File.regular?(file) do
      puts("Could not open: #{inspect(file)}. The hosts of the yard have no editor; File.read!/1 gives the text.")
    else
      puts("Could not open: #{inspect(file)}. File is not available.")
    end
  end

  defp exports(module) do
    cond do
      not Code.ensure_loaded?(module) -> []
      function_exported?(module, :__info__, 1) -> module.__info__(:functions) ++ module.__info__(:macros)
      true -> module.module_info(:exports)
    end
  end

  # What is known of modules: kind, name, arity, texts, documentation, metadata

  defp docs(module), do: :beamyard.docs(module) || :elixir_docs.fetch(module)
  defp entries(module), do: if(docs = docs(module), do: elem(docs, 6), else: [])

  defp specs(module, name, arity) do
    if :beamyard.has_signatures(module), do: :beamyard.specs(module, name, arity), else: IEx.Typespecs.specs(module, name, arity)
  end

  defp callbacks(module) do
    found = if :beamyard.has_signatures(module), do: :beamyard.callbacks(module), else: IEx.Typespecs.callbacks(module)

    for {kind, name, arity, texts} <- Enum.sort(found),
        {text, metadata} when text != :hidden <- [documented(module, [:callback, :macrocallback], name, arity)],
        do: {kind, name, arity, texts, text, metadata}
  end

  defp types(module) do
    found = if :beamyard.has_signatures(module), do: :beamyard.types(module), else: IEx.Typespecs.types(module)

    for {kind, name, arity, texts} <- found do
      {text, metadata} = documented(module, [:type], name, arity)
      {kind, name, arity, texts, text, metadata}
    end
  end

  defp documented(module, kinds, name, arity) do
    Enum.find_value(entries(module), {:none, %{}}, fn
      {{kind, ^name, ^arity}, _, _, text, metadata} -> if kind in kinds, do: {text, metadata}
      _ -> nil
    end)
  end

  defp optional_callbacks(module) do
    if :beamyard.has_signatures(module), do: :beamyard.optional_callbacks(module), else: IEx.Typespecs.optional_callbacks(module)
  end

  defp named?({_, name, arity, _, _, _}, wanted, count), do: name == wanted and count in [:any, arity]

  # the entry of a function, which may take fewer arguments where it has defaults
  defp content(module, name, arity) do
    functions = for {{kind, ^name, _}, _, _, _, _} = entry <- entries(module), kind in [:function, :macro], do: entry

    found =
      Enum.find(functions, &match?({{_, _, ^arity}, _, _, _, _}, &1)) ||
        Enum.find(functions, fn {{_, _, most}, _, _, _, metadata} -> arity < most and arity >= most - Map.get(metadata, :defaults, 0) end)

    case found do
      {_, _, _, :hidden, _} -> nil
      {_, _, _, :none, _} -> if match?("_" <> _, Atom.to_string(name)), do: nil, else: found
      _ -> found
    end
  end

  # Printing

  defp print_doc(heading, specs, text, metadata) do
    IO.ANSI.Docs.print_headings([heading])
    if specs != [], do: IO.puts([Enum.map(specs, &["  ", String.replace(&1, "\n", "\n  "), "\n"])])
    IO.ANSI.Docs.print_metadata(metadata)
    print_text(text)
  end

  defp print_type({_, _, _, texts, text, metadata}) do
    print_texts(texts)
    IO.ANSI.Docs.print_metadata(metadata)
    print_text(text)
  end

  defp print_texts(texts), do: IO.puts(Enum.map(texts, &[&1, "\n"]))

  defp print_text(%{"en" => text}), do: IO.ANSI.Docs.print(text, [])
  defp print_text(_), do: :ok

  # What cannot be shown

  defp loaded(module, show) do
    case known(module) do
      :ok -> show.()
      {:error, reason} -> puts("Could not load module #{inspect(module)}, got: #{reason}")
    end
  end

  # types are in the files of modules: one typed at a prompt has none
  defp with_beam(module, show) do
    loaded(module, fn ->
      if :beamyard.has_signatures(module) or :elixir_docs.fetch(module) do
        show.()
      else
        puts("Beam code not available for #{inspect(module)} or debug info is missing, cannot load typespecs")
      end
    end)
  end

  defp known(module) do
    if :beamyard.has_signatures(module) do
      :ok
    else
      with {:module, _} <- Code.ensure_loaded(module), do: :ok
    end
  end

  defp elixir?(module), do: match?("Elixir." <> _, Atom.to_string(module))

  defp no_docs(module), do: puts("#{inspect(module)} was not compiled with docs")
  defp not_found(what, shown), do: puts("No #{what} for #{shown} was found")

  defp instead(shown, what, how) do
    puts("No documentation for function #{shown} was found, but there is a #{what} with the same name.\nYou can view #{how}.\n")
  end

  defp puts(text), do: IO.puts(text)
end
