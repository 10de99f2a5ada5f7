defmodule :calendar do
  # Days are counted from 0000-01-01. The hosts of the yard keep universal time.
  @epoch 62_167_219_200

  def is_leap_year(y) when is_integer(y) and y >= 0, do: rem(y, 4) == 0 and (rem(y, 100) != 0 or rem(y, 400) == 0)

  def last_day_of_the_month(y, m) when is_integer(y) and y >= 0 do
    case m do
      2 -> if is_leap_year(y), do: 29, else: 28
      m when m in [4, 6, 9, 11] -> 30
      m when is_integer(m) and m > 0 and m < 13 -> 31
    end
  end

  def valid_date({y, m, d}), do: valid_date(y, m, d)
  def valid_date(y, m, d) when is_integer(y) and is_integer(m) and is_integer(d), do: y >= 0 and m in 1..12 and d >= 1 and d <= last_day_of_the_month(y, m)

  def date_to_gregorian_days({y, m, d}), do: date_to_gregorian_days(y, m, d)

  def date_to_gregorian_days(y, m, d) when is_integer(d) and d > 0 do
    last = last_day_of_the_month(y, m)
    if d <= last, do: days(y, m, d), else: :erlang.error(:if_clause)
  end

  defp days(y, m, d) do
    year = if m <= 2, do: y - 1, else: y
    era = Integer.floor_div(year, 400)
    of_era = year - era * 400
    era * 146_097 + of_era * 365 + div(of_era, 4) - div(of_era, 100) + div(153 * rem(m + 9, 12) + 2, 5) + d + 59
  end

  def gregorian_days_to_date(days) when is_integer(days) and days >= 0 do
    z = days - 60
    era = Integer.floor_div(z, 146_097)
    of_era = z - era * 146_097
    years = div(of_era - div(of_era, 1460) + div(of_era, 36_524) - div(of_era, 146_096), 365)
    of_year = of_era - (365 * years + div(years, 4) - div(years, 100))
    m = div(5 * of_year + 2, 153)
    month = if m < 10, do: m + 3, else: m - 9
    {years + era * 400 + if(month <= 2, do: 1, else: 0), month, of_year - div(153 * m + 2, 5) + 1}
  end

  def datetime_to_gregorian_seconds({date, time}), do: 86_400 * date_to_gregorian_days(date) + time_to_seconds(time)

  def gregorian_seconds_to_datetime(seconds) when seconds >= 0,
    do: {gregorian_days_to_date(div(seconds, 86_400)), seconds_to_time(rem(seconds, 86_400))}

  def day_of_the_week({y, m, d}), do: day_of_the_week(y, m, d)
  def day_of_the_week(y, m, d), do: rem(date_to_gregorian_days(y, m, d) + 5, 7) + 1
  def iso_week_number(), do: iso_week_number(elem(local_time(), 0))

  def iso_week_number({y, m, d}) do
    day = date_to_gregorian_days(y, m, d)
    first = first_week(y)

    cond do
      day < first -> {y - 1, div(day - first_week(y - 1), 7) + 1}
      day >= first_week(y + 1) -> {y + 1, 1}
      true -> {y, div(day - first, 7) + 1}
    end
  end

  # The Monday of the week that has the 4th of January.
  defp first_week(y) do
    day = date_to_gregorian_days(y, 1, 4)
    day - rem(day + 5, 7)
  end

  def time_to_seconds({h, m, s}) when is_integer(h) and is_integer(m) and is_integer(s), do: h * 3600 + m * 60 + s

  def seconds_to_time(seconds) when is_integer(seconds) and seconds >= 0 and seconds < 86_400,
    do: {div(seconds, 3600), div(rem(seconds, 3600), 60), rem(seconds, 60)}

  def seconds_to_daystime(seconds), do: {Integer.floor_div(seconds, 86_400), seconds_to_time(Integer.mod(seconds, 86_400))}

  def time_difference({d1, t1}, {d2, t2}),
    do: seconds_to_daystime(datetime_to_gregorian_seconds({d2, t2}) - datetime_to_gregorian_seconds({d1, t1}))

  def local_time(), do: :erlang.localtime()
  def universal_time(), do: :erlang.universaltime()
  def local_time_to_universal_time(time), do: time
  def local_time_to_universal_time(time, _), do: time
  def local_time_to_universal_time_dst(time), do: [time]
  def universal_time_to_local_time(time), do: time
  def now_to_universal_time({mega, seconds, _}), do: gregorian_seconds_to_datetime(mega * 1_000_000 + seconds + @epoch)
  def now_to_datetime(now), do: now_to_universal_time(now)
  def now_to_local_time(now), do: now_to_universal_time(now)
  def system_time_to_universal_time(time, unit), do: gregorian_seconds_to_datetime(:erlang.convert_time_unit(time, unit, :second) + @epoch)
  def system_time_to_local_time(time, unit), do: system_time_to_universal_time(time, unit)

  def system_time_to_rfc3339(time), do: system_time_to_rfc3339(time, [])

  def system_time_to_rfc3339(time, options) do
    unit = Keyword.get(options, :unit, :second)
    offset = offset_seconds(Keyword.get(options, :offset, ''), unit)
    {{y, m, d}, {h, min, s}} = gregorian_seconds_to_datetime(:erlang.convert_time_unit(time, unit, :second) + offset + @epoch)
    per = per_second(unit)
    digits = length(Integer.digits(per)) - 1
    fraction = if digits == 0, do: [], else: :io_lib.format('.~*..0B', [digits, Integer.mod(time, per)])
    between = Keyword.get(options, :time_designator, ?T)
    zone = zone_text(Keyword.get(options, :offset, ''), offset)
    :lists.flatten([:io_lib.format('~4..0B-~2..0B-~2..0B', [y, m, d]), between, :io_lib.format('~2..0B:~2..0B:~2..0B', [h, min, s]), fraction, zone])
  end

  defp offset_seconds('Z', _), do: 0
  defp offset_seconds('', _), do: 0
  defp offset_seconds(number, unit) when is_integer(number), do: :erlang.convert_time_unit(number, unit, :second)

  defp offset_seconds([sign, h1, h2, ?:, m1, m2], _),
    do: if(sign == ?-, do: -1, else: 1) * (:erlang.list_to_integer([h1, h2]) * 3600 + :erlang.list_to_integer([m1, m2]) * 60)

  defp zone_text('Z', _), do: 'Z'
  defp zone_text(_, seconds), do: [if(seconds < 0, do: ?-, else: ?+), :io_lib.format('~2..0B:~2..0B', [div(abs(seconds), 3600), div(rem(abs(seconds), 3600), 60)])]

  defp per_second(:second), do: 1
  defp per_second(:millisecond), do: 1000
  defp per_second(:microsecond), do: 1_000_000
  defp per_second(_), do: 1_000_000_000

  def rfc3339_to_system_time(text), do: rfc3339_to_system_time(text, [])

  def rfc3339_to_system_time(text, options) do
    unit = Keyword.get(options, :unit, :second)
    [date_and_time, fraction, zone] = Regex.run(~r/^(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d)(\.\d+)?(Z|z|[+-]\d\d:\d\d)$/, List.to_string(text), capture: :all_but_first)
    [y, m, d, h, min, s] = date_and_time |> String.split(~r/[-Tt: ]/) |> Enum.map(&String.to_integer/1)
    offset = if zone in ["Z", "z"], do: 0, else: offset_seconds(String.to_charlist(zone), :second)
    seconds = datetime_to_gregorian_seconds({{y, m, d}, {h, min, s}}) - @epoch - offset
    part = if fraction == "", do: 0, else: round(String.to_float("0" <> fraction) * per_second(unit))
    :erlang.convert_time_unit(seconds, :second, unit) + part
  end
end
