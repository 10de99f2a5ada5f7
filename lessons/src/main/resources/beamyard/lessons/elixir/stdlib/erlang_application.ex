# OTP's module for the configuration of applications, over the same values as Elixir's.
defmodule :application do
  def get_env(app, key) when is_atom(app) do
    case Application.fetch_env(app, key) do
      {:ok, value} -> {:ok, value}
      :error -> :undefined
    end
  end

  def get_env(app, key, default) when is_atom(app), do: Application.get_env(app, key, default)
  def get_all_env(app) when is_atom(app), do: Application.get_all_env(app)
  def set_env(app, key, value) when is_atom(app), do: Application.put_env(app, key, value)
  def set_env(app, key, value, _options) when is_atom(app), do: Application.put_env(app, key, value)
  def unset_env(app, key) when is_atom(app), do: Application.delete_env(app, key)
  def unset_env(app, key, _options) when is_atom(app), do: Application.delete_env(app, key)
  def ensure_all_started(app), do: Application.ensure_all_started(app)
  def ensure_started(app), do: Application.ensure_started(app)
  def start(app), do: Application.start(app)
  def start(app, _type), do: Application.start(app)
  def which_applications(), do: Application.started_applications()
end
