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

  # A table in a file: what it was made with, and its objects.
  def tab2file(table, file), do: tab2file(table, file, [])

  def tab2file(table, file, _options) do
    settings = [:ets.info(table, :type), :ets.info(table, :protection), {:keypos, :ets.info(table, :keypos)}]
    settings = if :ets.info(table, :named_table), do: [:named_table | settings], else: settings

    case :file.write_file(file, :erlang.term_to_binary({:ets.info(table, :name), settings, :ets.tab2list(table)})) do
      :ok -> :ok
      {:error, reason} -> {:error, {:file_error, file, reason}}
    end
  end

  def file2tab(file), do: file2tab(file, [])

  def file2tab(file, _options) do
    case :file.read_file(file) do
      {:ok, image} -> from_image(image)
      {:error, reason} -> {:error, {:read_error, {:file_error, file, reason}}}
    end
  end

  defp from_image(image) do
    {name, settings, objects} = :erlang.binary_to_term(image)
    table = :ets.new(name, settings)
    :ets.insert(table, objects)
    {:ok, table}
  catch
    :error, _ -> {:error, :badfile}
  end

  # The compiler has made a specification of a function that is written where this is called, at a prompt.
  def fun2ms(fun) when is_function(fun), do: :erlang.error(:badarg, [fun])

  def __refused__() do
    IO.puts("Error: ets:fun2ms requires fun with single variable or tuple parameter")
    {:error, :transform_error}
  end

  def is_compiled_ms(term), do: match?({:compiled_match_spec, _}, term)
  def match_spec_compile(spec), do: {:compiled_match_spec, spec}
end
