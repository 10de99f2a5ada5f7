defmodule Time do
  @enforce_keys [:hour, :minute, :second]
  defstruct [:hour, :minute, :second, microsecond: {0, 0}, calendar: Calendar.ISO]

  @micros_per_day 86_400_000_000

  def utc_now(calendar \\ Calendar.ISO) do
    {:ok, _, {h, m, s}, micro} = Calendar.ISO.from_unix(System.os_time(), :native)
    %Time{hour: h, minute: m, second: s, microsecond: micro, calendar: calendar}
  end

  def new(hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def new(hour, minute, second, microsecond, calendar) when is_integer(microsecond),
    do: new(hour, minute, second, {microsecond, 6}, calendar)

  def new(hour, minute, second, {micro, precision}, calendar)
      when is_integer(hour) and is_integer(minute) and is_integer(second) and is_integer(micro) and is_integer(precision) do
    if calendar.valid_time?(hour, minute, second, {micro, precision}),
      do: {:ok, %Time{hour: hour, minute: minute, second: second, microsecond: {micro, precision}, calendar: calendar}},
      else: {:error, :invalid_time}
  end

  def new!(hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case new(hour, minute, second, microsecond, calendar) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot build time, reason: #{inspect(reason)}"
    end
  end

  def to_string(%{hour: h, minute: m, second: s, microsecond: micro, calendar: calendar}), do: calendar.time_to_string(h, m, s, micro)

  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, {h, m, s, micro}} <- Calendar.ISO.parse_time(string),
         do: {:ok, %Time{hour: h, minute: m, second: s, microsecond: micro, calendar: calendar}}
  end

  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot parse #{inspect(string)} as time, reason: #{inspect(reason)}"
    end
  end

  def to_iso8601(time, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = time, format) when format in [:extended, :basic] do
    %{hour: h, minute: m, second: s, microsecond: micro} = time
    Calendar.ISO.time_to_string(h, m, s, micro, format)
  end

  def to_erl(time) do
    %{hour: h, minute: m, second: s} = convert!(time, Calendar.ISO)
    {h, m, s}
  end

  def from_erl(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)
  def from_erl({h, m, s}, microsecond, calendar), do: new(h, m, s, microsecond, calendar)

  def from_erl!(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case from_erl(tuple, microsecond, calendar) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(tuple)} to time, reason: #{inspect(reason)}"
    end
  end

  def from_seconds_after_midnight(seconds, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) when is_integer(seconds) do
    of_day = Integer.mod(seconds, 86_400)

    %Time{
      hour: div(of_day, 3600),
      minute: rem(div(of_day, 60), 60),
      second: rem(of_day, 60),
      microsecond: microsecond,
      calendar: calendar
    }
  end

  def to_seconds_after_midnight(%{microsecond: {micro, _}} = time), do: {div(micros(time), 1_000_000), micro}

  defp micros(%{hour: h, minute: m, second: s, microsecond: {u, _}}), do: ((h * 60 + m) * 60 + s) * 1_000_000 + u

  def add(time, amount, unit \\ :second)
  def add(time, amount, :hour) when is_integer(amount), do: add(time, amount * 3600, :second)
  def add(time, amount, :minute) when is_integer(amount), do: add(time, amount * 60, :second)

  def add(%{calendar: calendar, microsecond: {_, precision}} = time, amount, unit) when is_integer(amount) do
    if unit == :day, do: raise_unit(unit)
    moved = Integer.mod(micros(time) + System.convert_time_unit(amount, unit, :microsecond), @micros_per_day)
    {h, m, s, {micro, _}} = Calendar.ISO.time_from_day_fraction({moved, @micros_per_day})
    %Time{hour: h, minute: m, second: s, microsecond: {micro, precision}, calendar: calendar}
  end

  defp raise_unit(unit), do: System.convert_time_unit(0, unit, :microsecond)

  def compare(%{calendar: _} = a, %{calendar: _} = b) do
    {x, y} = {micros(a), micros(b)}

    cond do
      x > y -> :gt
      x < y -> :lt
      true -> :eq
    end
  end

  def convert(%{calendar: calendar, hour: h, minute: m, second: s, microsecond: micro}, calendar),
    do: {:ok, %Time{calendar: calendar, hour: h, minute: m, second: s, microsecond: micro}}

  def convert(%{microsecond: {_, _}}, _), do: {:error, :incompatible_calendars}

  def convert!(time, calendar) do
    case convert(time, calendar) do
      {:ok, converted} -> converted
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(time)} to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end

  def diff(a, b, unit \\ :second)
  def diff(a, b, :hour), do: div(diff(a, b, :second), 3600)
  def diff(a, b, :minute), do: div(diff(a, b, :second), 60)

  def diff(%{calendar: _, hour: _} = a, %{calendar: _, hour: _} = b, unit),
    do: System.convert_time_unit(micros(a), :microsecond, unit) - System.convert_time_unit(micros(b), :microsecond, unit)

  def truncate(%Time{microsecond: microsecond} = time, precision), do: %{time | microsecond: Calendar.truncate(microsecond, precision)}
end
