defmodule Calendar.UTCOnlyTimeZoneDatabase do
  def time_zone_period_from_utc_iso_days(_, "Etc/UTC"), do: {:ok, %{std_offset: 0, utc_offset: 0, zone_abbr: "UTC"}}
  def time_zone_period_from_utc_iso_days(_, _), do: {:error, :utc_only_time_zone_database}
  def time_zone_periods_from_wall_datetime(_, "Etc/UTC"), do: {:ok, %{std_offset: 0, utc_offset: 0, zone_abbr: "UTC"}}
  def time_zone_periods_from_wall_datetime(_, _), do: {:error, :utc_only_time_zone_database}
end

defmodule Calendar do
  @months ~w(January February March April May June July August September October November December)
  @days ~w(Monday Tuesday Wednesday Thursday Friday Saturday Sunday)

  def compatible_calendars?(calendar, calendar), do: true

  def compatible_calendars?(a, b),
    do: a.day_rollover_relative_to_midnight_utc() == b.day_rollover_relative_to_midnight_utc()

  def truncate(microsecond, :microsecond), do: microsecond
  def truncate({micro, precision}, :millisecond), do: {div(micro, 1000) * 1000, min(precision, 3)}
  def truncate(_, :second), do: {0, 0}

  def put_time_zone_database(database) when is_atom(database), do: Application.put_env(:elixir, :time_zone_database, database)

  def get_time_zone_database(),
    do: Application.get_env(:elixir, :time_zone_database, Calendar.UTCOnlyTimeZoneDatabase)

  # What ~D, ~T, ~N and ~U stand for.
  def __sigil__(module, text) do
    parsed =
      case module do
        DateTime ->
          with {:ok, value, offset} <- DateTime.from_iso8601(text), do: if(offset == 0, do: {:ok, value}, else: {:error, :non_utc_offset})

        _ ->
          module.from_iso8601(text)
      end

    case parsed do
      {:ok, value} ->
        value

      {:error, reason} ->
        name = if module == DateTime, do: "UTC DateTime", else: inspect(module)
        raise ArgumentError, "cannot parse #{inspect(text)} as #{name} for Calendar.ISO, reason: #{inspect(reason)}"
    end
  end

  def strftime(value, format, options \\ []) when is_map(value) and is_binary(format) do
    IO.iodata_to_binary(formatted(format, value, settings(options)))
  end

  defp settings(options) do
    names = %{
      preferred_date: "%Y-%m-%d",
      preferred_time: "%H:%M:%S",
      preferred_datetime: "%Y-%m-%d %H:%M:%S",
      am_pm_names: fn
        :am -> "am"
        :pm -> "pm"
      end,
      month_names: fn month -> Enum.at(@months, month - 1) end,
      day_of_week_names: fn day -> Enum.at(@days, day - 1) end
    }

    abbreviated = fn fun -> fn number -> String.slice(fun.(number), 0, 3) end end

    names =
      Map.merge(names, %{
        abbreviated_month_names: abbreviated.(names.month_names),
        abbreviated_day_of_week_names: abbreviated.(names.day_of_week_names)
      })

    Enum.reduce(options, names, fn {key, value}, acc ->
      if is_map_key(acc, key),
        do: %{acc | key => value},
        else: raise(ArgumentError, "unknown option #{inspect(key)} given to Calendar.strftime/3")
    end)
  end

  defp formatted("", _, _), do: []

  defp formatted(<<?%, rest::binary>>, value, settings) do
    {padding, rest} = padding(rest)
    {width, rest} = width(rest, nil)

    case rest do
      <<what, rest::binary>> -> [part(what, value, settings, padding, width) | formatted(rest, value, settings)]
      "" -> raise ArgumentError, "invalid strftime format: %"
    end
  end

  defp formatted(<<char, rest::binary>>, value, settings), do: [char | formatted(rest, value, settings)]

  defp padding("-" <> rest), do: {:none, rest}
  defp padding("0" <> rest), do: {?0, rest}
  defp padding("_" <> rest), do: {?\s, rest}
  defp padding(rest), do: {nil, rest}

  defp width(<<digit, rest::binary>>, width) when digit in ?0..?9, do: width(rest, (width || 0) * 10 + digit - ?0)
  defp width(rest, width), do: {width, rest}

  defp part(?Y, %{year: year}, _, p, w) when year < 0, do: ["-" | number(-year, p, w, 4)]
  defp part(?Y, v, _, p, w), do: number(v.year, p, w, 4)
  defp part(?y, v, _, p, w), do: number(rem(v.year, 100), p, w, 2)
  defp part(?m, v, _, p, w), do: number(v.month, p, w, 2)
  defp part(?d, v, _, p, w), do: number(v.day, p, w, 2)
  defp part(?H, v, _, p, w), do: number(v.hour, p, w, 2)
  defp part(?I, v, _, p, w), do: number(rem(v.hour + 23, 12) + 1, p, w, 2)
  defp part(?M, v, _, p, w), do: number(v.minute, p, w, 2)
  defp part(?S, v, _, p, w), do: number(v.second, p, w, 2)
  defp part(?j, v, _, p, w), do: number(Date.day_of_year(v), p, w, 3)
  defp part(?q, v, _, p, w), do: number(Date.quarter_of_year(v), p, w, 1)
  defp part(?u, v, _, p, w), do: number(Date.day_of_week(v), p, w, 1)
  defp part(?f, v, _, p, w), do: fraction(v.microsecond, p, w)
  defp part(?p, v, s, p, w), do: v |> am_pm(s) |> String.upcase() |> text(p, w)
  defp part(?P, v, s, p, w), do: v |> am_pm(s) |> text(p, w)
  defp part(?B, v, s, p, w), do: text(s.month_names.(v.month), p, w)
  defp part(?b, v, s, p, w), do: text(s.abbreviated_month_names.(v.month), p, w)
  defp part(?A, v, s, p, w), do: text(s.day_of_week_names.(Date.day_of_week(v)), p, w)
  defp part(?a, v, s, p, w), do: text(s.abbreviated_day_of_week_names.(Date.day_of_week(v)), p, w)
  defp part(?Z, v, _, p, w), do: v |> Map.get(:zone_abbr, "") |> text(p, w)
  defp part(?z, v, _, p, w), do: offset(v, p, w)
  defp part(?c, v, s, p, w), do: v |> strftime_inner(s.preferred_datetime, %{s | preferred_datetime: ""}) |> text(p, w)
  defp part(?x, v, s, p, w), do: v |> strftime_inner(s.preferred_date, %{s | preferred_date: ""}) |> text(p, w)
  defp part(?X, v, s, p, w), do: v |> strftime_inner(s.preferred_time, %{s | preferred_time: ""}) |> text(p, w)
  defp part(?%, _, _, _, _), do: "%"
  defp part(other, _, _, _, _), do: raise(ArgumentError, "invalid strftime format: %#{<<other>>}")

  defp strftime_inner(value, format, settings), do: IO.iodata_to_binary(formatted(format, value, settings))
  defp am_pm(value, settings), do: settings.am_pm_names.(if(value.hour < 12, do: :am, else: :pm))

  defp number(n, padding, width, default), do: padded(Integer.to_string(n), padding || ?0, width || default)
  defp text(text, padding, width), do: padded(text, padding || ?\s, width || 0)
  defp padded(text, :none, _), do: text
  defp padded(text, with, width), do: String.pad_leading(text, width, <<with>>)

  defp fraction({_, 0}, padding, width), do: padded("0", padding || ?0, width || 0)

  defp fraction({micro, precision}, padding, width) do
    micro |> Integer.to_string() |> String.pad_leading(6, "0") |> binary_part(0, precision) |> padded(padding || ?0, width || 0)
  end

  defp offset(%{utc_offset: utc_offset, std_offset: std_offset}, padding, width) do
    seconds = utc_offset + std_offset
    minutes = div(abs(seconds), 60)
    sign = if seconds < 0, do: "-", else: "+"
    hours = Integer.to_string(div(minutes, 60) * 100 + rem(minutes, 60))

    case padding do
      :none -> sign <> hours
      _ -> sign <> String.pad_leading(hours, max((width || 5) - 1, 0), <<padding || ?0>>)
    end
  end

  defp offset(_, padding, width), do: text("", padding, width)
end
