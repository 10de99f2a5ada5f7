defmodule Calendar.ISO do
  # The proleptic Gregorian calendar; days are counted from 0000-01-01. A moment is {days, {parts, parts of a day}}.

  @micros_per_day 86_400_000_000

  def leap_year?(year) when is_integer(year) and year in -9999..9999,
    do: rem(year, 4) == 0 and (rem(year, 100) != 0 or rem(year, 400) == 0)

  def days_in_month(year, month) when is_integer(year) and year in -9999..9999 and is_integer(month) and month in 1..12 do
    cond do
      month == 2 -> if leap_year?(year), do: 29, else: 28
      month in [4, 6, 9, 11] -> 30
      true -> 31
    end
  end

  def months_in_year(year) when is_integer(year) and year in -9999..9999, do: 12
  def time_unit_to_precision(:nanosecond), do: 6
  def time_unit_to_precision(:microsecond), do: 6
  def time_unit_to_precision(:millisecond), do: 3
  def time_unit_to_precision(:second), do: 0

  def time_unit_to_precision(per_second) when is_integer(per_second) and per_second > 0,
    do: precision_of(per_second, 0)

  def time_unit_to_precision(_), do: 0
  defp precision_of(per_second, precision) when per_second >= 10 and precision < 6, do: precision_of(div(per_second, 10), precision + 1)
  defp precision_of(_, precision), do: precision

  def valid_date?(year, month, day) when is_integer(year) and is_integer(month) and is_integer(day) do
    month in 1..12 and year in -9999..9999 and day >= 1 and day <= days_in_month(year, month)
  end

  def valid_time?(hour, minute, second, {micro, precision})
      when is_integer(hour) and is_integer(minute) and is_integer(second) and is_integer(micro) do
    hour in 0..23 and minute in 0..59 and second in 0..59 and micro in 0..999_999 and precision in 0..6
  end

  def day_rollover_relative_to_midnight_utc(), do: {0, 1}

  def date_to_iso_days(year, month, day) when year in -9999..9999 do
    y = if month <= 2, do: year - 1, else: year
    era = Integer.floor_div(y, 400)
    of_era = y - era * 400
    of_year = div(153 * rem(month + 9, 12) + 2, 5) + day - 1
    era * 146_097 + of_era * 365 + div(of_era, 4) - div(of_era, 100) + of_year + 60
  end

  def date_from_iso_days(days) when is_integer(days) and days in -3_652_059..3_652_424 do
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

  def naive_datetime_to_iso_days(year, month, day, hour, minute, second, microsecond),
    do: {date_to_iso_days(year, month, day), time_to_day_fraction(hour, minute, second, microsecond)}

  def naive_datetime_from_iso_days({days, fraction}) do
    {year, month, day} = date_from_iso_days(days)
    {hour, minute, second, microsecond} = time_from_day_fraction(fraction)
    {year, month, day, hour, minute, second, microsecond}
  end

  def time_to_day_fraction(hour, minute, second, {micro, _}),
    do: {(hour * 3600 + minute * 60 + second) * 1_000_000 + micro, @micros_per_day}

  def time_from_day_fraction({parts, per_day}) do
    micros = div(parts * @micros_per_day, per_day)
    seconds = div(micros, 1_000_000)
    {div(seconds, 3600), rem(div(seconds, 60), 60), rem(seconds, 60), {rem(micros, 1_000_000), 6}}
  end

  def iso_days_to_unit({days, {parts, per_day}}, unit) do
    System.convert_time_unit(days * @micros_per_day + div(parts * @micros_per_day, per_day), :microsecond, unit)
  end

  # One number for a moment, and back.
  def to_micros({days, {parts, @micros_per_day}}), do: days * @micros_per_day + parts

  def from_micros(micros) do
    days = Integer.floor_div(micros, @micros_per_day)
    {days, {micros - days * @micros_per_day, @micros_per_day}}
  end

  def micros_of(amount, :day), do: amount * @micros_per_day
  def micros_of(amount, :hour), do: amount * 3_600_000_000
  def micros_of(amount, :minute), do: amount * 60_000_000
  def micros_of(amount, unit), do: System.convert_time_unit(amount, unit, :microsecond)

  def from_unix(amount, unit) when is_integer(amount) do
    if System.convert_time_unit(amount, unit, :second) in -377_705_116_800..253_402_300_799 do
      micros = System.convert_time_unit(amount, unit, :microsecond) + 62_167_219_200_000_000
      {y, m, d, h, min, s, {micro, _}} = naive_datetime_from_iso_days(from_micros(micros))
      {:ok, {y, m, d}, {h, min, s}, {micro, time_unit_to_precision(unit)}}
    else
      {:error, :invalid_unix_time}
    end
  end

  def day_of_week(year, month, day, starting_on) do
    days = date_to_iso_days(year, month, day)
    {Integer.mod(days + day_of_week_offset(starting_on), 7) + 1, 1, 7}
  end

  defp day_of_week_offset(:default), do: 5
  defp day_of_week_offset(:monday), do: 5
  defp day_of_week_offset(:tuesday), do: 4
  defp day_of_week_offset(:wednesday), do: 3
  defp day_of_week_offset(:thursday), do: 2
  defp day_of_week_offset(:friday), do: 1
  defp day_of_week_offset(:saturday), do: 0
  defp day_of_week_offset(:sunday), do: 6

  def day_of_year(year, month, day) do
    true = valid_date?(year, month, day)
    date_to_iso_days(year, month, day) - date_to_iso_days(year, 1, 1) + 1
  end

  def quarter_of_year(year, month, day)
      when is_integer(year) and year in -9999..9999 and is_integer(month) and month in 1..12 and is_integer(day) and day in 1..31,
      do: div(month - 1, 3) + 1

  def year_of_era(year) when is_integer(year) and year in 1..9999, do: {year, 1}
  def year_of_era(year) when is_integer(year) and year in -9999..0, do: {1 - year, 0}
  def year_of_era(year, _month, _day), do: year_of_era(year)

  def day_of_era(year, month, day) when is_integer(year) and year in 1..9999,
    do: {date_to_iso_days(year, month, day) - date_to_iso_days(1, 1, 1) + 1, 1}

  def day_of_era(year, month, day) when is_integer(year) and year in -9999..0,
    do: {date_to_iso_days(0, 12, 31) - date_to_iso_days(year, month, day) + 1, 0}

  def date_to_string(year, month, day, format \\ :extended)
      when is_integer(year) and is_integer(month) and is_integer(day) and format in [:basic, :extended] do
    sign(year) <> pad(abs(year), 4) <> dash(format) <> pad(month, 2) <> dash(format) <> pad(day, 2)
  end

  defp dash(:basic), do: ""
  defp dash(:extended), do: "-"
  defp colon(:basic), do: ""
  defp colon(:extended), do: ":"
  defp sign(number) when number < 0, do: "-"
  defp sign(_), do: ""

  def time_to_string(hour, minute, second, {micro, precision}, format \\ :extended)
      when is_integer(hour) and hour in 0..23 and is_integer(minute) and minute in 0..59 and is_integer(second) and
             second in 0..59 and is_integer(micro) and micro in 0..999_999 and is_integer(precision) and precision in 0..6 and
             format in [:basic, :extended] do
    pad(hour, 2) <> colon(format) <> pad(minute, 2) <> colon(format) <> pad(second, 2) <> fraction_text(micro, precision)
  end

  defp fraction_text(_, 0), do: ""
  defp fraction_text(micro, precision), do: "." <> binary_part(pad(micro, 6), 0, precision)

  def naive_datetime_to_string(year, month, day, hour, minute, second, microsecond, format \\ :extended) do
    date_to_string(year, month, day, format) <> " " <> time_to_string(hour, minute, second, microsecond, format)
  end

  def datetime_to_string(y, m, d, h, min, s, microsecond, time_zone, zone_abbr, utc_offset, std_offset, format \\ :extended)
      when is_binary(time_zone) and is_binary(zone_abbr) and is_integer(utc_offset) and is_integer(std_offset) do
    zone = if time_zone == "Etc/UTC" and utc_offset + std_offset == 0, do: "", else: " " <> zone_abbr <> " " <> time_zone

    naive_datetime_to_string(y, m, d, h, min, s, microsecond, format) <>
      offset_text(utc_offset + std_offset, time_zone, format) <> zone
  end

  def offset_text(0, "Etc/UTC", _), do: "Z"

  def offset_text(seconds, _, format) do
    minutes = div(abs(seconds), 60)
    if(seconds < 0, do: "-", else: "+") <> pad(div(minutes, 60), 2) <> colon(format) <> pad(rem(minutes, 60), 2)
  end

  def pad(number, width) do
    text = Integer.to_string(abs(number))
    text = if number < 0, do: "-" <> :binary.copy("0", max(0, width - byte_size(text))) <> text, else: text
    :binary.copy("0", max(0, width - byte_size(text))) <> text
  end

  # What is parsed is checked: {:ok, value} or {:error, :invalid_format | :invalid_date | :invalid_time}.

  def parse_date(string) when is_binary(string), do: parse_date(string, :extended)

  def parse_date(string, format) when is_binary(string) and format in [:basic, :extended] do
    case date_of(string, format) do
      {:ok, {y, m, d}, ""} -> if valid_date?(y, m, d), do: {:ok, {y, m, d}}, else: {:error, :invalid_date}
      _ -> {:error, :invalid_format}
    end
  end

  def parse_time(string) when is_binary(string), do: parse_time(string, :extended)

  def parse_time("T" <> string, format) when format in [:basic, :extended], do: parse_time(string, format)

  def parse_time(string, format) when is_binary(string) and format in [:basic, :extended] do
    with {:ok, {h, m, s, micro}, rest} <- time_of(string, format),
         {:ok, _} <- offset_of(rest) do
      if valid_time?(h, m, s, micro), do: {:ok, {h, m, s, micro}}, else: {:error, :invalid_time}
    else
      _ -> {:error, :invalid_format}
    end
  end

  def parse_naive_datetime(string) when is_binary(string), do: parse_naive_datetime(string, :extended)

  def parse_naive_datetime(string, format) when is_binary(string) and format in [:basic, :extended] do
    with {:ok, moment, _} <- moment_of(string, format), do: {:ok, moment}
  end

  def parse_utc_datetime(string) when is_binary(string), do: parse_utc_datetime(string, :extended)

  def parse_utc_datetime(string, format) when is_binary(string) and format in [:basic, :extended] do
    case moment_of(string, format) do
      {:ok, _, nil} ->
        {:error, :missing_offset}

      {:ok, moment, 0} ->
        {:ok, moment, 0}

      {:ok, {y, m, d, h, min, s, {_, precision} = micro}, offset} ->
        utc = to_micros(naive_datetime_to_iso_days(y, m, d, h, min, s, micro)) - offset * 1_000_000
        {y, m, d, h, min, s, {micro, _}} = naive_datetime_from_iso_days(from_micros(utc))
        {:ok, {y, m, d, h, min, s, {micro, precision}}, offset}

      error ->
        error
    end
  end

  defp moment_of(string, format) do
    with {:ok, {y, m, d}, <<between, rest::binary>>} when between in [?T, ?\s] <- date_of(string, format),
         {:ok, {h, min, s, micro}, rest} <- time_of(rest, format),
         {:ok, offset} <- offset_of(rest) do
      cond do
        not valid_date?(y, m, d) -> {:error, :invalid_date}
        not valid_time?(h, min, s, micro) -> {:error, :invalid_time}
        true -> {:ok, {y, m, d, h, min, s, micro}, offset}
      end
    else
      _ -> {:error, :invalid_format}
    end
  end

  defp date_of(<<?-, rest::binary>>, format) do
    with {:ok, {y, m, d}, rest} <- unsigned_date(rest, format), do: {:ok, {-y, m, d}, rest}
  end

  defp date_of(<<?+, rest::binary>>, format), do: unsigned_date(rest, format)
  defp date_of(string, format), do: unsigned_date(string, format)

  defp unsigned_date(<<y::binary-size(4), ?-, m::binary-size(2), ?-, d::binary-size(2), rest::binary>>, :extended),
    do: numbers([y, m, d], rest)

  defp unsigned_date(<<y::binary-size(4), m::binary-size(2), d::binary-size(2), rest::binary>>, :basic),
    do: numbers([y, m, d], rest)

  defp unsigned_date(_, _), do: :error

  defp time_of(<<h::binary-size(2), ?:, m::binary-size(2), ?:, s::binary-size(2), rest::binary>>, :extended),
    do: with_fraction(numbers([h, m, s], rest))

  defp time_of(<<h::binary-size(2), m::binary-size(2), s::binary-size(2), rest::binary>>, :basic),
    do: with_fraction(numbers([h, m, s], rest))

  defp time_of(_, _), do: :error

  defp with_fraction({:ok, {h, m, s}, <<point, digit, _::binary>> = text}) when point in [?., ?,] and digit in ?0..?9 do
    <<_, rest::binary>> = text
    {digits, rest} = digits(rest, "")
    kept = binary_part(digits, 0, min(6, byte_size(digits)))
    micro = :erlang.binary_to_integer(kept <> :binary.copy("0", 6 - byte_size(kept)))
    {:ok, {h, m, s, {micro, byte_size(kept)}}, rest}
  end

  defp with_fraction({:ok, _, <<point, _::binary>>}) when point in [?., ?,], do: :error
  defp with_fraction({:ok, {h, m, s}, rest}), do: {:ok, {h, m, s, {0, 0}}, rest}
  defp with_fraction(:error), do: :error

  # Seconds east of Greenwich, or nil where the text ends.
  defp offset_of(""), do: {:ok, nil}
  defp offset_of("Z"), do: {:ok, 0}
  defp offset_of("-00:00"), do: :error
  defp offset_of(<<sign, h::binary-size(2), ?:, m::binary-size(2)>>) when sign in [?+, ?-], do: offset(sign, h, m)
  defp offset_of(<<sign, h::binary-size(2), m::binary-size(2)>>) when sign in [?+, ?-], do: offset(sign, h, m)
  defp offset_of(<<sign, h::binary-size(2)>>) when sign in [?+, ?-], do: offset(sign, h, "00")
  defp offset_of(_), do: :error

  defp offset(sign, h, m) do
    case numbers([h, m], "") do
      {:ok, {h, m}, _} when h < 24 and m < 60 -> {:ok, if(sign == ?-, do: -1, else: 1) * (h * 3600 + m * 60)}
      _ -> :error
    end
  end

  defp digits(<<digit, rest::binary>>, acc) when digit in ?0..?9, do: digits(rest, <<acc::binary, digit>>)
  defp digits(rest, acc), do: {acc, rest}

  defp numbers(texts, rest) do
    if Enum.all?(texts, fn text -> elem(digits(text, ""), 1) == "" end),
      do: {:ok, List.to_tuple(Enum.map(texts, &:erlang.binary_to_integer/1)), rest},
      else: :error
  end
end
