defmodule Date.Range do
  defstruct [:first, :last, :first_in_iso_days, :last_in_iso_days, :step]
end

defmodule Date do
  @enforce_keys [:year, :month, :day]
  defstruct [:year, :month, :day, calendar: Calendar.ISO]

  def utc_today(calendar \\ Calendar.ISO) do
    {:ok, {y, m, d}, _, _} = Calendar.ISO.from_unix(System.os_time(), :native)
    %Date{year: y, month: m, day: d, calendar: calendar}
  end

  def new(year, month, day, calendar \\ Calendar.ISO) do
    if calendar.valid_date?(year, month, day),
      do: {:ok, %Date{year: year, month: month, day: day, calendar: calendar}},
      else: {:error, :invalid_date}
  end

  def new!(year, month, day, calendar \\ Calendar.ISO) do
    case new(year, month, day, calendar) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot build date, reason: #{inspect(reason)}"
    end
  end

  def leap_year?(%{calendar: calendar, year: year}), do: calendar.leap_year?(year)
  def days_in_month(%{calendar: calendar, year: year, month: month}), do: calendar.days_in_month(year, month)
  def months_in_year(%{calendar: calendar, year: year}), do: calendar.months_in_year(year)
  def to_string(%{calendar: calendar, year: y, month: m, day: d}), do: calendar.date_to_string(y, m, d)

  def from_iso8601(string, calendar \\ Calendar.ISO) do
    with {:ok, {y, m, d}} <- Calendar.ISO.parse_date(string), do: {:ok, %Date{year: y, month: m, day: d, calendar: calendar}}
  end

  def from_iso8601!(string, calendar \\ Calendar.ISO) do
    case from_iso8601(string, calendar) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot parse #{inspect(string)} as date, reason: #{inspect(reason)}"
    end
  end

  def to_iso8601(date, format \\ :extended)

  def to_iso8601(%{calendar: Calendar.ISO} = date, format) when format in [:basic, :extended] do
    %{year: y, month: m, day: d} = date
    Calendar.ISO.date_to_string(y, m, d, format)
  end

  def to_erl(date) do
    %{year: y, month: m, day: d} = convert!(date, Calendar.ISO)
    {y, m, d}
  end

  def from_erl(tuple, calendar \\ Calendar.ISO)
  def from_erl({y, m, d}, calendar), do: new(y, m, d, calendar)

  def from_erl!(tuple, calendar \\ Calendar.ISO) do
    case from_erl(tuple, calendar) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(tuple)} to date, reason: #{inspect(reason)}"
    end
  end

  def from_gregorian_days(days, calendar \\ Calendar.ISO) when is_integer(days), do: from_days(days, calendar)

  defp from_days(days, calendar) do
    {y, m, d} = Calendar.ISO.date_from_iso_days(days)
    %Date{year: y, month: m, day: d, calendar: calendar}
  end

  def to_gregorian_days(date), do: to_iso_days(date)
  def to_iso_days(%{calendar: Calendar.ISO, year: y, month: m, day: d}), do: Calendar.ISO.date_to_iso_days(y, m, d)

  def compare(%{calendar: calendar} = a, %{calendar: calendar} = b) do
    %{year: y1, month: m1, day: d1} = a
    %{year: y2, month: m2, day: d2} = b

    cond do
      {y1, m1, d1} > {y2, m2, d2} -> :gt
      {y1, m1, d1} < {y2, m2, d2} -> :lt
      true -> :eq
    end
  end

  def convert(%{calendar: calendar, year: y, month: m, day: d}, calendar),
    do: {:ok, %Date{calendar: calendar, year: y, month: m, day: d}}

  def convert(%{calendar: _} = date, _), do: if(to_iso_days(date), do: {:error, :incompatible_calendars})

  def convert!(date, calendar) do
    case convert(date, calendar) do
      {:ok, converted} -> converted
      {:error, reason} -> raise ArgumentError, "cannot convert #{inspect(date)} to target calendar #{inspect(calendar)}, reason: #{inspect(reason)}"
    end
  end

  def add(%{calendar: Calendar.ISO} = date, days), do: from_days(to_iso_days(date) + days, Calendar.ISO)

  def diff(%{calendar: Calendar.ISO} = a, %{calendar: Calendar.ISO} = b) do
    %{year: y1, month: m1, day: d1} = a
    %{year: y2, month: m2, day: d2} = b
    Calendar.ISO.date_to_iso_days(y1, m1, d1) - Calendar.ISO.date_to_iso_days(y2, m2, d2)
  end

  def day_of_week(date, starting_on \\ :default)

  def day_of_week(%{calendar: calendar, year: y, month: m, day: d}, starting_on) do
    {number, _, _} = calendar.day_of_week(y, m, d, starting_on)
    number
  end

  def day_of_year(%{calendar: calendar, year: y, month: m, day: d}), do: calendar.day_of_year(y, m, d)
  def quarter_of_year(%{calendar: calendar, year: y, month: m, day: d}), do: calendar.quarter_of_year(y, m, d)
  def year_of_era(%{calendar: calendar, year: y, month: m, day: d}), do: calendar.year_of_era(y, m, d)
  def day_of_era(%{calendar: calendar, year: y, month: m, day: d}), do: calendar.day_of_era(y, m, d)

  def beginning_of_month(%{year: y, month: m, calendar: calendar}), do: %Date{year: y, month: m, day: 1, calendar: calendar}

  def end_of_month(%{year: y, month: m, calendar: calendar} = date),
    do: %Date{year: y, month: m, day: days_in_month(date), calendar: calendar}

  def beginning_of_week(date, starting_on \\ :default)
  def beginning_of_week(%{calendar: Calendar.ISO} = date, starting_on) do
    %{year: _, month: _, day: _} = date
    add(date, 1 - day_of_week(date, starting_on))
  end

  def end_of_week(date, starting_on \\ :default)
  def end_of_week(%{calendar: Calendar.ISO} = date, starting_on) do
    %{year: _, month: _, day: _} = date
    add(date, 7 - day_of_week(date, starting_on))
  end


  def range(%{calendar: calendar} = first, %{calendar: calendar} = last) do
    {from, to} = {to_iso_days(first), to_iso_days(last)}
    range(first, from, last, to, calendar, if(from <= to, do: 1, else: -1))
  end

  def range(%{calendar: _, year: _, month: _, day: _}, %{calendar: _, year: _, month: _, day: _}),
    do: raise(ArgumentError, "both dates must have matching calendars")

  def range(%{calendar: calendar} = first, %{calendar: calendar} = last, step) when is_integer(step) and step != 0,
    do: range(first, to_iso_days(first), last, to_iso_days(last), calendar, step)

  def range(%{calendar: _, year: _, month: _, day: _} = first, %{calendar: _, year: _, month: _, day: _} = last, step) do
    raise ArgumentError,
          "both dates must have matching calendar and the step must be a non-zero integer, got: #{inspect(first)}, " <>
            "#{inspect(last)}, #{step}"
  end

  defp range(first, from, last, to, calendar, step) do
    %Date.Range{
      first: %Date{calendar: calendar, year: first.year, month: first.month, day: first.day},
      last: %Date{calendar: calendar, year: last.year, month: last.month, day: last.day},
      first_in_iso_days: from,
      last_in_iso_days: to,
      step: step
    }
  end
end
