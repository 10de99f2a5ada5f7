defmodule NaiveDateTime do
  alias Calendar.ISO

  @enforce_keys [:year, :month, :day, :hour, :minute, :second]
  defstruct [:year, :month, :day, :hour, :minute, :second, microsecond: {0, 0}, calendar: Calendar.ISO]

  def utc_now(calendar \\ Calendar.ISO), do: %{DateTime.to_naive(DateTime.utc_now()) | calendar: calendar}
  def local_now(calendar \\ Calendar.ISO), do: %{truncate(utc_now(), :second) | calendar: calendar}

  def new(%Date{calendar: calendar} = date, %Time{calendar: calendar} = time), do: {:ok, joined(date, time)}

  def new(year, month, day, hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def new(year, month, day, hour, minute, second, microsecond, calendar) when is_integer(microsecond),
    do: new(year, month, day, hour, minute, second, {microsecond, 6}, calendar)

  def new(year, month, day, hour, minute, second, microsecond, calendar) do
    cond do
      not calendar.valid_date?(year, month, day) ->
        {:error, :invalid_date}

      not calendar.valid_time?(hour, minute, second, microsecond) ->
        {:error, :invalid_time}

      true ->
        {:ok, of({year, month, day, hour, minute, second, microsecond}, calendar)}
    end
  end

  defp of({year, month, day, hour, minute, second, microsecond}, calendar) do
    %NaiveDateTime{
      year: year,
      month: month,
      day: day,
      hour: hour,
      minute: minute,
      second: second,
      microsecond: microsecond,
      calendar: calendar
    }
  end

  def new!(%Date{calendar: calendar} = date, %Time{calendar: calendar} = time), do: joined(date, time)

  def new!(year, month, day, hour, minute, second, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case new(year, month, day, hour, minute, second, microsecond, calendar) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot build naive datetime, reason: #{inspect(reason)}"
    end
  end

  defp joined(date, time),
    do: of({date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond}, date.calendar)

  def add(naive_datetime, amount, unit \\ :second)
  def add(naive_datetime, amount, :day) when is_integer(amount), do: add(naive_datetime, amount * 86_400, :second)
  def add(naive_datetime, amount, :hour) when is_integer(amount), do: add(naive_datetime, amount * 3600, :second)
  def add(naive_datetime, amount, :minute) when is_integer(amount), do: add(naive_datetime, amount * 60, :second)

  def add(%{microsecond: {_, precision}, calendar: calendar} = naive_datetime, amount, unit) when is_integer(amount) do
    moved = ISO.to_micros(to_iso_days(naive_datetime)) + System.convert_time_unit(amount, unit, :microsecond)
    from_iso_days(ISO.from_micros(moved), calendar, precision)
  end

  # Moments as the calendar counts them.
  def to_iso_days(%{year: y, month: m, day: d, hour: h, minute: min, second: s, microsecond: micro}),
    do: ISO.naive_datetime_to_iso_days(y, m, d, h, min, s, micro)

  def from_iso_days(iso_days, calendar, precision) do
    {y, m, d, h, min, s, {micro, _}} = ISO.naive_datetime_from_iso_days(iso_days)
    of({y, m, d, h, min, s, {micro, precision}}, calendar)
  end

  def diff(a, b, unit \\ :second)
  def diff(a, b, :day), do: div(diff(a, b, :second), 86_400)
  def diff(a, b, :hour), do: div(diff(a, b, :second), 3600)
  def diff(a, b, :minute), do: div(diff(a, b, :second), 60)

  def diff(%{calendar: _} = a, %{calendar: _} = b, unit),
    do: ISO.iso_days_to_unit(to_iso_days(a), unit) - ISO.iso_days_to_unit(to_iso_days(b), unit)

  def truncate(%NaiveDateTime{microsecond: microsecond} = value, precision),
    do: %{value | microsecond: Calendar.truncate(microsecond, precision)}

  def truncate(%{calendar: calendar, year: y, month: m, day: d, hour: h, minute: min, second: s, microsecond: micro}, precision),
    do: of({y, m, d, h, min, s, Calendar.truncate(micro, precision)}, calendar)

  def to_date(%{year: y, month: m, day: d, calendar: calendar, hour: _, minute: _, second: _, microsecond: _}),
    do: %Date{year: y, month: m, day: d, calendar: calendar}

  def to_time(%{year: _, month: _, day: _, calendar: calendar, hour: h, minute: m, second: s, microsecond: micro}),
    do: %Time{hour: h, minute: m, second: s, microsecond: micro, calendar: calendar}

  def to_string(%{calendar: calendar} = naive_datetime) do
    %{year: y, month: m, day: d, hour: h, minute: min, second: s, microsecond: micro} = naive_datetime
    calendar.naive_datetime_to_string(y, m, d, h, min, s, micro)
  end

  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, moment} <- ISO.parse_naive_datetime(string), do: {:ok, of(moment, calendar)}
  end

  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot parse #{inspect(string)} as naive datetime, reason: #{inspect(reason)}"
    end
  end

  def to_iso8601(naive_datetime, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = naive_datetime, format) when format in [:basic, :extended] do
    %{year: y, month: m, day: d, hour: h, minute: min, second: s, microsecond: micro} = naive_datetime
    ISO.date_to_string(y, m, d, format) <> "T" <> ISO.time_to_string(h, min, s, micro, format)
  end

  def to_erl(%{calendar: _} = naive_datetime) do
    %{year: y, month: m, day: d, hour: h, minute: min, second: s} = convert!(naive_datetime, Calendar.ISO)
    {{y, m, d}, {h, min, s}}
  end

  def from_erl(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)
  def from_erl({{y, m, d}, {h, min, s}}, microsecond, calendar), do: new(y, m, d, h, min, s, microsecond, calendar)

  def from_erl!(tuple, microsecond \\ {0, 0}, calendar \\ Calendar.ISO) do
    case from_erl(tuple, microsecond, calendar) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(tuple)} to naive datetime, reason: #{inspect(reason)}"
    end
  end

  def from_gregorian_seconds(seconds, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def from_gregorian_seconds(seconds, {micro, precision}, calendar) when is_integer(seconds),
    do: from_iso_days(ISO.from_micros(seconds * 1_000_000 + micro), calendar, precision)

  def to_gregorian_seconds(%{calendar: _, microsecond: {micro, _}} = naive_datetime),
    do: {ISO.iso_days_to_unit(to_iso_days(naive_datetime), :second), micro}

  def compare(%{calendar: _} = a, %{calendar: _} = b) do
    {x, y} = {ISO.to_micros(to_iso_days(a)), ISO.to_micros(to_iso_days(b))}

    cond do
      x > y -> :gt
      x < y -> :lt
      true -> :eq
    end
  end

  def convert(%{calendar: calendar, year: y, month: m, day: d, hour: h, minute: min, second: s, microsecond: micro}, calendar),
    do: {:ok, of({y, m, d, h, min, s, micro}, calendar)}

  def convert(%{calendar: _, microsecond: {_, _}}, _), do: {:error, :incompatible_calendars}

  def convert!(value, calendar) do
    case convert(value, calendar) do
      {:ok, converted} -> converted
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(value)} to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end
end
