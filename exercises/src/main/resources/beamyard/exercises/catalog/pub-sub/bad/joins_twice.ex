defmodule Topics do
  def subscribe(topic) do
    :pg.join(topic, self())
  end

  def unsubscribe(topic) do
    :pg.leave(topic, self())
    :ok
  end

  def publish(topic, message) do
    members = :pg.get_members(topic)
    Enum.each(members, &send(&1, {topic, message}))
    length(members)
  end
end
