defmodule Version.InvalidVersionError do
  defexception [:version]
  def exception(version) when is_binary(version), do: %Version.InvalidVersionError{version: version}
  def exception(options), do: %Version.InvalidVersionError{version: options[:version]}
  def message(%{version: version}), do: "invalid version: #{inspect(version)}"
end

defmodule Version.InvalidRequirementError do
  defexception [:requirement]
  def exception(requirement) when is_binary(requirement), do: %Version.InvalidRequirementError{requirement: requirement}
  def exception(options), do: %Version.InvalidRequirementError{requirement: options[:requirement]}
  def message(%{requirement: requirement}), do: "invalid requirement: #{inspect(requirement)}"
end

defmodule Version.Requirement do
  defstruct [:source, :lexed]
end

defmodule Version do
  @enforce_keys [:major, :minor, :patch]
  defstruct [:major, :minor, :patch, :build, pre: []]

  @full ~S"(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?"

  def parse(text) when is_binary(text) do
    case Regex.run(Regex.compile!("^" <> @full <> "$"), text) do
      [_, major, minor, patch | rest] ->
        if Enum.any?([major, minor, patch], &leading_zero?/1) do
          :error
        else
          {:ok,
           %Version{
             major: :erlang.binary_to_integer(major),
             minor: :erlang.binary_to_integer(minor),
             patch: :erlang.binary_to_integer(patch),
             pre: pre(Enum.at(rest, 0, "")),
             build: Enum.at(rest, 1)
           }}
        end

      nil ->
        :error
    end
  end

  defp leading_zero?("0"), do: false
  defp leading_zero?(<<?0, _::binary>>), do: true
  defp leading_zero?(_), do: false

  defp pre(""), do: []

  defp pre(text) do
    for part <- :binary.split(text, ".", [:global]) do
      if Regex.match?(~r/^\d+$/, part), do: :erlang.binary_to_integer(part), else: part
    end
  end

  def parse!(text) when is_binary(text) do
    case parse(text) do
      {:ok, version} -> version
      :error -> raise Version.InvalidVersionError, text
    end
  end

  defp version(%Version{} = version), do: version
  defp version(text), do: parse!(text)

  # A version without pre-release comes after those with one.
  defp order(%Version{pre: pre} = v), do: {v.major, v.minor, v.patch, pre == [], pre}

  def compare(a, b) do
    {a, b} = {order(version(a)), order(version(b))}

    cond do
      a > b -> :gt
      a < b -> :lt
      true -> :eq
    end
  end

  def parse_requirement(text) when is_binary(text) do
    alternatives = for part <- Regex.split(~r/\s+or\s+/, text), do: Regex.split(~r/\s+and\s+/, part) |> Enum.map(&condition/1)

    if Enum.any?(alternatives, &(:error in &1)),
      do: :error,
      else: {:ok, %Version.Requirement{source: text, lexed: alternatives}}
  end

  def parse_requirement!(text) when is_binary(text) do
    case parse_requirement(text) do
      {:ok, requirement} -> requirement
      :error -> raise Version.InvalidRequirementError, text
    end
  end

  defp condition(text) do
    case Regex.run(~r/^\s*(~>|>=|<=|==|!=|!|>|<)?\s*(\S+)\s*$/, text) do
      [_, "~>", wanted] ->
        case Regex.run(~r/^(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?$/, wanted) do
          [_, major, minor | pre] -> about(parse(major <> "." <> minor <> ".0" <> Enum.join(pre)), :major)
          nil -> about(parse(wanted), :minor)
        end

      [_, operator, wanted] ->
        with {:ok, version} <- parse(wanted), do: {if(operator == "", do: "==", else: operator), version}

      nil ->
        :error
    end
  end

  defp about({:ok, version}, up_to), do: {"~>", version, up_to}
  defp about(:error, _), do: :error

  def match?(version, requirement, options \\ [])
  def match?(version, text, options) when is_binary(text), do: Version.match?(version, parse_requirement!(text), options)

  def match?(version, %Version.Requirement{lexed: alternatives}, options) do
    version = version(version)
    allow_pre = Keyword.get(options, :allow_pre, true)
    Enum.any?(alternatives, fn conditions -> Enum.all?(conditions, &holds?(&1, version, allow_pre)) end)
  end

  defp holds?({"~>", wanted, up_to}, version, allow_pre) do
    same = if up_to == :major, do: version.major == wanted.major, else: {version.major, version.minor} == {wanted.major, wanted.minor}
    same and compare(version, wanted) != :lt and pre_allowed?(version, wanted, allow_pre)
  end

  defp holds?({operator, wanted}, version, allow_pre) do
    answer =
      case {operator, compare(version, wanted)} do
        {"==", order} -> order == :eq
        {"!=", order} -> order != :eq
        {"!", order} -> order != :eq
        {">", order} -> order == :gt
        {">=", order} -> order != :lt
        {"<", order} -> order == :lt
        {"<=", order} -> order != :gt
      end

    answer and (operator in ["==", "<", "<=", "!=", "!"] or pre_allowed?(version, wanted, allow_pre))
  end

  defp pre_allowed?(version, wanted, allow_pre), do: allow_pre or version.pre == [] or wanted.pre != []

  def to_string(%Version{} = v) do
    pre = if v.pre == [], do: "", else: "-" <> Enum.map_join(v.pre, ".", &Kernel.to_string/1)
    build = if v.build, do: "+" <> v.build, else: ""
    "#{v.major}.#{v.minor}.#{v.patch}" <> pre <> build
  end

  # Requirements are compiled when they are parsed.
  def compile_requirement(%Version.Requirement{} = requirement), do: requirement
end

defimpl Inspect, for: Version.Requirement do
  def inspect(%{source: source}, options) do
    Inspect.Algebra.concat(["Version.parse_requirement!(", Inspect.Algebra.to_doc(source, options), ")"])
  end
end

defimpl String.Chars, for: Version.Requirement do
  def to_string(%{source: source}), do: source
end
