defmodule IEx.Typespecs do
  # The specifications and types of the project's own modules, written as IEx shows those of files.

  def specs(module, name, arity) do
    for {:spec, ^name, ^arity, form} <- noted(module), do: written(:spec, form, 76)
  end

  def callbacks(module) do
    noted = for {kind, name, arity, form} <- noted(module), kind in [:callback, :macrocallback], do: {{kind, name, arity}, form}

    for {key, forms} <- Enum.group_by(noted, &elem(&1, 0), &elem(&1, 1)) do
      {kind, name, arity} = key
      {kind, name, arity, Enum.map(forms, &written(kind, &1, 80))}
    end
  end

  def types(module) do
    types = for {kind, name, arity, form} <- noted(module), kind in [:type, :typep, :opaque], do: {name, arity, kind, form}
    for {name, arity, kind, form} <- Enum.sort(types), do: {kind, name, arity, [written(kind, shown(kind, form), 80)]}
  end

  def optional_callbacks(module) do
    case function_exported?(module, :behaviour_info, 1) && module.behaviour_info(:optional_callbacks) do
      [_ | _] = names ->
        shown_within(:optional_callbacks, Enum.sort(names), 80)

      _ ->
        nil
    end
  end

  defp noted(module), do: :elixir_docs.typespecs(module) || []

  defp shown(:opaque, {:"::", _, [head, _]}), do: head
  defp shown(_, form), do: form

  defp written(kind, form, width), do: shown_within(kind, types(form, kind), width)

  defp shown_within(attribute, value, width) do
    {:@, [], [{attribute, [], [value]}]} |> Code.quoted_to_algebra() |> Inspect.Algebra.format(width) |> IO.iodata_to_binary()
  end

  # A name alone is a type, unless it is a variable of `when` or of the type itself, or names an argument.
  defp types({:when, meta, [spec, constraints]}, _) do
    variables = Keyword.keys(constraints)
    {:when, meta, [types(spec, :spec, variables), for({name, type} <- constraints, do: {name, inner(type, variables)})]}
  end

  defp types({:"::", _, [{_, _, arguments}, _]} = form, kind) when kind in [:type, :typep] and is_list(arguments) do
    types(form, kind, for({name, _, context} <- arguments, is_atom(context), do: name))
  end

  defp types(form, kind), do: types(form, kind, [])

  defp types({:"::", meta, [head, result]}, _, variables), do: {:"::", meta, [inner(head, variables), inner(result, variables)]}
  defp types(head, _, variables), do: inner(head, variables)

  defp inner(form, variables), do: Macro.prewalk(form, &type(&1, variables))

  defp type({:"::", meta, [{name, _, context}, type]}, _) when is_atom(context), do: {:"::", meta, [{name, [named: true], context}, type]}
  defp type({_, [named: true], _} = name, _), do: name

  defp type({name, meta, context} = form, variables) when is_atom(name) and is_atom(context) do
    if name in variables or name in [:_, :..., :__MODULE__], do: form, else: {name, meta, []}
  end

  defp type(other, _), do: other
end
