defmodule Macro do
  # What needs the compiler is written in Java; this walks over quoted forms.

  def traverse(ast, acc, pre, post) when is_function(pre, 2) and is_function(post, 2) do
    {ast, acc} = pre.(ast, acc)
    walked(ast, acc, pre, post)
  end

  defp walked({form, meta, args}, acc, pre, post) when is_atom(form) do
    {args, acc} = arguments(args, acc, pre, post)
    post.({form, meta, args}, acc)
  end

  defp walked({form, meta, args}, acc, pre, post) do
    {form, acc} = traverse(form, acc, pre, post)
    {args, acc} = arguments(args, acc, pre, post)
    post.({form, meta, args}, acc)
  end

  defp walked({left, right}, acc, pre, post) do
    {left, acc} = traverse(left, acc, pre, post)
    {right, acc} = traverse(right, acc, pre, post)
    post.({left, right}, acc)
  end

  defp walked(list, acc, pre, post) when is_list(list) do
    {list, acc} = arguments(list, acc, pre, post)
    post.(list, acc)
  end

  defp walked(other, acc, _, post), do: post.(other, acc)

  defp arguments(args, acc, _, _) when is_atom(args), do: {args, acc}
  defp arguments(args, acc, pre, post) when is_list(args), do: :lists.mapfoldl(&traverse(&1, &2, pre, post), acc, args)

  def prewalk(ast, fun) when is_function(fun, 1), do: elem(prewalk(ast, nil, fn x, nil -> {fun.(x), nil} end), 0)
  def prewalk(ast, acc, fun) when is_function(fun, 2), do: traverse(ast, acc, fun, fn x, acc -> {x, acc} end)
  def postwalk(ast, fun) when is_function(fun, 1), do: elem(postwalk(ast, nil, fn x, nil -> {fun.(x), nil} end), 0)
  def postwalk(ast, acc, fun) when is_function(fun, 2), do: traverse(ast, acc, fn x, acc -> {x, acc} end, fun)

  def prewalker(ast), do: [ast] |> before([]) |> Stream.map(& &1)
  defp before([], acc), do: :lists.reverse(acc)
  defp before([ast | rest], acc), do: before(children(ast) ++ rest, [ast | acc])
  def postwalker(ast), do: ast |> behind() |> Stream.map(& &1)
  defp behind(ast), do: Enum.flat_map(children(ast), &behind/1) ++ [ast]

  defp children({form, _, args}) when is_atom(form), do: if(is_list(args), do: args, else: [])
  defp children({form, _, args}), do: [form | if(is_list(args), do: args, else: [])]
  defp children({left, right}), do: [left, right]
  defp children(list) when is_list(list), do: list
  defp children(_), do: []

  def path(ast, fun) when is_function(fun, 1), do: path([ast], [], fun)

  defp path([], _, _), do: nil

  defp path([ast | rest], above, fun) do
    if fun.(ast), do: [ast | above], else: path(children(ast), [ast | above], fun) || path(rest, above, fun)
  end

  def pipe(expression, call, position)

  def pipe(expression, {:&, _, _} = call, _) do
    raise ArgumentError,
          "cannot pipe #{to_string(expression)} into #{to_string(call)}, the :& operator can only take one argument, or use " <>
            "Kernel.then/2 instead"
  end

  def pipe(expression, {:fn, _, _}, _) do
    raise ArgumentError,
          "cannot pipe #{to_string(expression)} into an anonymous function without calling the function; use Kernel.then/2 " <>
            "instead or define the anonymous function as a regular private function"
  end

  def pipe(expression, {call, meta, atom}, position) when is_atom(atom), do: {call, meta, List.insert_at([], position, expression)}
  def pipe(expression, {call, meta, args}, position) when is_list(args), do: {call, meta, List.insert_at(args, position, expression)}

  def pipe(expression, other, _) do
    raise ArgumentError,
          "cannot pipe #{to_string(expression)} into #{to_string(other)}, can only pipe into local calls foo(), remote calls " <>
            "Foo.bar() or anonymous function calls foo.()"
  end

  def unpipe(expression), do: :lists.reverse(unpipe(expression, []))
  defp unpipe({:|>, _, [left, right]}, acc), do: unpipe(right, unpipe(left, acc))
  defp unpipe(other, acc), do: [{other, 0} | acc]

  def update_meta({form, meta, args}, fun) when is_list(meta), do: {form, fun.(meta), args}
  def update_meta(other, _), do: other

  def generate_arguments(0, context) when is_atom(context), do: []

  def generate_arguments(amount, context) when is_integer(amount) and amount > 0 and is_atom(context),
    do: for(n <- 1..amount, do: var(:"arg#{n}", context))

  def generate_unique_arguments(amount, context) when is_integer(amount) and amount >= 0 and is_atom(context),
    do: for(n <- 1..amount//1, do: unique_var(:"arg#{n}", context))

  def var(name, context) when is_atom(name) and is_atom(context), do: {name, [], context}
  def unique_var(name, context) when is_atom(name) and is_atom(context), do: {name, [counter: :erlang.unique_integer([:positive])], context}

  def decompose_call({:{}, _, args}) when is_list(args), do: :error
  def decompose_call({{:., _, [remote, function]}, _, args}) when is_tuple(remote) or is_atom(remote), do: {remote, function, args}
  def decompose_call({name, _, args}) when is_atom(name) and is_atom(args), do: {name, []}
  def decompose_call({name, _, args}) when is_atom(name) and is_list(args), do: {name, args}
  def decompose_call(_), do: :error

  def quoted_literal?({:__aliases__, _, args}), do: quoted_literal?(args)
  def quoted_literal?({:%, _, [left, right]}), do: quoted_literal?(left) and quoted_literal?(right)
  def quoted_literal?({:%{}, _, args}), do: quoted_literal?(args)
  def quoted_literal?({:{}, _, args}), do: quoted_literal?(args)
  def quoted_literal?({:__MODULE__, _, context}) when is_atom(context), do: true
  def quoted_literal?({left, right}), do: quoted_literal?(left) and quoted_literal?(right)
  def quoted_literal?(list) when is_list(list), do: Enum.all?(list, &quoted_literal?/1)
  def quoted_literal?(other), do: is_atom(other) or is_number(other) or is_binary(other)

  def validate(ast), do: problem(ast) || :ok

  defp problem({form, meta, args}) when is_list(meta) and (is_atom(args) or is_list(args)) do
    cond do
      is_atom(form) or is_tuple(form) -> (is_tuple(form) && problem(form)) || (is_list(args) && first_problem(args)) || nil
      true -> {:error, {form, meta, args}}
    end
  end

  defp problem({left, right}), do: problem(left) || problem(right)
  defp problem(list) when is_list(list), do: first_problem(list)
  defp problem(other) when is_atom(other) or is_number(other) or is_binary(other) or is_pid(other), do: nil
  defp problem(other) when is_function(other), do: if(:erlang.fun_info(other, :type) == {:type, :external}, do: nil, else: {:error, other})
  defp problem(other), do: {:error, other}

  defp first_problem(list), do: Enum.find_value(list, &problem/1)

  @special_forms [
    {:%, 2}, {:%{}, :any}, {:&, 1}, {:., 2}, {:"::", 2}, {:<<>>, :any}, {:=, 2}, {:^, 1}, {:__CALLER__, 0}, {:__DIR__, 0}, {:__ENV__, 0},
    {:__MODULE__, 0}, {:__STACKTRACE__, 0}, {:__aliases__, :any}, {:__block__, :any}, {:alias, 2}, {:case, 2}, {:cond, 1}, {:fn, :any},
    {:for, :any}, {:import, 2}, {:quote, 2}, {:receive, 1}, {:require, 2}, {:super, :any}, {:try, 1}, {:unquote, 1}, {:unquote_splicing, 1},
    {:with, :any}, {:{}, :any}
  ]

  def special_form?(name, arity) when is_atom(name) and is_integer(arity),
    do: Enum.any?(@special_forms, fn {form, n} -> form == name and (n == :any or n == arity) end)

  @unary [:@, :+, :-, :!, :^, :not, :~~~, :&]
  @binary [
    :., :**, :*, :/, :+, :-, :++, :--, :+++, :---, :.., :<>, :in, :|>, :<<<, :>>>, :<<~, :~>>, :<~, :~>, :<~>, :"<|>", :<, :>, :<=, :>=, :==, :!=,
    :=~, :===, :!==, :&&, :&&&, :and, :||, :|||, :or, :=, :|, :"::", :when, :<-, :\\, :"^^^", :"not in"
  ]

  def operator?(:"..//", 3), do: true
  def operator?(name, 2) when is_atom(name), do: name in @binary
  def operator?(name, 1) when is_atom(name), do: name in @unary
  def operator?(name, arity) when is_atom(name) and is_integer(arity), do: false

  def classify_atom(atom) when is_atom(atom) do
    text = Atom.to_string(atom)

    cond do
      match?("Elixir." <> _, text) and Regex.match?(~r/\AElixir(\.[A-Z][A-Za-z0-9_]*)*\z/, text) -> :alias
      Regex.match?(~r/\A[a-z_][A-Za-z0-9_]*[?!]?\z/u, text) -> :identifier
      Regex.match?(~r/\A[\p{Ll}_][\p{L}\p{N}_]*[?!]?\z/u, text) -> :identifier
      inspect(atom) == ":" <> text or atom in [true, false, nil] -> :unquoted
      true -> :quoted
    end
  end

  def camelize(string) when is_binary(string), do: camel(string, true)

  defp camel("", _), do: ""
  defp camel("_" <> rest, true), do: camel(rest, true)
  defp camel("/" <> rest, _), do: "." <> camel(rest, true)
  defp camel("_" <> rest, false), do: camel(rest, true)
  defp camel(<<c::utf8, rest::binary>>, true), do: String.upcase(<<c::utf8>>, :ascii) <> camel(rest, false)
  defp camel(<<c::utf8, rest::binary>>, false), do: <<c::utf8>> <> camel(rest, false)

  def underscore(atom) when is_atom(atom) do
    "Elixir." <> rest = Atom.to_string(atom)
    underscore(rest)
  end

  def underscore(""), do: ""
  def underscore(<<c, rest::binary>>), do: String.downcase(<<c>>, :ascii) <> under(rest, c)

  defp under(<<?., rest::binary>>, _), do: "/" <> underscore(rest)

  # a capital begins a word, unless it stands among capitals or digits
  defp under(<<c, next, rest::binary>>, _) when c in ?A..?Z and not (next in ?A..?Z or next == ?. or next == ?_),
    do: <<?_, c + 32, next>> <> under(rest, next)

  defp under(<<c, rest::binary>>, before) when c in ?A..?Z and not (before in ?A..?Z or before == ?_), do: <<?_, c + 32>> <> under(rest, c)
  defp under(<<c, rest::binary>>, _) when c in ?A..?Z, do: <<c + 32>> <> under(rest, c)
  defp under(<<?-, rest::binary>>, _), do: "_" <> under(rest, ?_)
  defp under(<<c, rest::binary>>, _), do: <<c>> <> under(rest, c)
  defp under("", _), do: ""

  def struct!(module, _env) when is_atom(module), do: module.__struct__()

  def expand_literal(ast, _env), do: ast

  def unescape_string(string), do: unescape_string(string, &unescape_map/1)

  def unescape_string(string, map) when is_binary(string) and is_function(map, 1), do: unescaped(string, map)

  defp unescaped("", _), do: ""

  defp unescaped(<<?\\, ?x, a, b, rest::binary>>, map) do
    if map.(:hex) == true, do: <<:erlang.list_to_integer([a, b], 16)>> <> unescaped(rest, map), else: <<?x>> <> unescaped(<<a, b, rest::binary>>, map)
  end

  defp unescaped(<<?\\, ?u, ?{, rest::binary>>, map) do
    [digits, rest] = String.split(rest, "}", parts: 2)
    <<:erlang.binary_to_integer(digits, 16)::utf8>> <> unescaped(rest, map)
  end

  defp unescaped(<<?\\, ?u, digits::binary-size(4), rest::binary>>, map), do: <<:erlang.binary_to_integer(digits, 16)::utf8>> <> unescaped(rest, map)
  defp unescaped(<<?\\, ?\n, rest::binary>>, map), do: if(map.(:newline) == true, do: unescaped(rest, map), else: "\n" <> unescaped(rest, map))

  defp unescaped(<<?\\, c, rest::binary>>, map) do
    case map.(c) do
      false -> <<?\\, c>> <> unescaped(rest, map)
      value -> <<value>> <> unescaped(rest, map)
    end
  end

  defp unescaped(<<c, rest::binary>>, map), do: <<c>> <> unescaped(rest, map)

  defp unescape_map(:newline), do: true
  defp unescape_map(:unicode), do: true
  defp unescape_map(:hex), do: true
  defp unescape_map(?0), do: 0
  defp unescape_map(?a), do: 7
  defp unescape_map(?b), do: 8
  defp unescape_map(?d), do: 127
  defp unescape_map(?e), do: 27
  defp unescape_map(?f), do: 12
  defp unescape_map(?n), do: 10
  defp unescape_map(?r), do: 13
  defp unescape_map(?s), do: 32
  defp unescape_map(?t), do: 9
  defp unescape_map(?v), do: 11
  defp unescape_map(c), do: c
end

defmodule Record do
  # Erlang's records: tuples that begin with their name.

  defmacro is_record(data), do: quote(do: is_tuple(unquote(data)) and tuple_size(unquote(data)) > 0 and is_atom(elem(unquote(data), 0)))

  defmacro is_record(data, kind) do
    quote(do: is_tuple(unquote(data)) and tuple_size(unquote(data)) > 0 and elem(unquote(data), 0) == unquote(kind))
  end

  defmacro defrecord(name, tag \\ nil, kv) do
    quote bind_quoted: [name: name, tag: tag, kv: kv] do
      tag = tag || name
      fields = Record.__fields__(kv)

      defmacro unquote(name)(args \\ []) do
        Record.__access__(unquote(tag), unquote(Macro.escape(fields)), args, __CALLER__)
      end

      defmacro unquote(name)(record, args) do
        Record.__access__(unquote(tag), unquote(Macro.escape(fields)), record, args, __CALLER__)
      end
    end
  end

  defmacro defrecordp(name, tag \\ nil, kv) do
    quote bind_quoted: [name: name, tag: tag, kv: kv] do
      tag = tag || name
      fields = Record.__fields__(kv)

      defmacrop unquote(name)(args \\ []) do
        Record.__access__(unquote(tag), unquote(Macro.escape(fields)), args, __CALLER__)
      end

      defmacrop unquote(name)(record, args) do
        Record.__access__(unquote(tag), unquote(Macro.escape(fields)), record, args, __CALLER__)
      end
    end
  end

  def __fields__(fields) do
    Enum.map(fields, fn
      {name, default} when is_atom(name) -> {name, Macro.escape(default)}
      name when is_atom(name) -> {name, nil}
      other -> raise ArgumentError, "record fields must be atoms, got: #{inspect(other)}"
    end)
  end

  # name(), name(a: 1), name(:a) the index
  def __access__(tag, fields, args, _caller) do
    cond do
      is_atom(args) -> index(tag, fields, args)
      Keyword.keyword?(args) -> created(tag, fields, args)
      true -> quote(do: Record.__keyword__(unquote(tag), unquote(Macro.escape(Keyword.keys(fields))), unquote(args)))
    end
  end

  # name(record, :a) reads, name(record, a: 1) changes
  def __access__(tag, fields, record, args, _caller) do
    cond do
      is_atom(args) -> quote(do: :erlang.element(unquote(index(tag, fields, args) + 1), unquote(record)))
      Keyword.keyword?(args) -> updated(tag, fields, record, args)
      true -> raise ArgumentError, "expected arguments to be a compile time atom or a keyword list, got: #{Macro.to_string(args)}"
    end
  end

  defp index(tag, fields, name) do
    case Enum.find_index(fields, fn {field, _} -> field == name end) do
      nil -> raise ArgumentError, "record #{inspect(tag)} does not have the key: #{inspect(name)}"
      at -> at + 1
    end
  end

  defp created(tag, fields, args) do
    {all, args} = Keyword.pop(args, :_)
    for {name, _} <- args, do: index(tag, fields, name)

    values =
      for {name, default} <- fields do
        case Keyword.fetch(args, name) do
          {:ok, value} -> value
          :error -> if all == nil, do: default, else: all
        end
      end

    {:{}, [], [tag | values]}
  end

  defp updated(tag, fields, record, args) do
    Enum.reduce(args, record, fn {name, value}, acc ->
      quote(do: :erlang.setelement(unquote(index(tag, fields, name) + 1), unquote(acc), unquote(value)))
    end)
  end

  def __keyword__(tag, names, record) when is_tuple(record) and elem(record, 0) == tag and tuple_size(record) == length(names) + 1 do
    Enum.zip(names, tl(Tuple.to_list(record)))
  end

  def __keyword__(tag, _, record),
    do: raise(ArgumentError, "expected argument to be a literal atom, literal keyword or a #{inspect(tag)} record, got runtime: #{inspect(record)}")

  def extract(name, options), do: raise(ArgumentError, "no record #{inspect(name)} found at #{inspect(options[:from_lib] || options[:from])}: Erlang's header files are not in the yard")
  def extract_all(options), do: raise(ArgumentError, "no records found at #{inspect(options[:from_lib] || options[:from])}: Erlang's header files are not in the yard")
end
