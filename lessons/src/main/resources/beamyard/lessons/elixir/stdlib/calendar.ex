defmodule Calendar.ISO do
  # The proleptic Gregorian calendar; days are counted from 0000-01-01.
  def leap_year?(year) when is_integer(year) and (year >= -9999 and year <= 9999),
    do: rem(year, 4) == 0 and (rem(year, 100) != 0 or rem(year, 400) == 0)

  def days_in_month(year, 2), do: if(leap_year?(year), do: 29, else: 28)
  def days_in_month(_, month) when month in [4, 6, 9, 11], do: 30
  def days_in_month(_, month) when month in 1..12, do: 31

  def valid_date?(year, month, day) when is_integer(year) and is_integer(month) and is_integer(day),
    do: month in 1..12 and year in -9999..9999 and day >= 1 and day <= days_in_month(year, month)

  def valid_time?(hour, minute, second, {micro, precision}),
    do: hour in 0..23 and minute in 0..59 and second in 0..59 and micro in 0..999_999 and precision in 0..6

  def days(year, month, day) do
    y = if month <= 2, do: year - 1, else: year
    era = Integer.floor_div(y, 400)
    of_era = y - era * 400
    of_year = div(153 * rem(month + 9, 12) + 2, 5) + day - 1
    era * 146_097 + of_era * 365 + div(of_era, 4) - div(of_era, 100) + of_year + 60
  end

  def date(days) do
    z = days - 60
    era = Integer.floor_div(z, 146_097)
    of_era = z - era * 146_097
    years = div(of_era - div(of_era, 1460) + div(of_era, 36_524) - div(of_era, 146_096), 365)
    of_year = of_era - (365 * years + div(years, 4) - div(years, 100))
    m = div(5 * of_year + 2, 153)
    month = if m < 10, do: m + 3, else: m - 9
    year = years + era * 400 + if month <= 2, do: 1, else: 0
    {year, month, of_year - div(153 * m + 2, 5) + 1}
  end

  def day_of_week(year, month, day), do: Integer.mod(days(year, month, day) + 5, 7) + 1
  def date_to_string(y, m, d), do: sign(y) <> pad(abs(y), 4) <> "-" <> pad(m, 2) <> "-" <> pad(d, 2)
  defp sign(year), do: if(year < 0, do: "-", else: "")

  def time_to_string(h, m, s, {_, 0}), do: pad(h, 2) <> ":" <> pad(m, 2) <> ":" <> pad(s, 2)

  def time_to_string(h, m, s, {micro, precision}),
    do: time_to_string(h, m, s, {0, 0}) <> "." <> binary_part(pad(micro, 6), 0, precision)

  def pad(number, width) do
    text = Integer.to_string(number)
    :binary.copy("0", max(0, width - byte_size(text))) <> text
  end

  # {:ok, {year, month, day}, rest} of a text, and the like
  def parse_date(<<?-, rest::binary>>) do
    with {:ok, {y, m, d}, rest} <- parse_date(rest), do: {:ok, {-y, m, d}, rest}
  end

  def parse_date(<<y::binary-size(4), ?-, m::binary-size(2), ?-, d::binary-size(2), rest::binary>>) do
    with {:ok, [y, m, d]} <- numbers([y, m, d]) do
      if valid_date?(y, m, d), do: {:ok, {y, m, d}, rest}, else: {:error, :invalid_date}
    end
  end

  def parse_date(_), do: {:error, :invalid_format}

  def parse_time(<<?T, rest::binary>>), do: parse_time(rest)

  def parse_time(<<h::binary-size(2), ?:, m::binary-size(2), ?:, s::binary-size(2), rest::binary>>) do
    with {:ok, [h, m, s]} <- numbers([h, m, s]),
         {:ok, micro, rest} <- fraction(rest) do
      if valid_time?(h, m, s, micro), do: {:ok, {h, m, s, micro}, rest}, else: {:error, :invalid_time}
    end
  end

  def parse_time(_), do: {:error, :invalid_format}

  defp fraction(<<point, digit, _::binary>> = text) when point in [?., ?,] and digit in ?0..?9 do
    <<_, rest::binary>> = text
    {digits, rest} = digits(rest, "")
    kept = binary_part(digits, 0, min(6, byte_size(digits)))
    {:ok, {:erlang.binary_to_integer(kept <> :binary.copy("0", 6 - byte_size(kept))), byte_size(kept)}, rest}
  end

  defp fraction(<<point, _::binary>>) when point in [?., ?,], do: {:error, :invalid_format}
  defp fraction(rest), do: {:ok, {0, 0}, rest}

  defp digits(<<digit, rest::binary>>, acc) when digit in ?0..?9, do: digits(rest, <<acc::binary, digit>>)
  defp digits(rest, acc), do: {acc, rest}

  defp numbers(texts) do
    if Enum.all?(texts, fn text -> elem(digits(text, ""), 1) == "" end),
      do: {:ok, Enum.map(texts, &:erlang.binary_to_integer/1)},
      else: {:error, :invalid_format}
  end

  # seconds east of Greenwich, or nil where the text ends
  def parse_offset(""), do: {:ok, nil}
  def parse_offset("Z"), do: {:ok, 0}

  def parse_offset(<<sign, h::binary-size(2), ?:, m::binary-size(2)>>) when sign in [?+, ?-] do
    with {:ok, [h, m]} <- numbers([h, m]), do: {:ok, if(sign == ?-, do: -1, else: 1) * (h * 3600 + m * 60)}
  end

  def parse_offset(_), do: {:error, :invalid_format}
end

defmodule Date.Range do
  defstruct [:first, :last, :first_in_iso_days, :last_in_iso_days, :step]
end

defmodule Date do
  alias Calendar.ISO
  defstruct [:year, :month, :day, calendar: Calendar.ISO]

  def new(year, month, day, _ \\ ISO) do
    if ISO.valid_date?(year, month, day),
      do: {:ok, %Date{year: year, month: month, day: day}},
      else: {:error, :invalid_date}
  end

  def new!(year, month, day, _ \\ ISO) do
    case new(year, month, day) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot build date, reason: #{inspect(reason)}"
    end
  end

  def utc_today, do: DateTime.to_date(DateTime.utc_now())
  def to_gregorian_days(%{year: y, month: m, day: d}), do: ISO.days(y, m, d)

  def from_gregorian_days(days) do
    {y, m, d} = ISO.date(days)
    %Date{year: y, month: m, day: d}
  end

  def add(date, days), do: from_gregorian_days(to_gregorian_days(date) + days)
  def diff(a, b), do: to_gregorian_days(a) - to_gregorian_days(b)

  def compare(a, b) do
    cond do
      to_gregorian_days(a) < to_gregorian_days(b) -> :lt
      to_gregorian_days(a) > to_gregorian_days(b) -> :gt
      true -> :eq
    end
  end

  def day_of_week(%{year: y, month: m, day: d}, _ \\ :default), do: ISO.day_of_week(y, m, d)
  def day_of_year(%{year: y} = date), do: to_gregorian_days(date) - ISO.days(y, 1, 1) + 1
  def days_in_month(%{year: y, month: m}), do: ISO.days_in_month(y, m)
  def leap_year?(%{year: y}), do: ISO.leap_year?(y)
  def quarter_of_year(%{month: m}), do: div(m + 2, 3)
  def beginning_of_month(date), do: %Date{year: date.year, month: date.month, day: 1}
  def end_of_month(date), do: %Date{year: date.year, month: date.month, day: days_in_month(date)}
  def beginning_of_week(date, _ \\ :default), do: add(date, 1 - day_of_week(date))
  def end_of_week(date, _ \\ :default), do: add(date, 7 - day_of_week(date))
  def to_string(%{year: y, month: m, day: d}), do: ISO.date_to_string(y, m, d)
  def to_iso8601(date, _ \\ :extended), do: Date.to_string(date)
  def to_erl(%{year: y, month: m, day: d}), do: {y, m, d}
  def from_erl({y, m, d}, _ \\ ISO), do: new(y, m, d)

  def from_iso8601(text, _ \\ ISO) do
    case ISO.parse_date(text) do
      {:ok, {y, m, d}, ""} -> new(y, m, d)
      {:ok, _, _} -> {:error, :invalid_format}
      error -> error
    end
  end

  def from_iso8601!(text, _ \\ ISO) do
    case from_iso8601(text) do
      {:ok, date} -> date
      {:error, reason} -> raise ArgumentError, "cannot parse #{inspect(text)} as date, reason: #{inspect(reason)}"
    end
  end

  def range(first, last), do: range(first, last, if(compare(first, last) == :gt, do: -1, else: 1))

  def range(first, last, step) when is_integer(step) and step != 0 do
    %Date.Range{
      first: first,
      last: last,
      first_in_iso_days: to_gregorian_days(first),
      last_in_iso_days: to_gregorian_days(last),
      step: step
    }
  end
end

defmodule Time do
  alias Calendar.ISO
  defstruct [:hour, :minute, :second, :microsecond, calendar: Calendar.ISO]

  def new(hour, minute, second, microsecond \\ {0, 0}, calendar \\ ISO)
  def new(h, m, s, micro, _) when is_integer(micro), do: new(h, m, s, {micro, 6})

  def new(h, m, s, micro, _) do
    if ISO.valid_time?(h, m, s, micro),
      do: {:ok, %Time{hour: h, minute: m, second: s, microsecond: micro}},
      else: {:error, :invalid_time}
  end

  def new!(h, m, s, micro \\ {0, 0}) do
    case new(h, m, s, micro) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot build time, reason: #{inspect(reason)}"
    end
  end

  def utc_now, do: DateTime.to_time(DateTime.utc_now())
  defp micros(%{hour: h, minute: m, second: s, microsecond: {u, _}}), do: ((h * 60 + m) * 60 + s) * 1_000_000 + u

  def add(time, amount, unit \\ :second) do
    moved = Integer.mod(micros(time) + System.convert_time_unit(amount, unit, :microsecond), 86_400_000_000)
    {_, precision} = time.microsecond
    seconds = div(moved, 1_000_000)

    %Time{
      hour: div(seconds, 3600),
      minute: rem(div(seconds, 60), 60),
      second: rem(seconds, 60),
      microsecond: {rem(moved, 1_000_000), precision}
    }
  end

  def diff(a, b, unit \\ :second), do: DateTime.in_unit(micros(a) - micros(b), unit)

  def compare(a, b) do
    cond do
      micros(a) < micros(b) -> :lt
      micros(a) > micros(b) -> :gt
      true -> :eq
    end
  end

  def truncate(time, unit), do: %{time | microsecond: DateTime.truncated(time.microsecond, unit)}
  def to_string(%{hour: h, minute: m, second: s, microsecond: u}), do: ISO.time_to_string(h, m, s, u)
  def to_iso8601(time, _ \\ :extended), do: Time.to_string(time)
  def to_erl(%{hour: h, minute: m, second: s}), do: {h, m, s}
  def from_erl({h, m, s}, micro \\ {0, 0}, _ \\ ISO), do: new(h, m, s, micro)

  def from_iso8601(text, _ \\ ISO) do
    case ISO.parse_time(text) do
      {:ok, {h, m, s, u}, rest} -> with {:ok, _} <- ISO.parse_offset(rest), do: new(h, m, s, u)
      error -> error
    end
  end

  def from_iso8601!(text, _ \\ ISO) do
    case from_iso8601(text) do
      {:ok, time} -> time
      {:error, reason} -> raise ArgumentError, "cannot parse #{inspect(text)} as time, reason: #{inspect(reason)}"
    end
  end
end

defmodule NaiveDateTime do
  alias Calendar.ISO
  defstruct [:year, :month, :day, :hour, :minute, :second, :microsecond, calendar: Calendar.ISO]

  def new(y, m, d, h, min, s, micro \\ {0, 0}, _ \\ ISO) do
    with {:ok, date} <- Date.new(y, m, d), {:ok, time} <- Time.new(h, min, s, micro), do: new(date, time)
  end

  def new(%Date{} = date, %Time{} = time), do: {:ok, joined(date, time)}

  def new!(date, time), do: joined(date, time)

  def new!(y, m, d, h, min, s, micro \\ {0, 0}) do
    case new(y, m, d, h, min, s, micro) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot build naive datetime, reason: #{inspect(reason)}"
    end
  end

  defp joined(date, time) do
    %NaiveDateTime{
      year: date.year,
      month: date.month,
      day: date.day,
      hour: time.hour,
      minute: time.minute,
      second: time.second,
      microsecond: time.microsecond
    }
  end

  def utc_now, do: DateTime.to_naive(DateTime.utc_now())
  def local_now, do: truncate(utc_now(), :second)
  def to_date(value), do: %Date{year: value.year, month: value.month, day: value.day}

  def to_time(value),
    do: %Time{hour: value.hour, minute: value.minute, second: value.second, microsecond: value.microsecond}

  def micros(%{microsecond: {u, _}} = value) do
    days = ISO.days(value.year, value.month, value.day)
    (days * 86_400 + value.hour * 3600 + value.minute * 60 + value.second) * 1_000_000 + u
  end

  def from_micros(micros, precision) do
    seconds = Integer.floor_div(micros, 1_000_000)
    days = Integer.floor_div(seconds, 86_400)
    of_day = seconds - days * 86_400
    {y, m, d} = ISO.date(days)

    %NaiveDateTime{
      year: y,
      month: m,
      day: d,
      hour: div(of_day, 3600),
      minute: rem(div(of_day, 60), 60),
      second: rem(of_day, 60),
      microsecond: {micros - seconds * 1_000_000, precision}
    }
  end

  def add(%{microsecond: {_, precision}} = value, amount, unit \\ :second) do
    from_micros(micros(value) + DateTime.micros_of(amount, unit), precision)
  end

  def diff(a, b, unit \\ :second), do: DateTime.in_unit(micros(a) - micros(b), unit)

  def compare(a, b) do
    cond do
      micros(a) < micros(b) -> :lt
      micros(a) > micros(b) -> :gt
      true -> :eq
    end
  end

  def truncate(value, unit), do: %{value | microsecond: DateTime.truncated(value.microsecond, unit)}

  def to_string(value), do: text(value, " ")
  def to_iso8601(value, _ \\ :extended), do: text(value, "T")

  def text(value, between) do
    ISO.date_to_string(value.year, value.month, value.day) <>
      between <> ISO.time_to_string(value.hour, value.minute, value.second, value.microsecond)
  end

  def from_iso8601(text, _ \\ ISO) do
    with {:ok, value, rest} <- parse(text), {:ok, _} <- ISO.parse_offset(rest), do: {:ok, value}
  end

  def parse(text) do
    with {:ok, {y, m, d}, <<between, rest::binary>>} when between in [?T, ?\s] <- ISO.parse_date(text),
         {:ok, {h, min, s, u}, rest} <- ISO.parse_time(rest),
         {:ok, value} <- new(y, m, d, h, min, s, u) do
      {:ok, value, rest}
    else
      {:ok, _, _} -> {:error, :invalid_format}
      error -> error
    end
  end

  def from_iso8601!(text, _ \\ ISO) do
    case from_iso8601(text) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot parse #{inspect(text)} as naive datetime, reason: #{inspect(reason)}"
    end
  end

  def to_erl(v), do: {{v.year, v.month, v.day}, {v.hour, v.minute, v.second}}
  def from_erl({{y, m, d}, {h, min, s}}, micro \\ {0, 0}, _ \\ ISO), do: new(y, m, d, h, min, s, micro)

  def from_erl!(erl, micro \\ {0, 0}) do
    {:ok, value} = from_erl(erl, micro)
    value
  end

  def day_of_week(value), do: Date.day_of_week(value)
  def beginning_of_day(v), do: %{v | hour: 0, minute: 0, second: 0, microsecond: {0, elem(v.microsecond, 1)}}
end

defmodule DateTime do
  alias Calendar.ISO
  @epoch 62_167_219_200_000_000

  defstruct [
    :year, :month, :day, :hour, :minute, :second, :microsecond, :time_zone, :zone_abbr, :utc_offset, :std_offset,
    calendar: Calendar.ISO
  ]

  # Only Etc/UTC is known, as in Elixir without a time zone database.

  def precision_of(:millisecond), do: 3
  def precision_of(unit) when unit in [:microsecond, :nanosecond, :native], do: 6
  def precision_of(unit) when is_integer(unit) and unit > 1, do: 6
  def precision_of(_), do: 0

  def micros_of(amount, :day), do: amount * 86_400_000_000
  def micros_of(amount, :hour), do: amount * 3_600_000_000
  def micros_of(amount, :minute), do: amount * 60_000_000
  def micros_of(amount, unit), do: System.convert_time_unit(amount, unit, :microsecond)

  def in_unit(micros, :day), do: div(micros, 86_400_000_000)
  def in_unit(micros, :hour), do: div(micros, 3_600_000_000)
  def in_unit(micros, :minute), do: div(micros, 60_000_000)
  def in_unit(micros, :second), do: div(micros, 1_000_000)
  def in_unit(micros, :millisecond), do: div(micros, 1000)
  def in_unit(micros, unit), do: System.convert_time_unit(micros, :microsecond, unit)

  def truncated(micro, :microsecond), do: micro
  def truncated({u, precision}, :millisecond), do: {div(u, 1000) * 1000, min(precision, 3)}
  def truncated(_, :second), do: {0, 0}

  def utc_now(_ \\ ISO), do: from_unix!(System.os_time(:microsecond), :microsecond)

  def new(date, time, zone \\ "Etc/UTC")
  def new(date, time, "Etc/UTC"), do: {:ok, from_naive!(NaiveDateTime.new!(date, time), "Etc/UTC")}
  def new(_, _, _), do: {:error, :utc_only_time_zone_database}

  def new!(date, time, zone \\ "Etc/UTC") do
    case new(date, time, zone) do
      {:ok, value} -> value
      {:error, reason} -> raise ArgumentError, "cannot build datetime with #{inspect(date)} and #{inspect(time)} because: #{inspect(reason)}"
    end
  end

  def from_naive(naive, "Etc/UTC"), do: {:ok, zoned(naive)}
  def from_naive(_, _), do: {:error, :utc_only_time_zone_database}
  def from_naive!(naive, "Etc/UTC"), do: zoned(naive)

  defp zoned(n) do
    %DateTime{
      year: n.year, month: n.month, day: n.day, hour: n.hour, minute: n.minute, second: n.second,
      microsecond: n.microsecond, time_zone: "Etc/UTC", zone_abbr: "UTC", utc_offset: 0, std_offset: 0
    }
  end

  def from_unix(amount, unit \\ :second), do: {:ok, from_unix!(amount, unit)}

  def from_unix!(amount, unit \\ :second),
    do: zoned(NaiveDateTime.from_micros(micros_of(amount, unit) + @epoch, precision_of(unit)))

  defp micros(value), do: NaiveDateTime.micros(value) - (value.utc_offset + value.std_offset) * 1_000_000

  def to_unix(value, unit \\ :second), do: floor_unit(micros(value) - @epoch, unit)
  defp floor_unit(micros, unit) when unit in [:second, :millisecond], do: Integer.floor_div(micros, micros_of(1, unit))
  defp floor_unit(micros, unit), do: in_unit(micros, unit)

  def to_naive(v), do: NaiveDateTime.new!(NaiveDateTime.to_date(v), NaiveDateTime.to_time(v))
  def to_date(v), do: NaiveDateTime.to_date(v)
  def to_time(v), do: NaiveDateTime.to_time(v)

  def add(value, amount, unit \\ :second), do: zoned(NaiveDateTime.add(value, amount, unit))
  def diff(a, b, unit \\ :second), do: in_unit(micros(a) - micros(b), unit)

  def compare(a, b) do
    cond do
      micros(a) < micros(b) -> :lt
      micros(a) > micros(b) -> :gt
      true -> :eq
    end
  end

  def truncate(value, unit), do: %{value | microsecond: truncated(value.microsecond, unit)}
  def to_string(value), do: NaiveDateTime.text(value, " ") <> "Z"
  def to_iso8601(value, _ \\ :extended), do: NaiveDateTime.text(value, "T") <> "Z"

  def from_iso8601(text, _ \\ ISO) do
    with {:ok, naive, rest} <- NaiveDateTime.parse(text), {:ok, offset} <- ISO.parse_offset(rest) do
      case offset do
        nil -> {:error, :missing_offset}
        offset -> {:ok, zoned(NaiveDateTime.add(naive, -offset)), offset}
      end
    end
  end

  def now(zone \\ "Etc/UTC")
  def now("Etc/UTC"), do: {:ok, utc_now()}
  def now(_), do: {:error, :utc_only_time_zone_database}

  def now!("Etc/UTC"), do: utc_now()
end

defmodule Calendar do
  @months ~w(January February March April May June July August September October November December)
  @days ~w(Monday Tuesday Wednesday Thursday Friday Saturday Sunday)

  def strftime(value, format, _ \\ []) when is_map(value) and is_binary(format),
    do: IO.iodata_to_binary(formatted(format, value))

  defp formatted("", _), do: []
  defp formatted(<<?%, what, rest::binary>>, value), do: [part(what, value) | formatted(rest, value)]
  defp formatted(<<char, rest::binary>>, value), do: [char | formatted(rest, value)]

  defp pad(number, width), do: Calendar.ISO.pad(number, width)
  defp part(?Y, v), do: pad(v.year, 4)
  defp part(?y, v), do: pad(rem(v.year, 100), 2)
  defp part(?m, v), do: pad(v.month, 2)
  defp part(?d, v), do: pad(v.day, 2)
  defp part(?H, v), do: pad(v.hour, 2)
  defp part(?I, v), do: pad(rem(v.hour + 11, 12) + 1, 2)
  defp part(?M, v), do: pad(v.minute, 2)
  defp part(?S, v), do: pad(v.second, 2)
  defp part(?p, v), do: if(v.hour < 12, do: "AM", else: "PM")
  defp part(?P, v), do: if(v.hour < 12, do: "am", else: "pm")
  defp part(?B, v), do: Enum.at(@months, v.month - 1)
  defp part(?b, v), do: binary_part(part(?B, v), 0, 3)
  defp part(?A, v), do: Enum.at(@days, Date.day_of_week(v) - 1)
  defp part(?a, v), do: binary_part(part(?A, v), 0, 3)
  defp part(?u, v), do: Integer.to_string(Date.day_of_week(v))
  defp part(?j, v), do: pad(Date.day_of_year(v), 3)
  defp part(?q, v), do: Integer.to_string(Date.quarter_of_year(v))
  defp part(?Z, v), do: v.zone_abbr
  defp part(?x, v), do: strftime(v, "%Y-%m-%d")
  defp part(?X, v), do: strftime(v, "%H:%M:%S")
  defp part(?c, v), do: strftime(v, "%Y-%m-%d %H:%M:%S")
  defp part(?f, %{microsecond: {u, precision}}), do: binary_part(pad(u, 6), 0, max(1, precision))
  defp part(?%, _), do: "%"
end
