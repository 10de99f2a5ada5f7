defmodule Topics do
  def subscribe(topic) do
    if self() in :pg.get_local_members(topic), do: :ok, else: :pg.join(topic, self())
  end

  def unsubscribe(topic), do: :pg.leave(topic, self())

  def publish(topic, message) do
    members = :pg.get_members(topic)
    Enum.each(members, &send(&1, {topic, message}))
    length(members)
  end
end
