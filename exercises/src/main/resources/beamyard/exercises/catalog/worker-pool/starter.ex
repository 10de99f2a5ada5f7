defmodule Pool do
  def start_worker do
    {:error, :not_yet}
  end

  def run(_module, _function, _arguments) do
    {:error, :no_workers}
  end
end
