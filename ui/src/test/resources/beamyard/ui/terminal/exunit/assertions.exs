ExUnit.start(seed: 0)
defmodule MathTest do
  use ExUnit.Case, async: true
  test "adds" do
    assert 1 + 1 == 3
  end
  test "raises" do
    x = String.to_integer("abc")
    assert x
  end
  test "match" do
    assert {:ok, x} = {:error, 1}
    x
  end
  test "fine" do
    assert true
  end
  test "refute" do
    refute is_nil(nil)
  end
  test "exit" do
    exit(:boom)
  end
  test "throw" do
    throw(:ball)
  end
  test "message" do
    assert false, "my own message"
  end
  test "flunk" do
    flunk("no way")
  end
  test "in" do
    assert 4 in [1, 2, 3]
  end
  test "call" do
    list = [1, 2]
    assert Enum.member?(list, 3)
  end
  test "strings" do
    assert "hello world" == "hello there"
  end
  test "maps" do
    assert %{a: 1, b: [1, 2, 3]} == %{a: 2, b: [1, 3], c: 1}
  end
  test "receive" do
    send(self(), {:hello, 1})
    assert_receive {:bye, _}, 10
  end
  test "raise form" do
    assert_raise ArgumentError, fn -> raise "runtime" end
  end
  test "raise message" do
    assert_raise RuntimeError, "other", fn -> raise "runtime" end
  end
  test "nothing raised" do
    assert_raise RuntimeError, fn -> :ok end
  end
  test "delta" do
    assert_in_delta 1.0, 2.0, 0.5
  end
end
