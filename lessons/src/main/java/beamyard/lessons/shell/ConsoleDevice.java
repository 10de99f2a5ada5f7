package beamyard.lessons.shell;

import beamyard.simulator.process.Address;
import beamyard.simulator.process.Outcome;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.process.Routine;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * The process behind {@code :user}: answers the requests of Erlang's I/O protocol on the node's {@link Console}. A read waits
 * until something was typed.
 *
 * @see <a href="https://www.erlang.org/doc/apps/stdlib/io_protocol.html">The Erlang I/O protocol</a>
 */
final class ConsoleDevice implements Routine {
  /** The message that tells the device that something was typed. */
  static final Atom TYPED = Atom.of("beamyard_typed");

  private static final Atom IO_REQUEST = Atom.of("io_request");
  private static final Atom IO_REPLY = Atom.of("io_reply");
  private static final Atom LATIN1 = Atom.of("latin1");
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;
  private static final int REDUCTIONS_A_REQUEST = 50;

  /** So many characters may be printed that nobody has taken yet. */
  private static final int MOST_UNREAD = 8_000_000;

  private @Nullable Reader reader;
  private @Nullable Formatting formatting;

  /** A process that waits for a line. */
  private record Reader(Pid pid, Term tag) {}

  /** A request whose text a function makes: {@code {put_chars, Encoding, Module, Function, Arguments}}. */
  private record Formatting(Pid pid, Term tag, boolean latin1, Routine call) {}

  ConsoleDevice() {}

  private ConsoleDevice(ConsoleDevice original) {
    reader = original.reader;
    Formatting running = original.formatting;
    formatting =
        running == null
            ? null
            : new Formatting(running.pid, running.tag, running.latin1, running.call.copy());
  }

  @Override
  public Outcome run(ProcessContext self) {
    while (true) {
      Formatting running = formatting;
      if (running != null) {
        Outcome outcome = running.call.run(self);
        if (outcome instanceof Outcome.Yielded || outcome instanceof Outcome.Waiting) {
          return outcome;
        }
        formatting = null;
        Term answer =
            outcome instanceof Outcome.Returned(Term text)
                ? put(self, text, running.latin1)
                : error("put_chars");
        reply(self, running.pid, running.tag, answer);
      }
      if (self.reductionsLeft() <= 0) {
        return Outcome.YIELDED;
      }
      Term message = self.mailbox().next();
      if (message == null) {
        return Outcome.WAITING;
      }
      self.mailbox().take();
      self.consume(REDUCTIONS_A_REQUEST);
      if (message == TYPED) {
        feed(self);
      } else if (message instanceof Tuple tuple
          && tuple.isTagged(IO_REQUEST, 4)
          && tuple.get(1) instanceof Pid from) {
        request(self, from, tuple.get(2), tuple.get(3));
      }
    }
  }

  private void request(ProcessContext self, Pid from, Term tag, Term request) {
    if (request instanceof Tuple tuple && tuple.size() > 0 && tuple.get(0) instanceof Atom verb) {
      switch (verb.name()) {
        case "put_chars" -> putChars(self, from, tag, tuple);
        case "get_line" -> getLine(self, from, tag, tuple.get(tuple.size() - 1));
        case "get_geometry" ->
            reply(
                self, from, tag, SmallInt.of(tuple.get(1) == Atom.of("columns") ? COLUMNS : ROWS));
        case "setopts" -> reply(self, from, tag, Atom.OK);
        case "get_chars", "get_until" -> reply(self, from, tag, Atom.of("eof"));
        case "requests" -> reply(self, from, tag, putAll(self, tuple.get(1)));
        default -> reply(self, from, tag, error("request"));
      }
    } else if (request == Atom.of("getopts")) {
      reply(
          self,
          from,
          tag,
          ListTerm.of(
              Tuple.of(Atom.of("binary"), Atom.TRUE),
              Tuple.of(Atom.of("encoding"), Atom.of("unicode"))));
    } else {
      reply(self, from, tag, error("request"));
    }
  }

  private void putChars(ProcessContext self, Pid from, Term tag, Tuple request) {
    boolean named = request.size() == 3 || request.size() == 5;
    boolean latin1 = named ? request.get(1) == LATIN1 : true;
    if (request.size() <= 3) {
      reply(self, from, tag, put(self, request.get(request.size() - 1), latin1));
    } else if (request.get(request.size() - 3) instanceof Atom module
        && request.get(request.size() - 2) instanceof Atom function
        && request.get(request.size() - 1) instanceof ListTerm arguments) {
      formatting =
          new Formatting(from, tag, latin1, self.call(module, function, arguments.toList()));
    } else {
      reply(self, from, tag, error("request"));
    }
  }

  /** Several requests in one; only those that write are known here. */
  private static Term putAll(ProcessContext self, Term requests) {
    if (requests instanceof ListTerm list) {
      for (Term request : list) {
        if (!(request instanceof Tuple tuple
            && tuple.isTagged(Atom.of("put_chars"), 3)
            && put(self, tuple.get(2), tuple.get(1) == LATIN1) == Atom.OK)) {
          return error("request");
        }
      }
      return Atom.OK;
    }
    return error("request");
  }

  private static Term put(ProcessContext self, Term characters, boolean latin1) {
    String text = CharacterData.text(characters, latin1);
    if (text == null && !latin1 && CharacterData.hasTheShape(characters)) {
      return Tuple.of(
          Atom.ERROR, Tuple.of(Atom.of("no_translation"), Atom.of("unicode"), Atom.of("unicode")));
    }
    if (text == null) {
      return error("put_chars");
    }
    Console console = self.owned(Console.class);
    if (console.unread() > MOST_UNREAD) {
      // Somebody prints without end. On a real terminal that scrolls by; here it would only fill
      // the memory.
      return Tuple.of(
          Atom.ERROR, Tuple.of(Atom.of("yard_limit"), Atom.of("output"), SmallInt.of(MOST_UNREAD)));
    }
    console.print(text);
    return Atom.OK;
  }

  private void getLine(ProcessContext self, Pid from, Term tag, Term prompt) {
    String text = prompt instanceof Atom atom ? atom.name() : CharacterData.text(prompt, false);
    String shown = text == null ? "" : text;
    reader = new Reader(from, tag);
    Console console = self.owned(Console.class);
    if (shown.startsWith("iex(")) {
      console.waitsFor(Console.Prompt.EXPRESSION, shown);
    } else if (shown.startsWith("...(")) {
      console.waitsFor(Console.Prompt.CONTINUATION, shown);
    } else {
      console.print(shown);
      if (console.inputEnded()) {
        reader = null;
        reply(self, from, tag, Atom.of("eof"));
        return;
      }
      console.waitsFor(Console.Prompt.LINE, shown);
    }
    feed(self);
  }

  /** Gives what was typed to who waits for it; the reader of a shell that was restarted waits no longer. */
  private void feed(ProcessContext self) {
    Reader waiting = reader;
    Console console = self.owned(Console.class);
    if (waiting == null || !console.hasTyped()) {
      return;
    }
    reader = null;
    console.waitsFor(Console.Prompt.NONE, "");
    boolean local = waiting.pid.node() == self.node();
    if (!local || self.isAlive(waiting.pid)) {
      reply(self, waiting.pid, waiting.tag, Bits.of(console.nextTyped() + "\n"));
    }
  }

  private static void reply(ProcessContext self, Pid to, Term tag, Term answer) {
    self.send(new Address.OfProcess(to), Tuple.of(IO_REPLY, tag, answer));
  }

  private static Term error(String reason) {
    return Tuple.of(Atom.ERROR, Atom.of(reason));
  }

  @Override
  public Routine copy() {
    return new ConsoleDevice(this);
  }
}
