defmodule Version.InvalidVersionError do
  defexception [:version]
  def message(%{version: version}), do: "invalid version: " <> inspect(version)
end

defmodule Version.InvalidRequirementError do
  defexception [:requirement]
  def message(%{requirement: requirement}), do: "invalid requirement: " <> inspect(requirement)
end

defmodule Version do
  @enforce_keys [:major, :minor, :patch]
  defstruct [:major, :minor, :patch, :build, pre: []]

  def parse(string) when is_binary(string) do
    {string, build} = cut(string, "+")
    {string, pre} = cut(string, "-")

    with [major, minor, patch] <- String.split(string, "."),
         {:ok, major} <- number(major),
         {:ok, minor} <- number(minor),
         {:ok, patch} <- number(patch),
         {:ok, pre} <- pre_parts(pre),
         true <- build != "" do
      {:ok, %Version{major: major, minor: minor, patch: patch, pre: pre, build: build}}
    else
      _ -> :error
    end
  end

  defp cut(string, separator) do
    case String.split(string, separator, parts: 2) do
      [front, back] -> {front, back}
      [front] -> {front, nil}
    end
  end

  defp number("0"), do: {:ok, 0}
  defp number("0" <> _), do: :error

  defp number(text) do
    case Integer.parse(text) do
      {n, ""} when n >= 0 -> if String.starts_with?(text, "+"), do: :error, else: {:ok, n}
      _ -> :error
    end
  end

  defp pre_parts(nil), do: {:ok, []}

  defp pre_parts(text) do
    parts = String.split(text, ".")

    if Enum.any?(parts, &(&1 == "")) do
      :error
    else
      {:ok,
       Enum.map(parts, fn part ->
         case number(part) do
           {:ok, n} -> n
           :error -> part
         end
       end)}
    end
  end

  def parse!(string) do
    case parse(string) do
      {:ok, version} -> version
      :error -> raise Version.InvalidVersionError, version: string
    end
  end

  def compare(a, b) do
    {a, b} = {key(a), key(b)}

    cond do
      a == b -> :eq
      a < b -> :lt
      true -> :gt
    end
  end

  # No pre-release part comes after any; numbers come before texts.
  defp key(%Version{} = v), do: {v.major, v.minor, v.patch, if(v.pre == [], do: 1, else: 0), v.pre}
  defp key(string), do: key(parse!(string))

  def match?(version, requirement, _options \\ []) do
    requirement
    |> String.split(" or ")
    |> Enum.any?(fn all -> all |> String.split(" and ") |> Enum.all?(&holds?(version, String.trim(&1), requirement)) end)
  end

  defp holds?(version, ">=" <> other, _), do: compare(version, String.trim(other)) != :lt
  defp holds?(version, "<=" <> other, _), do: compare(version, String.trim(other)) != :gt
  defp holds?(version, "!=" <> other, _), do: compare(version, String.trim(other)) != :eq
  defp holds?(version, "==" <> other, _), do: compare(version, String.trim(other)) == :eq
  defp holds?(version, ">" <> other, _), do: compare(version, String.trim(other)) == :gt
  defp holds?(version, "<" <> other, _), do: compare(version, String.trim(other)) == :lt

  defp holds?(version, "~>" <> other, whole) do
    text = String.trim(other)
    version = if is_binary(version), do: parse!(version), else: version

    case String.split(text, ".") do
      [_, _] ->
        low = parse!(text <> ".0")
        compare(version, low) != :lt and version.major == low.major

      [_, _, _ | _] ->
        low = parse!(text)
        compare(version, low) != :lt and version.major == low.major and version.minor == low.minor

      _ ->
        raise Version.InvalidRequirementError, requirement: whole
    end
  end

  defp holds?(version, other, _), do: compare(version, other) == :eq

  def to_string(%Version{} = v) do
    pre = if v.pre == [], do: "", else: "-" <> Enum.join(v.pre, ".")
    build = if v.build, do: "+" <> v.build, else: ""
    "#{v.major}.#{v.minor}.#{v.patch}#{pre}#{build}"
  end
end
