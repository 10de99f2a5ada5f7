defmodule DateTime do
  alias Calendar.ISO

  @enforce_keys [:year, :month, :day, :hour, :minute, :second, :time_zone, :zone_abbr, :utc_offset, :std_offset]
  defstruct [
    :year,
    :month,
    :day,
    :hour,
    :minute,
    :second,
    :time_zone,
    :zone_abbr,
    :utc_offset,
    :std_offset,
    microsecond: {0, 0},
    calendar: Calendar.ISO
  ]

  # Only Etc/UTC is known, as in Elixir without a time zone database.

  def utc_now(calendar \\ Calendar.ISO) do
    {:ok, date, time, micro} = ISO.from_unix(System.os_time(), :native)
    utc(date, time, micro, calendar)
  end

  defp utc({y, m, d}, {h, min, s}, micro, calendar) do
    %DateTime{
      year: y,
      month: m,
      day: d,
      hour: h,
      minute: min,
      second: s,
      microsecond: micro,
      calendar: calendar,
      time_zone: "Etc/UTC",
      zone_abbr: "UTC",
      utc_offset: 0,
      std_offset: 0
    }
  end

  def new(date, time, time_zone \\ "Etc/UTC", database \\ Calendar.get_time_zone_database())

  def new(date, time, time_zone, database) do
    with {:ok, naive} <- NaiveDateTime.new(date, time), do: from_naive(naive, time_zone, database)
  end

  def new!(date, time, time_zone \\ "Etc/UTC", database \\ Calendar.get_time_zone_database()) do
    case new(date, time, time_zone, database) do
      {:ok, value} ->
        value

      {:error, reason} ->
        raise ArgumentError, "cannot build datetime with #{inspect(date)} and #{inspect(time)}, reason: #{inspect(reason)}"
    end
  end

  def from_unix(integer, unit \\ :second, calendar \\ Calendar.ISO) when is_integer(integer) do
    with {:ok, date, time, micro} <- ISO.from_unix(integer, unit), do: {:ok, utc(date, time, micro, calendar)}
  end

  def from_unix!(integer, unit \\ :second, calendar \\ Calendar.ISO) do
    case from_unix(integer, unit, calendar) do
      {:ok, value} -> value
      {:error, :invalid_unix_time} -> raise ArgumentError, "invalid Unix time #{integer}"
    end
  end

  def from_naive(naive_datetime, time_zone, database \\ Calendar.get_time_zone_database())

  def from_naive(naive_datetime, "Etc/UTC", _) do
    %{year: y, month: m, day: d, hour: h, minute: min, second: s, microsecond: micro, calendar: calendar} = naive_datetime
    {:ok, utc({y, m, d}, {h, min, s}, micro, calendar)}
  end

  def from_naive(%{calendar: Calendar.ISO} = naive_datetime, time_zone, database) do
    case database.time_zone_periods_from_wall_datetime(naive_datetime, time_zone) do
      {:ok, period} -> {:ok, with_period(naive_datetime, period, time_zone)}
      {:ambiguous, first, second} -> {:ambiguous, with_period(naive_datetime, first, time_zone), with_period(naive_datetime, second, time_zone)}
      {:error, reason} -> {:error, reason}
    end
  end

  defp with_period(naive, period, time_zone) do
    {:ok, value} = from_naive(naive, "Etc/UTC")

    %{
      value
      | time_zone: time_zone,
        zone_abbr: period.zone_abbr,
        utc_offset: period.utc_offset,
        std_offset: period.std_offset
    }
  end

  def from_naive!(naive_datetime, time_zone, database \\ Calendar.get_time_zone_database()) do
    case from_naive(naive_datetime, time_zone, database) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(naive_datetime)} to datetime, reason: #{inspect(reason)}"
    end
  end

  def shift_zone(datetime, time_zone, database \\ Calendar.get_time_zone_database())
  def shift_zone(%{time_zone: time_zone} = datetime, time_zone, _), do: {:ok, datetime}

  def shift_zone(datetime, "Etc/UTC", _) do
    %{utc_offset: _, std_offset: _, calendar: calendar, microsecond: {_, precision}} = datetime
    utc = NaiveDateTime.from_iso_days(ISO.from_micros(utc_micros(datetime)), calendar, precision)
    from_naive(utc, "Etc/UTC")
  end

  def shift_zone(datetime, time_zone, database) do
    %{utc_offset: _, std_offset: _, microsecond: {_, precision}, calendar: calendar} = datetime
    micros = utc_micros(datetime)

    case database.time_zone_period_from_utc_iso_days(ISO.from_micros(micros), time_zone) do
      {:ok, %{utc_offset: utc_offset, std_offset: std_offset} = period} ->
        wall = ISO.from_micros(micros + (utc_offset + std_offset) * 1_000_000)
        {:ok, with_period(NaiveDateTime.from_iso_days(wall, calendar, precision), period, time_zone)}

      {:error, reason} ->
        {:error, reason}
    end
  end

  def shift_zone!(datetime, time_zone, database \\ Calendar.get_time_zone_database()) do
    case shift_zone(datetime, time_zone, database) do
      {:ok, value} ->
        value

      {:error, reason} ->
        raise ArgumentError, "cannot shift #{inspect(datetime)} to #{inspect(time_zone)} time zone, reason: #{inspect(reason)}"
    end
  end

  def now(time_zone, database \\ Calendar.get_time_zone_database())
  def now("Etc/UTC", _), do: {:ok, utc_now()}
  def now(time_zone, database), do: shift_zone(utc_now(), time_zone, database)

  def now!(time_zone, database \\ Calendar.get_time_zone_database()) do
    case now(time_zone, database) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot get current datetime in #{inspect(time_zone)} time zone, reason: #{inspect(reason)}"
    end
  end

  defp utc_micros(datetime) do
    %{utc_offset: utc_offset, std_offset: std_offset} = datetime
    ISO.to_micros(NaiveDateTime.to_iso_days(datetime)) - (utc_offset + std_offset) * 1_000_000
  end

  def to_unix(datetime, unit \\ :second)

  def to_unix(%{utc_offset: _, std_offset: _} = datetime, unit),
    do: System.convert_time_unit(utc_micros(datetime) - 62_167_219_200_000_000, :microsecond, unit)

  def to_naive(%{calendar: calendar, year: y, month: m, day: d, hour: h, minute: min, second: s, microsecond: micro, time_zone: _}) do
    %NaiveDateTime{year: y, month: m, day: d, calendar: calendar, hour: h, minute: min, second: s, microsecond: micro}
  end

  def to_date(%{year: y, month: m, day: d, calendar: calendar, hour: _, minute: _, second: _, microsecond: _, time_zone: _}),
    do: %Date{year: y, month: m, day: d, calendar: calendar}

  def to_time(%{year: _, month: _, day: _, calendar: calendar, hour: h, minute: min, second: s, microsecond: micro, time_zone: _}),
    do: %Time{hour: h, minute: min, second: s, microsecond: micro, calendar: calendar}

  def to_iso8601(datetime, format \\ :extended, offset \\ nil)

  def to_iso8601(%{calendar: Calendar.ISO} = datetime, format, nil) when format in [:extended, :basic] do
    %{utc_offset: utc_offset, std_offset: std_offset, time_zone: time_zone} = datetime
    NaiveDateTime.to_iso8601(datetime, format) <> ISO.offset_text(utc_offset + std_offset, time_zone, format)
  end

  def to_iso8601(%{calendar: Calendar.ISO, microsecond: {_, precision}} = datetime, format, offset)
      when format in [:extended, :basic] do
    zone = if offset == 0, do: "Etc/UTC", else: nil
    wall = NaiveDateTime.from_iso_days(ISO.from_micros(utc_micros(datetime) + offset * 1_000_000), Calendar.ISO, precision)
    NaiveDateTime.to_iso8601(wall, format) <> ISO.offset_text(offset, zone, format)
  end

  def from_iso8601(string, format_or_calendar \\ Calendar.ISO)
  def from_iso8601(string, format) when format in [:basic, :extended], do: from_iso8601(string, Calendar.ISO, format)
  def from_iso8601(string, calendar) when is_atom(calendar), do: from_iso8601(string, calendar, :extended)

  def from_iso8601(string, calendar, format) do
    with {:ok, {y, m, d, h, min, s, micro}, offset} <- ISO.parse_utc_datetime(string, format),
         do: {:ok, utc({y, m, d}, {h, min, s}, micro, calendar), offset}
  end

  def from_gregorian_seconds(seconds, microsecond \\ {0, 0}, calendar \\ Calendar.ISO)

  def from_gregorian_seconds(seconds, {micro, precision}, calendar) when is_integer(seconds) do
    {:ok, value} = from_naive(NaiveDateTime.from_gregorian_seconds(seconds, {micro, precision}, calendar), "Etc/UTC")
    value
  end

  def to_gregorian_seconds(%{std_offset: _, utc_offset: _, microsecond: {micro, _}} = datetime),
    do: {Integer.floor_div(utc_micros(datetime), 1_000_000), micro}

  def to_string(%{calendar: calendar} = datetime) do
    %{
      year: y,
      month: m,
      day: d,
      hour: h,
      minute: min,
      second: s,
      microsecond: micro,
      time_zone: time_zone,
      zone_abbr: zone_abbr,
      utc_offset: utc_offset,
      std_offset: std_offset
    } = datetime

    calendar.datetime_to_string(y, m, d, h, min, s, micro, time_zone, zone_abbr, utc_offset, std_offset)
  end

  def compare(%{utc_offset: _, std_offset: _} = a, %{utc_offset: _, std_offset: _} = b) do
    {x, y} = {utc_micros(a), utc_micros(b)}

    cond do
      x > y -> :gt
      x < y -> :lt
      true -> :eq
    end
  end

  def diff(a, b, unit \\ :second)
  def diff(a, b, :day), do: div(diff(a, b, :second), 86_400)
  def diff(a, b, :hour), do: div(diff(a, b, :second), 3600)
  def diff(a, b, :minute), do: div(diff(a, b, :second), 60)

  def diff(%{utc_offset: u1, std_offset: s1} = a, %{utc_offset: u2, std_offset: s2} = b, unit) do
    wall = ISO.iso_days_to_unit(NaiveDateTime.to_iso_days(a), unit) - ISO.iso_days_to_unit(NaiveDateTime.to_iso_days(b), unit)
    wall + System.convert_time_unit(u2 + s2 - (u1 + s1), :second, unit)
  end

  def add(datetime, amount, unit \\ :second, database \\ Calendar.get_time_zone_database())
  def add(datetime, amount, :day, database) when is_integer(amount), do: add(datetime, amount * 86_400, :second, database)
  def add(datetime, amount, :hour, database) when is_integer(amount), do: add(datetime, amount * 3600, :second, database)
  def add(datetime, amount, :minute, database) when is_integer(amount), do: add(datetime, amount * 60, :second, database)

  def add(datetime, amount, unit, database) when is_integer(amount) do
    %{microsecond: {_, precision}, time_zone: time_zone, calendar: calendar} = datetime
    moved = ISO.from_micros(utc_micros(datetime) + System.convert_time_unit(amount, unit, :microsecond))
    utc = NaiveDateTime.from_iso_days(moved, calendar, precision)
    {:ok, utc} = from_naive(utc, "Etc/UTC")

    case shift_zone(utc, time_zone, database) do
      {:ok, value} ->
        value

      {:error, error} ->
        raise ArgumentError, "cannot add #{amount} #{unit} to #{inspect(datetime)} (with time zone database #{inspect(database)}), reason: #{inspect(error)}"
    end
  end

  def truncate(%DateTime{microsecond: microsecond} = datetime, precision), do: %{datetime | microsecond: Calendar.truncate(microsecond, precision)}
  def truncate(%{} = datetime, precision), do: truncate(from_map(datetime), precision)

  defp from_map(%{year: y, month: m, day: d, hour: h, minute: min, second: s, microsecond: micro, calendar: calendar} = map) do
    %{time_zone: time_zone, zone_abbr: zone_abbr, utc_offset: utc_offset, std_offset: std_offset} = map

    %{
      utc({y, m, d}, {h, min, s}, micro, calendar)
      | time_zone: time_zone,
        zone_abbr: zone_abbr,
        utc_offset: utc_offset,
        std_offset: std_offset
    }
  end

  def convert(%DateTime{calendar: calendar} = datetime, calendar), do: {:ok, datetime}
  def convert(%{calendar: calendar} = datetime, calendar), do: {:ok, from_map(datetime)}
  def convert(%{calendar: _, microsecond: {_, _}}, _), do: {:error, :incompatible_calendars}

  def convert!(datetime, calendar) do
    case convert(datetime, calendar) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(datetime)} to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end
end
