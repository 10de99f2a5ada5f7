package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.Raise;
import beamyard.simulator.process.Address;
import beamyard.simulator.process.ProcessContext;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.List;
import java.util.Locale;

/**
 * What the owner of a table does with it: give it away, change its heir and who may use it.
 *
 * @see <a href="https://www.erlang.org/doc/man/ets.html#setopts-2">OTP stdlib, ets</a>
 */
final class EtsOwnership {
  private static final Atom NONE = Atom.of("none");
  private static final List<String> PROTECTIONS = List.of("public", "protected", "private");

  private EtsOwnership() {}

  static void define(Ets.Definer functions) {
    functions.on("give_away", 3, Ets.Access.OWN, EtsOwnership::giveAway);
    functions.on("setopts", 2, Ets.Access.NONE, EtsOwnership::setOptions);
  }

  private static Term giveAway(ProcessContext self, EtsTable table, Term[] a) {
    if (!(a[1] instanceof Pid next)) {
      throw Raise.badarg();
    }
    if (next.equals(table.owner)) {
      throw Ets.refused("give_away", a, "owner");
    }
    if (!self.isAlive(next)) {
      throw Ets.refused("give_away", a, "not_alive");
    }
    Pid former = table.owner;
    table.owner = next;
    self.send(new Address.OfProcess(next), EtsTables.transfer(table, former, a[2]));
    return Atom.TRUE;
  }

  private static Term setOptions(ProcessContext self, EtsTable table, Term[] a) {
    boolean isOwner = table.owner.equals(self.self());
    List<Term> options =
        a[1] instanceof ListTerm list && list.isProper() ? list.toList() : List.of(a[1]);
    EtsTable.Settings settings = table.settings;
    for (Term option : options) {
      if (!isOwner) {
        throw Raise.badarg();
      }
      settings = changed(settings, option);
    }
    table.settings = settings;
    return Atom.TRUE;
  }

  private static EtsTable.Settings changed(EtsTable.Settings settings, Term option) {
    if (option instanceof Tuple pair && pair.isTagged(Atom.of("heir"), 2) && pair.get(1) == NONE) {
      return settings.withHeir(NONE);
    }
    if (option instanceof Tuple heir
        && heir.isTagged(Atom.of("heir"), 3)
        && heir.get(1) instanceof Pid next) {
      return settings.withHeir(Tuple.of(next, heir.get(2)));
    }
    if (option instanceof Tuple pair
        && pair.isTagged(Atom.of("protection"), 2)
        && pair.get(1) instanceof Atom word
        && PROTECTIONS.contains(word.name())) {
      return settings.withProtection(
          EtsTable.Protection.valueOf(word.name().toUpperCase(Locale.ROOT)));
    }
    throw Raise.badarg();
  }
}
