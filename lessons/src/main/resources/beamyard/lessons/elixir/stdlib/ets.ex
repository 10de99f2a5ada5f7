# The functions of :ets that call functions; the others are written in Java.
defmodule :ets do
  def foldl(fun, acc, table), do: :lists.foldl(fun, acc, in_order(table))
  def foldr(fun, acc, table), do: :lists.foldr(fun, acc, :ets.tab2list(table))

  defp in_order(table) do
    if :ets.info(table, :type) == :ordered_set, do: :ets.tab2list(table), else: :lists.reverse(:ets.tab2list(table))
  end

  def init_table(table, fun) do
    :ets.delete_all_objects(table)
    init_from(table, fun)
  end

  defp init_from(table, fun) do
    case fun.(:read) do
      :end_of_input -> true
      {objects, next} ->
        :ets.insert(table, objects)
        init_from(table, next)
    end
  end

  def match_spec_run(list, {:compiled_match_spec, spec}) do
    table = :ets.new(:match_spec_run, [:ordered_set, :private])
    :lists.foldl(fn x, n -> :ets.insert(table, {n, x}) && n + 1 end, 0, list)
    nested = :lists.map(fn {head, guards, body} -> {{:_, head}, guards, body} end, spec)
    results = :ets.select(table, nested)
    :ets.delete(table)
    results
  end

  def match_spec_compile(spec), do: {:compiled_match_spec, spec}
end
