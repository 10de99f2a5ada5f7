defmodule IO.ANSI do
  # Escape sequences of terminals. A shell of the yard has none, so sequences are left out unless asked for.

  @codes [
    reset: 0, bright: 1, faint: 2, italic: 3, underline: 4, blink_slow: 5, blink_rapid: 6, inverse: 7, reverse: 7,
    conceal: 8, crossed_out: 9, primary_font: 10, normal: 22, not_italic: 23, no_underline: 24, blink_off: 25,
    inverse_off: 27, reverse_off: 27, framed: 51, encircled: 52, overlined: 53, not_framed_encircled: 54,
    not_overlined: 55, font_1: 11, font_2: 12, font_3: 13, font_4: 14, font_5: 15, font_6: 16, font_7: 17, font_8:
    18, font_9: 19, black: 30, light_black: 90, black_background: 40, light_black_background: 100, red: 31,
    light_red: 91, red_background: 41, light_red_background: 101, green: 32, light_green: 92, green_background:
    42, light_green_background: 102, yellow: 33, light_yellow: 93, yellow_background: 43, light_yellow_background:
    103, blue: 34, light_blue: 94, blue_background: 44, light_blue_background: 104, magenta: 35, light_magenta:
    95, magenta_background: 45, light_magenta_background: 105, cyan: 36, light_cyan: 96, cyan_background: 46,
    light_cyan_background: 106, white: 37, light_white: 97, white_background: 47, light_white_background: 107,
    default_color: 39, default_background: 49
  ]

  for {name, code} <- @codes do
    def unquote(name)(), do: unquote("\e[#{code}m")
  end

  def enabled?(), do: Application.get_env(:elixir, :ansi_enabled, false)
  def syntax_colors(), do: [atom: :cyan, string: :green, list: :default_color, boolean: :magenta, nil: :magenta, tuple: :default_color, binary: :default_color, map: :default_color, reset: :yellow]

  def color(code) when code in 0..255, do: "\e[38;5;#{code}m"
  def color(r, g, b) when r in 0..5 and g in 0..5 and b in 0..5, do: color(16 + 36 * r + 6 * g + b)
  def color_background(code) when code in 0..255, do: "\e[48;5;#{code}m"
  def color_background(r, g, b) when r in 0..5 and g in 0..5 and b in 0..5, do: color_background(16 + 36 * r + 6 * g + b)

  def home(), do: "\e[H"
  def clear(), do: "\e[2J"
  def clear_line(), do: "\e[2K"
  def cursor(line, column) when is_integer(line) and line >= 0 and is_integer(column) and column >= 0, do: "\e[#{line};#{column}H"
  def cursor_up(lines \\ 1) when is_integer(lines) and lines >= 1, do: "\e[#{lines}A"
  def cursor_down(lines \\ 1) when is_integer(lines) and lines >= 1, do: "\e[#{lines}B"
  def cursor_right(columns \\ 1) when is_integer(columns) and columns >= 1, do: "\e[#{columns}C"
  def cursor_left(columns \\ 1) when is_integer(columns) and columns >= 1, do: "\e[#{columns}D"

  def format(chardata, emit? \\ enabled?()) when is_boolean(emit?), do: formatted(chardata, [], [], emit?, :maybe)
  def format_fragment(chardata, emit? \\ enabled?()) when is_boolean(emit?), do: formatted(chardata, [], [], emit?, false)

  defp formatted([x | rest], later, acc, emit?, reset) when is_list(x), do: formatted(x, [rest | later], acc, emit?, reset)

  defp formatted([x | rest], later, acc, emit?, reset) when is_atom(x) do
    sequence = sequence(x)

    if emit?,
      do: formatted(rest, later, [acc | sequence], true, reset && true),
      else: formatted(rest, later, acc, false, reset)
  end

  defp formatted([x | rest], later, acc, emit?, reset), do: formatted(rest, later, [acc, x], emit?, reset)
  defp formatted([], [next | later], acc, emit?, reset), do: formatted(next, later, acc, emit?, reset)
  defp formatted([], [], acc, true, true), do: [acc | "\e[0m"]
  defp formatted([], [], acc, _, _), do: acc
  defp formatted(x, later, acc, emit?, reset), do: formatted([x], later, acc, emit?, reset)

  defp sequence(:clear), do: clear()
  defp sequence(:clear_line), do: clear_line()
  defp sequence(:home), do: home()

  defp sequence(name) do
    case :lists.keyfind(name, 1, @codes) do
      {_, code} -> "\e[#{code}m"
      false -> raise ArgumentError, "invalid ANSI sequence specification: #{inspect(name)}"
    end
  end
end
