# A value is computed at most once and kept in a table: who finds none computes it. Two may find none.
defmodule Cache do
  def value do
    case :ets.lookup(:cache, :value) do
      [{:value, value}] ->
        value

      [] ->
        :ets.update_counter(:cache, :computed, 1)
        :ets.insert(:cache, {:value, 42})
        42
    end
  end
end

:ets.new(:cache, [:named_table, :public])
:ets.insert(:cache, {:computed, 0})
Sandbox.always("it is computed once at most", fn -> :ets.lookup_element(:cache, :computed, 2) <= 1 end)
Sandbox.sometimes("it is computed", fn -> :ets.member(:cache, :value) end)
for _ <- 1..2, do: spawn(Cache, :value, [])
Process.sleep(10)
