ExUnit.start(seed: 0, exclude: [:slow], trace: false)
defmodule ATest do
  use ExUnit.Case, async: true
  @moduletag :fast
  @tag :slow
  test "slow", do: flunk("never run")
  test "with context", context do
    assert Map.has_key?(context, :fast)
  end
  test "error in helper" do
    helper(Map.new(a: 1))
  end
  defp helper(map), do: map.b
end
defmodule BTest do
  use ExUnit.Case
  setup_all do
    raise "setup_all failed"
  end
  test "one", do: :ok
  test "two", do: :ok
end
defmodule CTest do
  use ExUnit.Case
  setup do
    raise ArgumentError
  end
  test "one", do: :ok
end
defmodule DTest do
  use ExUnit.Case
  test "on_exit fails" do
    on_exit(fn -> raise "in on_exit" end)
  end
  test "long line" do
    some_quite_long_name = %{first: "a value that is long", second: "another value that is long"}
    assert some_quite_long_name == %{first: "a value that is long", second: "another value that is longer"}
  end
  test "pinned" do
    x = 1
    assert {:ok, ^x} = {:ok, 2}
  end
  test "match?" do
    assert match?({:ok, _}, :error)
  end
  test "compare" do
    assert length([1]) > 2
  end
  test "bang" do
    assert !true
  end
  test "nil" do
    assert Map.get(%{}, :a)
  end
end
