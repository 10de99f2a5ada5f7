defmodule Topics do
  def subscribe(topic) do
    unless self() in :pg.get_local_members(topic), do: :pg.join(topic, self())
    :ok
  end

  def unsubscribe(topic) do
    :pg.leave(topic, self())
    :ok
  end

  def publish(topic, message) do
    members = :pg.get_local_members(topic)
    Enum.each(members, &send(&1, {topic, message}))
    length(members)
  end
end
