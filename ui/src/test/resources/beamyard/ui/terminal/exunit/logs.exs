ExUnit.start(seed: 0)
defmodule LogTest do
  use ExUnit.Case
  import ExUnit.CaptureLog
  import ExUnit.CaptureIO
  require Logger
  test "captures" do
    log = capture_log(fn -> Logger.error("bad thing") end)
    assert log =~ "bad thing"
    assert log =~ "[error]"
  end
  test "level" do
    assert capture_log([level: :warning], fn -> Logger.info("hidden"); Logger.warning("shown") end) =~ "shown"
    refute capture_log([level: :error], fn -> Logger.info("hidden") end) =~ "hidden"
  end
  test "with_log" do
    {result, log} = with_log(fn -> Logger.info("x"); :done end)
    assert result == :done
    assert log =~ "x"
  end
  @tag :capture_log
  test "tagged passes" do
    Logger.error("nobody sees")
  end
  @tag :capture_log
  test "tagged fails" do
    Logger.error("shown on failure")
    assert 1 == 2
  end
  test "io" do
    assert capture_io(fn -> IO.puts("a") end) == "a\n"
    assert capture_io("name\n", fn -> IO.gets("> ") |> IO.write() end) == "> name\n"
  end
end
