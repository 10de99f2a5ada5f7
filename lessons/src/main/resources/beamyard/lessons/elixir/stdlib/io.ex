defmodule :io do
  def put_chars(chars), do: put_chars(:erlang.group_leader(), chars)

  def put_chars(device, chars) do
    case __request__(device, {:put_chars, :unicode, chars}) do
      :ok -> :ok
      {:error, {:yard_limit, _, _} = limit} -> :erlang.error(limit, [device, chars])
      {:error, :calling_self} -> IO.write(self(), chars)
      {:error, _} -> :erlang.error(:badarg, [device, chars])
    end
  end

  def nl(), do: put_chars('\n')
  def nl(device), do: put_chars(device, '\n')

  def format(format), do: format(:erlang.group_leader(), format, [])
  def format(format, arguments), do: format(:erlang.group_leader(), format, arguments)

  def format(device, format, arguments) do
    text =
      try do
        :io_lib.format(format, arguments)
      rescue
        ArgumentError -> Beamyard.FormatProblem.explain(device, format, arguments)
      end

    put_chars(device, text)
  end

  def fwrite(format), do: format(format)
  def fwrite(format, arguments), do: format(format, arguments)
  def fwrite(device, format, arguments), do: format(device, format, arguments)

  def get_line(prompt), do: get_line(:erlang.group_leader(), prompt)
  def get_line(device, prompt), do: __request__(device, {:get_line, :unicode, prompt})

  def get_line(device, prompt, _), do: get_line(device, prompt)
  def get_chars(prompt, count), do: get_chars(:erlang.group_leader(), prompt, count)
  def get_chars(device, prompt, count), do: __request__(device, {:get_chars, :unicode, prompt, count})
  def get_password(), do: get_password(:erlang.group_leader())
  def get_password(device), do: get_line(device, '')
  def write(term), do: write(:erlang.group_leader(), term)
  def write(device, term), do: format(device, '~w', [term])
  def read(prompt), do: read(:erlang.group_leader(), prompt)

  def read(device, prompt) do
    case get_line(device, prompt) do
      text when is_binary(text) or is_list(text) ->
        case Beamyard.ErlangReader.term(text) do
          {:ok, term} -> {:ok, term}
          :error -> {:error, {1, :erl_parse, ['syntax error before: ', []]}}
        end

      other ->
        other
    end
  end

  def request(request), do: request(:erlang.group_leader(), request)
  def request(device, {:format, format, arguments}), do: format(device, format, arguments)
  def request(device, request), do: __request__(device, request)
  def requests(requests), do: requests(:erlang.group_leader(), requests)
  def requests(device, requests), do: __request__(device, {:requests, requests})
  def getopts(), do: getopts(:erlang.group_leader())

  def getopts(device) do
    case __request__(device, :getopts) do
      {:ok, options} -> options
      other -> other
    end
  end

  def setopts(options), do: setopts(:erlang.group_leader(), options)
  def setopts(device, options), do: __request__(device, {:setopts, options})
  def printable_range(), do: :unicode
  def fread(prompt, format), do: fread(:erlang.group_leader(), prompt, format)

  def fread(device, prompt, format) do
    case get_line(device, prompt) do
      text when is_binary(text) or is_list(text) ->
        case :io_lib.fread(:unicode.characters_to_list(format), :unicode.characters_to_list(text)) do
          {:ok, values, _} -> {:ok, values}
          other -> other
        end

      other ->
        other
    end
  end

  def columns(), do: {:ok, 80}
  def columns(_device), do: {:ok, 80}
  def rows(), do: {:ok, 24}

  # One request and its answer. A device that is gone raises :terminated.
  defp process(:standard_io), do: :erlang.group_leader()
  defp process(name) when is_atom(name), do: :erlang.whereis(name)
  defp process(pid), do: pid

  def __request__(device, request) do
    pid = process(device)

    if pid == self(), do: {:error, :calling_self}, else: ask(pid, device, request)
  end

  defp ask(pid, device, request) do
    if is_pid(pid) and :beamyard.runs_macro() and elem(request, 0) == :put_chars do
      IO.__unanswered__(pid, request)
    else
      answered(pid, device, request)
    end
  end

  defp answered(pid, device, request) do
    if is_pid(pid) do
      ref = :erlang.monitor(:process, pid)
      send(pid, {:io_request, self(), ref, request})

      receive do
        {:io_reply, ^ref, answer} ->
          :erlang.demonitor(ref, [:flush])
          answer

        {:DOWN, ^ref, _, _, _} ->
          :erlang.error(:terminated, [device, request])
      end
    else
      :erlang.error(:badarg, [device, request])
    end
  end
end

# Why a format cannot be used, in OTP's words.
defmodule Beamyard.FormatProblem do
  def explain(_, format, arguments) when not is_list(arguments), do: fault(format, "not a list")

  def explain(_, format, arguments) do
    case controls(:unicode.characters_to_list(format), []) do
      {:unknown, control} ->
        fault_at(1, "format string invalid (invalid control ~#{<<control::utf8>>})")

      controls ->
        needed = Enum.sum(Enum.map(controls, &needs/1))

        cond do
          needed != length(arguments) -> fault_at(1, "wrong number of arguments")
          true -> mistyped(controls, arguments, 1)
        end
    end
  end

  defp mistyped([], _, _), do: raise(ArgumentError)

  defp mistyped([control | rest], arguments, at) do
    {mine, others} = Enum.split(arguments, needs(control))

    case {mine, type(control)} do
      {[x | _], {name, test}} ->
        if test.(x), do: mistyped(rest, others, at + length(mine)), else: fault_at(2, "element #{at} must be of type #{name}")

      _ ->
        mistyped(rest, others, at + length(mine))
    end
  end

  defp type(?s), do: {"string", &(is_list(&1) or is_binary(&1) or is_atom(&1))}
  defp type(c) when c in [?f, ?e, ?g], do: {"float", &is_number/1}
  defp type(c) when c in [?b, ?B, ?x, ?X, ?#, ?+, ?c], do: {"integer", &is_integer/1}
  defp type(_), do: nil

  defp needs(c) when c in [?~, ?n], do: 0
  defp needs(c) when c in [?W, ?P, ?x, ?X], do: 2
  defp needs(_), do: 1

  defp controls([], acc), do: :lists.reverse(acc)

  defp controls([?~ | rest], acc) do
    case Enum.drop_while(rest, &(&1 in '-*.0123456789tlkK')) do
      [c | rest] when c in '~ncfegswpWPbBxX#+i' -> controls(rest, [c | acc])
      [c | _] -> {:unknown, c}
      [] -> {:unknown, ?\s}
    end
  end

  defp controls([_ | rest], acc), do: controls(rest, acc)

  defp fault(_, text), do: fault_at(2, text)

  defp fault_at(position, text) do
    ordinal = if position == 1, do: "1st", else: "2nd"
    raise ArgumentError, "errors were found at the given arguments:\n\n  * #{ordinal} argument: #{text}\n"
  end
end
