defmodule Topics do
  def subscribe(topic), do: :pg.join(topic, self())

  def unsubscribe(topic) do
    case :pg.leave(topic, self()) do
      :ok -> unsubscribe(topic)
      :not_joined -> :ok
    end
  end

  def publish(topic, message) do
    members = topic |> :pg.get_members() |> Enum.uniq()
    for member <- members, do: send(member, {topic, message})
    length(members)
  end
end
