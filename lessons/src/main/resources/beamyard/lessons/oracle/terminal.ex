# The terminal of a real node: IEx reads and writes through a process that talks frames (four bytes of length) over two
# inherited file descriptors, so that what is watched needs no distribution.
#
#   to the node:   "I" code   an input, whole            "S"   stop, as init does
#                  "R" number " " answer   what became of a request
#   from the node: "O" text   something was printed      "P" inputs-read " " prompt   it waits for an input
#                  "F" number " " words    a request of the Sandbox: who started the nodes does it
defmodule Sandbox do
  @impossible [
    cut_hosts: 1, cut_hosts: 2, latency: 3, latency_one_way: 3, bandwidth: 3, loss: 3, hold: 2, held: 0, release: 0, release: 1, drop: 1,
    reset: 2, slow: 2, skew: 2, start: 2, on: 2
  ]

  for name <- [:crash, :stop, :start, :restart, :pause, :resume] do
    def unquote(name)(node), do: done(Beamyard.Terminal.ask("#{unquote(name)} #{node}"))
  end

  for {name, arity} <- @impossible do
    arguments = Macro.generate_arguments(arity, __MODULE__)

    def unquote(name)(unquote_splicing(arguments)) do
      _ = unquote(arguments)
      done(Beamyard.Terminal.ask("impossible #{unquote(name)}"))
    end
  end

  def partition(groups, options \\ []) do
    done(Beamyard.Terminal.ask("partition #{words(groups)} #{options[:name]}"))
  end

  def blip(groups, millis), do: done(Beamyard.Terminal.ask("blip #{words(groups)} #{millis}"))
  def block(from, to), do: done(Beamyard.Terminal.ask("block #{from} #{to}"))
  def unblock(from, to), do: done(Beamyard.Terminal.ask("unblock #{from} #{to}"))
  def heal, do: done(Beamyard.Terminal.ask("heal"))
  def heal(name), do: done(Beamyard.Terminal.ask("heal #{name}"))

  defp words(groups), do: Enum.map_join(groups, "|", &Enum.join(&1, ","))

  def advance(millis), do: Process.sleep(millis)

  def cuts do
    {"ok", names} = Beamyard.Terminal.ask("cuts")
    names |> String.split(",", trim: true) |> Enum.map(&String.to_atom/1)
  end

  def now do
    {"ok", millis} = Beamyard.Terminal.ask("now")
    String.to_integer(millis)
  end

  def nodes do
    {"ok", states} = Beamyard.Terminal.ask("nodes")

    for state <- String.split(states) do
      [name, how] = String.split(state, "=")
      {String.to_atom(name), String.to_atom(how)}
    end
  end

  def always(_name, _fun), do: :ok
  def sometimes(_name, _fun), do: :ok
  def eventually(_name, _fun), do: :ok

  defp done({"ok", _}), do: :ok
  defp done({_, why}), do: raise(ArgumentError, why)
end

defmodule Beamyard.Terminal do
  @doc "Asks who started the nodes for something; gives a word, and a text."
  def ask(what) do
    ref = make_ref()
    send(:persistent_term.get(__MODULE__), {:ask, self(), ref, what})

    receive do
      {^ref, answer} ->
        [word | rest] = String.split(answer, " ", parts: 2)
        {word, Enum.join(rest)}
    end
  end

  def open do
    {:ok, _} = Application.ensure_all_started(:iex)
    Application.put_env(:iex, :width, 80)
    Application.put_env(:elixir, :ansi_enabled, false)
    starter = self()

    device =
      spawn(fn ->
        Process.flag(:trap_exit, true)
        port = Port.open({:fd, 3, 4}, [:binary, :eof, packet: 4])
        send(starter, :open)
        serve(%{port: port, waiting: nil, typed: [], read: 0, asked: []})
      end)

    receive do
      :open -> :ok
    end

    :persistent_term.put(__MODULE__, device)
    Process.unregister(:user)
    Process.register(device, :user)

    spawn(fn ->
      Process.group_leader(self(), device)
      IEx.Server.run(dot_iex_path: "", register: true)
    end)
  end

  defp serve(%{port: port} = state) do
    receive do
      {^port, {:data, "I" <> code}} ->
        serve(give(%{state | typed: state.typed ++ [code]}))

      {^port, {:data, "S"}} ->
        spawn(fn -> :init.stop() end)
        serve(state)

      {^port, {:data, "R" <> answered}} ->
        {number, " " <> answer} = Integer.parse(answered)
        {from, ref} = Enum.at(state.asked, -number)
        send(from, {ref, answer})
        serve(state)

      {:ask, from, ref, what} ->
        state = %{state | asked: [{from, ref} | state.asked]}
        tell(state, "F#{length(state.asked)} #{what}")
        serve(state)

      {^port, :eof} ->
        System.halt(0)

      {:io_request, from, tag, request} ->
        case answer(request, state) do
          {:wait, prompt} ->
            tell(state, "P#{state.read} #{prompt}")
            serve(give(%{state | waiting: {from, tag}}))

          reply ->
            send(from, {:io_reply, tag, reply})
            serve(state)
        end

      _other ->
        serve(state)
    end
  end

  # A shell that died while it waited reads no more: the next prompt gets what was typed.
  defp give(%{waiting: {from, tag}, typed: [code | rest]} = state) do
    if Process.alive?(from) do
      send(from, {:io_reply, tag, code})
      %{state | waiting: nil, typed: rest, read: state.read + 1}
    else
      %{state | waiting: nil}
    end
  end

  defp give(state), do: state

  defp tell(state, text), do: Port.command(state.port, text)

  defp answer({:put_chars, encoding, characters}, state), do: put(encoding, characters, state)
  defp answer({:put_chars, characters}, state), do: put(:latin1, characters, state)

  defp answer({:put_chars, encoding, module, function, arguments}, state),
    do: put(encoding, apply(module, function, arguments), state)

  defp answer({:get_line, _encoding, prompt}, state) do
    text = IO.chardata_to_string(prompt_text(prompt))

    if String.starts_with?(text, ["iex(", "...("]) do
      {:wait, text}
    else
      tell(state, "O" <> text)
      :eof
    end
  end

  defp answer({:get_geometry, :columns}, _state), do: 80
  defp answer({:get_geometry, :rows}, _state), do: 24
  defp answer({:setopts, _options}, _state), do: :ok
  defp answer(:getopts, _state), do: [binary: true, encoding: :unicode]

  defp answer({:requests, requests}, state) do
    Enum.reduce_while(requests, :ok, fn request, _ ->
      case answer(request, state) do
        {:error, _} = error -> {:halt, error}
        reply -> {:cont, reply}
      end
    end)
  end

  defp answer(_request, _state), do: {:error, :request}

  defp put(encoding, characters, state) do
    case :unicode.characters_to_binary(characters, encoding, :unicode) do
      text when is_binary(text) ->
        tell(state, ["O", text])
        :ok

      _ ->
        {:error, :put_chars}
    end
  end

  defp prompt_text({:format, format, arguments}), do: :io_lib.format(format, arguments)
  defp prompt_text(prompt) when is_atom(prompt), do: Atom.to_string(prompt)
  defp prompt_text(prompt), do: prompt
end
