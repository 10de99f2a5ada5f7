defmodule Application do
  # Configuration of a node, and applications as far as the yard has them.

  defmacro __using__(_options) do
    quote location: :keep do
      @behaviour Application

      def stop(_state), do: :ok

      defoverridable stop: 1
    end
  end

  def get_env(app, key, default \\ nil) when is_atom(app) do
    case :beamyard_env.fetch(app, key) do
      {:ok, value} -> value
      :error -> default
    end
  end

  def fetch_env(app, key) when is_atom(app), do: :beamyard_env.fetch(app, key)

  def fetch_env!(app, key) when is_atom(app) do
    case fetch_env(app, key) do
      {:ok, value} ->
        value

      :error ->
        raise ArgumentError,
              "could not fetch application environment #{inspect(key)} for application #{inspect(app)} because #{why(app, key)}"
    end
  end

  defp why(app, key) do
    if app in started() or :application_master.loaded(app) != nil do
      "configuration at #{inspect(key)} was not set"
    else
      "the application was not loaded nor configured"
    end
  end

  def put_env(app, key, value, _options \\ []) when is_atom(app), do: :beamyard_env.put(app, key, value)
  def delete_env(app, key, _options \\ []) when is_atom(app), do: :beamyard_env.delete(app, key)
  def get_all_env(app) when is_atom(app), do: :beamyard_env.all(app)

  def put_all_env(config, opts \\ []) when is_list(config) and is_list(opts) do
    for {app, values} <- config, {key, value} <- values, do: put_env(app, key, value)
    :ok
  end

  @versions [
    iex: '1.14.0',
    logger: '1.14.0',
    elixir: '1.14.0',
    compiler: '8.2.3',
    stdlib: '4.2',
    kernel: '8.5.3',
    crypto: '5.1.2',
    asn1: '5.0.21',
    public_key: '1.13.2',
    ssl: '10.8.7',
    inets: '8.2.2',
    runtime_tools: '1.19',
    sasl: '4.2',
    ex_unit: '1.14.0',
    mix: '1.14.0',
    eex: '1.14.0'
  ]
  @booted [:iex, :logger, :elixir, :compiler, :stdlib, :kernel]
  @depends [ssl: [:crypto, :asn1, :public_key], public_key: [:crypto, :asn1]]

  defp started(), do: :persistent_term.get({Application, :started}, []) ++ @booted
  defp exists?(app), do: Keyword.has_key?(@versions, app) or :application_master.loaded(app) != nil
  defp no_file(app), do: {'no such file or directory', '#{app}.app'}

  def __known__(), do: Keyword.keys(@versions)

  def ensure_all_started(app, type \\ :temporary) when is_atom(app) do
    if exists?(app) do
      missing = Enum.reject(depends(app) ++ [app], &(&1 in started()))

      Enum.reduce_while(missing, {:ok, []}, fn app, {:ok, done} ->
        case start(app, type) do
          :ok -> {:cont, {:ok, done ++ [app]}}
          {:error, reason} -> {:halt, {:error, {app, reason}}}
        end
      end)
    else
      {:error, {app, no_file(app)}}
    end
  end

  defp depends(app) do
    case :application_master.loaded(app) do
      nil -> Keyword.get(@depends, app, [])
      spec -> Keyword.get(spec, :applications, [])
    end
  end

  def __mark__(app), do: mark(app)
  def __unmark__(app), do: :persistent_term.put({Application, :started}, List.delete(:persistent_term.get({Application, :started}, []), app))
  defp mark(app), do: :persistent_term.put({Application, :started}, [app | :persistent_term.get({Application, :started}, [])])

  def ensure_started(app, type \\ :temporary) when is_atom(app) do
    case start(app, type) do
      {:error, {:already_started, _}} -> :ok
      other -> other
    end
  end

  def ensure_loaded(app) when is_atom(app), do: if(exists?(app), do: :ok, else: {:error, no_file(app)})

  def start(app, type \\ :temporary) when is_atom(app) do
    cond do
      app in started() ->
        {:error, {:already_started, app}}

      not exists?(app) ->
        {:error, no_file(app)}

      missing = Enum.find(depends(app), &(&1 not in started())) ->
        {:error, {:not_started, missing}}

      :application_master.loaded(app) ->
        :application_master.start(app, type)

      true ->
        mark(app)
        :ok
    end
  end

  def stop(app) when is_atom(app) do
    more = :persistent_term.get({Application, :started}, [])

    cond do
      app in more and :application_master.loaded(app) != nil ->
        :application_master.stop(app)

      app in more ->
        :persistent_term.put({Application, :started}, List.delete(more, app))
        :ok

      app in @booted ->
        {:error, :not_supported}

      true ->
        {:error, {:not_started, app}}
    end
  end

  def load(app) when is_atom(app) do
    cond do
      app in started() or :application_master.loaded(app) != nil -> {:error, {:already_loaded, app}}
      exists?(app) -> :ok
      true -> {:error, no_file(app)}
    end
  end

  def unload(app) when is_atom(app) do
    cond do
      app in started() -> {:error, {:running, app}}
      :application_master.loaded(app) != nil -> :application_master.unload(app)
      true -> {:error, {:not_loaded, app}}
    end
  end

  def started_applications(_timeout \\ 5000), do: for(app <- started(), do: described(app))
  def loaded_applications(), do: for(app <- Enum.uniq(:application_master.all_loaded() ++ started()), do: described(app))

  defp described(app) do
    case :application_master.loaded(app) do
      nil -> {app, description(app), @versions[app]}
      spec -> {app, Keyword.get(spec, :description, []), Keyword.get(spec, :vsn, [])}
    end
  end

  defp description(app) when app in [:iex, :logger, :elixir, :ex_unit, :mix, :eex], do: Atom.to_charlist(app)
  defp description(_), do: 'ERTS  CXC 138 10'

  @keys [
    description: [],
    id: [],
    vsn: [],
    modules: [],
    maxP: :infinity,
    maxT: :infinity,
    registered: [],
    included_applications: [],
    optional_applications: [],
    applications: [],
    mod: [],
    start_phases: :undefined
  ]

  def spec(app) when is_atom(app) do
    case :application_master.loaded(app) do
      nil -> own_spec(app)
      spec -> for {key, default} <- @keys, do: {key, Keyword.get(spec, key, default)}
    end
  end

  defp own_spec(app) do
    if app in started() do
      [
        description: description(app),
        id: [],
        vsn: @versions[app],
        modules: [],
        maxP: :infinity,
        maxT: :infinity,
        registered: [],
        included_applications: [],
        optional_applications: [],
        applications: if(app == :kernel, do: [], else: [:kernel, :stdlib] -- [app]),
        mod: [],
        start_phases: :undefined
      ]
    end
  end

  def spec(app, key) when is_atom(app), do: app |> spec() |> Access.get(key)

  def get_application(module) when is_atom(module) do
    Enum.find(:application_master.all_loaded(), &(module in Keyword.get(:application_master.loaded(&1), :modules, []))) ||
      own_application(module)
  end

  defp own_application(module) do
    case :beamyard.module_application(module) do
      {name, _} when is_atom(name) -> name
      {name, _} when is_binary(name) -> String.to_atom(name)
      _ -> if :beamyard.real_module(module), do: if(match?("Elixir." <> _, Atom.to_string(module)), do: :elixir, else: :stdlib)
    end
  end

  defmacro compile_env(app, key_or_path, default \\ nil) do
    quote(do: Application.compile_env(__ENV__, unquote(app), unquote(key_or_path), unquote(default)))
  end

  defmacro compile_env!(app, key_or_path) do
    quote(do: Application.compile_env!(__ENV__, unquote(app), unquote(key_or_path)))
  end

  def compile_env(_env, app, key_or_path, default) do
    case path(app, key_or_path) do
      {:ok, value} -> value
      :error -> default
    end
  end

  def compile_env!(_env, app, key_or_path) do
    case path(app, key_or_path) do
      {:ok, value} ->
        value

      :error ->
        raise ArgumentError,
              "could not fetch application environment #{inspect(key_or_path)} for application #{inspect(app)} because " <>
                "configuration at #{inspect(key_or_path |> List.wrap() |> hd())} was not set"
    end
  end

  defp path(app, [key | path]) do
    with {:ok, value} <- fetch_env(app, key) do
      Enum.reduce_while(path, {:ok, value}, fn key, {:ok, value} ->
        case Access.fetch(value, key) do
          {:ok, value} -> {:cont, {:ok, value}}
          :error -> {:halt, :error}
        end
      end)
    end
  end

  defp path(app, key), do: fetch_env(app, key)

  def app_dir(app) when is_atom(app) do
    if exists?(app), do: "/usr/lib/elixir/lib/#{app}", else: raise(ArgumentError, "unknown application: #{inspect(app)}")
  end

  def app_dir(app, path) when is_atom(app) and is_binary(path), do: Path.join(app_dir(app), path)
  def app_dir(app, path) when is_atom(app) and is_list(path), do: Path.join([app_dir(app) | path])

  def format_error(reason) do
    case reason do
      {:already_started, app} when is_atom(app) -> "already started application #{app}"
      {:not_started, app} when is_atom(app) -> "not started application #{app}"
      {:bad_application, app} -> "bad application: #{inspect(app)}"
      {:already_loaded, app} when is_atom(app) -> "already loaded application #{app}"
      {:not_loaded, app} when is_atom(app) -> "not loaded application #{app}"
      {:running, app} when is_atom(app) -> "running application #{app}"
      {text, file} when is_list(text) -> "#{text}: #{file}"
      {:bad_return, {{module, :start, args}, {:EXIT, reason}}} -> Exception.format_exit({reason, {module, :start, args}})
      {:bad_return, {{module, :start, args}, value}} -> Exception.format_mfa(module, :start, args) <> " returned a bad value: " <> inspect(value)
      {reason, {module, :start, args}} -> Exception.format_mfa(module, :start, args) <> " returned an error: " <> explained(reason)
      other -> Exception.format_exit(other)
    end
  end

  defp explained({:EXIT, reason}), do: Exception.format_exit(reason)
  defp explained(reason), do: Exception.format_exit(reason)
end
