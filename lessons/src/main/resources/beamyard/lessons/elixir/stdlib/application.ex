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
              "could not fetch application environment #{inspect(key)} for application #{inspect(app)} because configuration at #{inspect(key)} was not set"
    end
  end

  def put_env(app, key, value, _options \\ []) when is_atom(app), do: :beamyard_env.put(app, key, value)
  def delete_env(app, key, _options \\ []) when is_atom(app), do: :beamyard_env.delete(app, key)
  def get_all_env(app) when is_atom(app), do: :beamyard_env.all(app)

  def put_all_env(config, opts \\ []) when is_list(config) and is_list(opts) do
    for {app, values} <- config, {key, value} <- values, do: put_env(app, key, value)
    :ok
  end

  def ensure_all_started(app, _type \\ :temporary) when is_atom(app) do
    if app in known(), do: {:ok, []}, else: {:error, {app, {'no such file or directory', '#{app}.app'}}}
  end

  def ensure_started(app, _type \\ :temporary) when is_atom(app) do
    if app in known(), do: :ok, else: {:error, {'no such file or directory', '#{app}.app'}}
  end

  def ensure_loaded(app) when is_atom(app), do: ensure_started(app)

  def start(app, _type \\ :temporary) when is_atom(app) do
    if app in known(), do: {:error, {:already_started, app}}, else: {:error, {'no such file or directory', '#{app}.app'}}
  end

  def started_applications(_timeout \\ 5000) do
    for app <- known(), do: {app, '#{app}', '#{if app in [:kernel, :stdlib], do: "8.5", else: "1.14.0"}'}
  end

  defp known(), do: [:iex, :logger, :elixir, :compiler, :stdlib, :kernel]
end
