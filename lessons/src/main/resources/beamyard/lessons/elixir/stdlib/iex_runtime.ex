defmodule IEx.Runtime do
  # What runtime_info shows. A node of the yard has the figures of its virtual machine: memory that its processes, tables and
  # atoms take, virtual time since it started, its own counts and limits.

  @topics [:system, :memory, :limits, :applications]

  def print(topics) do
    Enum.each(topics, &topic/1)
    IO.puts("")
    line("Showing topics:", inspect(topics))
    line("Additional topics:", inspect(@topics -- topics))
    IO.puts("\nTo view a specific topic call runtime_info(topic)\n")
  end

  defp topic(:system) do
    title("System and architecture")
    line("Elixir version:", System.version())
    line("Erlang/OTP version:", System.otp_release())
    line("ERTS version:", :erlang.system_info(:version))
    line("Compiled for:", :erlang.system_info(:system_architecture))
    line("Schedulers:", :erlang.system_info(:schedulers))
    line("Schedulers online:", :erlang.system_info(:schedulers_online))
  end

  defp topic(:memory) do
    title("Memory")
    for {subject, kind} <- [Total: :total, Atoms: :atom, Binaries: :binary, Code: :code, ETS: :ets, Processes: :processes] do
      line("#{subject}:", size(:erlang.memory(kind)))
    end
  end

  defp topic(:limits) do
    title("Statistics / limits")
    line("Uptime:", uptime(:erlang.statistics(:wall_clock) |> elem(0)))
    line("Run queue:", :erlang.statistics(:total_run_queue_lengths))

    for {subject, kind} <- [Atoms: :atom, ETS: :ets, Ports: :port, Processes: :process] do
      limit = :erlang.system_info(:"#{kind}_limit")
      count = if kind == :ets, do: length(:ets.all()), else: :erlang.system_info(:"#{kind}_count")
      line("#{subject}:", "#{count} / #{limit} (#{div(count * 100, limit)}% used)")
    end
  end

  defp topic(:applications) do
    title("Loaded OTP Applications")
    started = Application.started_applications()

    for {name, _, version} <- Enum.sort(Application.loaded_applications()) do
      mark = if List.keymember?(started, name, 0), do: "(started)", else: ""
      IO.puts("#{String.pad_trailing("#{name}:", 20)}#{String.pad_trailing(to_string(version), 20)}#{mark}")
    end
  end

  defp title(text), do: IO.puts("\n## #{text} \n")
  defp line(subject, value), do: IO.puts("#{String.pad_trailing(subject, 20)}#{value}")

  defp size(bytes) when bytes >= 1_073_741_824, do: "#{div(bytes, 1_073_741_824)} GB"
  defp size(bytes) when bytes >= 1_048_576, do: "#{div(bytes, 1_048_576)} MB"
  defp size(bytes) when bytes >= 1024, do: "#{div(bytes, 1024)} KB"
  defp size(bytes), do: "#{bytes} B"

  defp uptime(milliseconds) do
    seconds = div(milliseconds, 1000)
    parts = [days: div(seconds, 86_400), hours: seconds |> div(3600) |> rem(24), minutes: seconds |> div(60) |> rem(60), seconds: rem(seconds, 60)]

    case Enum.drop_while(parts, fn {unit, n} -> n == 0 and unit != :seconds end) do
      shown -> Enum.map_join(shown, " and ", fn {unit, n} -> "#{n} #{unit}" end)
    end
  end
end
