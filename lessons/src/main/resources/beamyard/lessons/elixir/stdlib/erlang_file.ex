# Open files of the simulated host; what takes only a path is written in Java.
defmodule :file do
  alias Beamyard.Device

  def open(path, modes) when is_list(modes) do
    path = :beamyard.absolute_path(path)
    writes = Enum.any?(modes, &(&1 in [:write, :append, :exclusive]))
    reads = :read in modes or not writes
    kind = :beamyard.file_kind(path)

    cond do
      kind == :directory -> {:error, :eisdir}
      :exclusive in modes and kind == :regular -> {:error, :eexist}
      not writes and kind == :missing -> {:error, :enoent}
      true -> opened(path, kind, modes, reads, writes)
    end
  end

  defp opened(path, kind, modes, reads, writes) do
    truncates = writes and not reads and :append not in modes

    made = if kind == :missing or truncates, do: :file.write_file(path, ""), else: :ok

    with :ok <- made, {:ok, content} <- :file.read_file(path) do
      encoding = if {:encoding, :utf8} in modes or {:encoding, :unicode} in modes, do: :unicode, else: :latin1

      {:ok,
       Device.start(%Device{
         kind: :file,
         owner: self(),
         path: path,
         content: content,
         reads: reads,
         writes: writes,
         appends: :append in modes,
         encoding: encoding,
         binary: :binary in modes
       })}
    end
  end

  def close(device) when is_pid(device) do
    ask(device, :close)
    :ok
  end

  def close(_), do: {:error, :badarg}

  def position(device, at), do: ask(device, {:position, at})
  def truncate(device), do: ask(device, :truncate)
  def sync(device), do: ask(device, :sync)
  def datasync(device), do: ask(device, :datasync)
  def pwrite(device, at, bytes), do: ask(device, {:pwrite, at, bytes})

  def pread(device, at, count), do: device |> ask({:pread, at, count}) |> as_opened(device)

  defp ask(device, question) do
    case Device.ask(device, :file_request, :file_reply, question) do
      {:ok, answer} -> answer
      :terminated -> {:error, :terminated}
    end
  end

  def write(device, bytes) do
    case IO.request(device, {:put_chars, :latin1, bytes}) do
      :ok -> :ok
      other -> other
    end
  rescue
    error in ErlangError -> {:error, error.original}
  end

  def read(device, count), do: device |> IO.binread(count) |> answered() |> as_opened(device)
  def read_line(device), do: device |> IO.binread(:line) |> answered() |> as_opened(device)

  defp answered(data) when is_binary(data), do: {:ok, data}
  defp answered(other), do: other

  defp as_opened({:ok, data}, device), do: {:ok, if(ask(device, :binary?), do: data, else: :erlang.binary_to_list(data))}
  defp as_opened(other, _), do: other

  def write_file(path, bytes, modes), do: File.write(path, bytes, modes)
  def copy(from, to), do: File.copy(from, to)
  def copy(from, to, bytes), do: File.copy(from, to, bytes)
  def get_cwd(_), do: :file.get_cwd()
  def del_dir_r(path), do: with({:ok, _} <- File.rm_rf(path), do: :ok)
  def list_dir_all(path), do: :file.list_dir(path)
  def read_file_info(path), do: with({:ok, stat} <- File.stat(path), do: {:ok, File.Stat.to_record(stat)})
  def read_file_info(path, _), do: read_file_info(path)
  def read_link_info(path), do: read_file_info(path)
  def read_link_info(path, _), do: read_file_info(path)
  def read_link(path), do: File.read_link(path)
  def make_link(existing, new), do: File.ln(existing, new)
  def make_symlink(existing, new), do: File.ln_s(existing, new)
  def change_mode(path, mode), do: File.chmod(path, mode)
  def native_name_encoding(), do: :utf8

  def consult(path) do
    with {:ok, text} <- :file.read_file(path) do
      case Beamyard.ErlangReader.terms(text) do
        {:ok, terms} -> {:ok, terms}
        :error -> {:error, {1, :erl_parse, 'bad term'}}
      end
    end
  end
end
