package beamyard.simulator.process;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Pid;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import beamyard.simulator.trace.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each expectation was observed on OTP 25. */
class SignalsTest {
  private static final Term BYE = Atom.of("bye");
  private static final Term KILL = Atom.of("kill");
  private static final Term NORMAL = Atom.of("normal");
  private final Bench bench = new Bench(Trace.OFF);
  private final Pid a = bench.puppet(bench.alice());
  private final Pid b = bench.puppet(bench.alice());
  private final Pid far = bench.puppet(bench.bob());

  private static Term name(String name, Atom node) {
    return Tuple.of(Atom.of(name), node);
  }

  @Test
  void aLinkedProcessDiesWithTheSameReason() {
    for (Pid other : List.of(b, far)) {
      Pid parent = bench.puppet(bench.alice());
      bench.let(parent, "link", other);
      bench.let(a, "monitor", parent);
      bench.let(other, "stop", BYE);
      assertThat(bench.isAlive(parent)).isFalse();
      assertThat(bench.received(a).getLast())
          .isEqualTo("{DOWN, #, process, <" + parent.number() + ">, bye}");
    }
  }

  @Test
  void aNormalExitSparesLinkedProcessesAndRemovesTheLink() {
    bench.let(a, "link", b);
    bench.let(b, "stop", NORMAL);
    assertThat(bench.isAlive(a)).isTrue();
    assertThat(bench.alice().view(a).orElseThrow().links()).isEmpty();
  }

  @Test
  void trappedExitsComeBeforeDowns() {
    bench.let(a, "trap", Atom.TRUE);
    bench.let(a, "monitor", b);
    bench.let(a, "link", b);
    bench.let(a, "monitor", b);
    bench.let(b, "stop", BYE);
    assertThat(bench.received(a))
        .endsWith(
            "{EXIT, <101>, bye}",
            "{DOWN, #, process, <101>, bye}",
            "{DOWN, #, process, <101>, bye}");
  }

  @Test
  void linkToADeadProcessDeliversNoproc() {
    bench.let(b, "stop", BYE);
    bench.let(far, "stop", BYE);
    bench.let(a, "trap", Atom.TRUE);
    bench.let(a, "link", b);
    bench.let(a, "link", far);
    assertThat(bench.received(a)).containsExactly("{EXIT, <101>, noproc}", "{EXIT, <100>, noproc}");
  }

  @Test
  void exitWithKillCannotBeTrappedAndIsSeenAsKilled() {
    bench.let(b, "trap", Atom.TRUE);
    bench.let(a, "monitor", b);
    bench.let(a, "exit", b, KILL);
    assertThat(bench.received(a)).endsWith("{DOWN, #, process, <101>, killed}");
  }

  @Test
  void killAsTheReasonOfALinkIsAnOrdinaryReason() {
    bench.let(a, "trap", Atom.TRUE);
    bench.let(a, "link", b);
    bench.let(b, "stop", KILL);
    assertThat(bench.received(a)).containsExactly("{EXIT, <101>, kill}");
  }

  @Test
  void exitWithNormalDoesNothingToOthersButEndsOneself() {
    bench.let(a, "exit", b, NORMAL);
    bench.let(a, "exit", far, NORMAL);
    assertThat(bench.isAlive(b)).isTrue();
    assertThat(bench.isAlive(far)).isTrue();
    bench.let(a, "exit", a, NORMAL);
    assertThat(bench.isAlive(a)).isFalse();
    bench.let(b, "trap", Atom.TRUE);
    bench.let(b, "exit", b, NORMAL);
    assertThat(bench.received(b)).containsExactly("{EXIT, <101>, normal}");
  }

  @Test
  void anExitSignalIsSeenByWhoAsksInTheSameSliceWhetherItsTargetLives() {
    bench.let(a, "exit_and_ask", b, KILL);
    assertThat(bench.received(a)).containsExactly("false");
  }

  @Test
  void whatIsDoneAfterOnesOwnExitHasNoEffect() {
    Routine body =
        new JavaHandler<Term>() {
          @Override
          public Step<Term> handle(Term state, Term message, ProcessContext self) {
            self.exit(self.self(), BYE, Signal.ExitCause.EXIT_CALL);
            return Step.next(state).send(b, Atom.of("ghost"));
          }
        }.body(Atom.OK);
    Pid ghost = bench.spawn(body);
    bench.let(b, "monitor", ghost);
    bench.let(b, "send", ghost, Atom.of("go"));
    assertThat(bench.received(b))
        .endsWith("#", "{DOWN, #, process, <" + ghost.number() + ">, bye}");
  }

  @Test
  void unlinkedProcessesDoNotDieTogether() {
    for (Pid other : List.of(b, far)) {
      bench.let(a, "link", other);
      bench.let(a, "unlink", other);
      bench.let(other, "stop", BYE);
      assertThat(bench.isAlive(a)).isTrue();
    }
  }

  @Test
  void aLinkMadeAgainWhileTheUnlinkIsUnderWayHolds() {
    bench.let(a, "link", far);
    bench.let(a, "relink", far);
    assertThat(bench.bob().view(far).orElseThrow().links()).containsExactly(a);
    bench.let(far, "stop", BYE);
    assertThat(bench.isAlive(a)).isFalse();
  }

  @Test
  void linkAndUnlinkAtTheSameTimeFromBothSidesEndTheSame() {
    bench.tell(a, "link", far);
    bench.tell(far, "link", a);
    bench.let(a, "unlink", far);
    assertThat(bench.alice().view(a).orElseThrow().links())
        .hasSameSizeAs(bench.bob().view(far).orElseThrow().links());
    bench.tell(a, "unlink_link_unlink", far);
    bench.tell(far, "relink", a);
    bench.run();
    assertThat(bench.alice().view(a).orElseThrow().links())
        .hasSameSizeAs(bench.bob().view(far).orElseThrow().links());
  }

  @Test
  void aMonitorByNameTellsNameAndNode() {
    bench.let(b, "register", Atom.of("bee"));
    bench.let(a, "monitor", name("bee", Bench.ALICE));
    bench.let(a, "monitor", name("nobody", Bench.ALICE));
    bench.let(a, "monitor", name("nobody", Bench.BOB));
    bench.let(b, "exit", b, BYE);
    assertThat(bench.received(a))
        .containsExactly(
            "#",
            "#",
            "{DOWN, #, process, {nobody, alice@localhost}, noproc}",
            "#",
            "{DOWN, #, process, {nobody, bob@localhost}, noproc}",
            "{DOWN, #, process, {bee, alice@localhost}, bye}");
  }

  @Test
  void aRemovedMonitorTellsNothing() {
    bench.let(a, "monitor", far);
    Term reference = bench.newest(a);
    bench.let(a, "demonitor", reference);
    bench.let(a, "demonitor", reference);
    bench.let(a, "monitor_and_demonitor", far);
    bench.let(far, "stop", BYE);
    assertThat(bench.received(a)).containsExactly("#", "true", "false", "true");
  }

  @Test
  void aMonitorOfOneselfTellsNothing() {
    bench.let(a, "monitor", a);
    assertThat(bench.received(a)).containsExactly("#");
  }

  @Test
  void customTagsReplaceDown() {
    bench.let(a, "monitor", far, Atom.of("none"), Atom.of("gone"));
    bench.let(far, "stop", BYE);
    assertThat(bench.received(a)).endsWith("{gone, #, process, <100>, bye}");
  }

  @Test
  void aliasesEndAsTheirModesSay() {
    bench.let(a, "alias", Atom.of("explicit_unalias"));
    Term explicit = bench.newest(a);
    bench.let(a, "alias", Atom.of("reply"));
    Term reply = bench.newest(a);
    bench.let(a, "monitor", far, Atom.of("demonitor"));
    Term demonitor = bench.newest(a);
    bench.let(a, "monitor", b, Atom.of("reply_demonitor"));
    Term replyDemonitor = bench.newest(a);
    for (Term alias : List.of(explicit, reply, demonitor, replyDemonitor)) {
      bench.let(far, "send", alias, Atom.of("one"));
      bench.let(far, "send", alias, Atom.of("two"));
    }
    bench.let(a, "unalias", explicit);
    bench.let(a, "unalias", replyDemonitor);
    Pid third = bench.puppet(bench.bob());
    bench.let(far, "stop", BYE);
    bench.let(b, "stop", BYE);
    bench.let(third, "send", explicit, Atom.of("three"));
    bench.let(third, "send", demonitor, Atom.of("three"));
    assertThat(bench.received(a))
        .containsExactly(
            "#",
            "#",
            "#",
            "#",
            "one",
            "two",
            "one",
            "one",
            "two",
            "one",
            "true",
            "false",
            "{DOWN, #, process, <100>, bye}");
  }

  @Test
  void aTimerThatIsCancelledTellsWhatWasLeftAndNeverFires() {
    bench.tell(a, "timer", SmallInt.of(1_000_000), Atom.of("late"));
    bench.runUntil(500_000);
    Term timer = bench.newest(a);
    bench.let(a, "cancel", timer);
    bench.let(a, "cancel", timer);
    bench.let(a, "timer", SmallInt.of(1_000_000), Atom.of("ding"));
    assertThat(bench.received(a)).hasSize(5).endsWith("false", "#", "{timeout, #, ding}");
  }

  @Test
  void namesAreFreeWhenTheirProcessIsDead() {
    bench.let(b, "register", Atom.of("bee"));
    bench.let(a, "register", Atom.of("bee"));
    bench.let(a, "whereis", Atom.of("bee"));
    bench.let(b, "stop", BYE);
    bench.let(a, "register", Atom.of("bee"));
    bench.let(far, "send", name("bee", Bench.ALICE), Atom.of("hello"));
    assertThat(bench.received(a)).containsExactly("false", "<101>", "true", "hello");
  }

  @Test
  void aLostNodeFiresLinksThenMonitors() {
    bench.let(a, "trap", Atom.TRUE);
    bench.let(a, "monitor", far);
    bench.let(a, "monitor", name("somebody", Bench.BOB), Atom.of("none"));
    bench.let(a, "link", far);
    bench.let(b, "link", far);
    bench.let(far, "monitor", a);
    bench.alice().nodeLost(Bench.BOB);
    bench
        .alice()
        .deliver(
            new Address.OfProcess(a),
            new Signal.Message(a, Atom.of("nodedown")),
            bench.engine.now());
    bench.run();
    assertThat(bench.isAlive(b)).isFalse();
    assertThat(bench.received(a))
        .endsWith(
            "{EXIT, <100>, noconnection}", "{DOWN, #, process, <100>, noconnection}", "nodedown");
    assertThat(bench.alice().view(a).orElseThrow().monitoredBy()).isEmpty();
  }

  @Test
  void aSpawnRequestIsAnsweredAndTies() {
    bench.let(a, "trap", Atom.TRUE);
    bench.let(a, "spawn_request", Bench.BOB);
    Pid child = (Pid) ((Tuple) bench.newest(a)).get(3);
    assertThat(bench.received(a)).containsExactly("{spawn_reply, #, ok, <101>}");
    assertThat(bench.bob().view(child).orElseThrow().groupLeader()).isEqualTo(a);
    bench.let(child, "stop", BYE);
    assertThat(bench.received(a)).endsWith("{EXIT, <101>, bye}", "{DOWN, #, process, <101>, bye}");
  }

  @Test
  void anUnansweredSpawnRequestIsAnsweredWhenTheNodeIsLost() {
    bench.tell(a, "spawn_request", Bench.BOB);
    bench.runUntil(bench.engine.now() + 10_000);
    bench.alice().nodeLost(Bench.BOB);
    bench.runUntil(bench.engine.now() + 10_000);
    assertThat(bench.received(a)).containsExactly("{spawn_reply, #, error, noconnection}");
  }

  @Test
  void aCrashIsLoggedWithItsReasonButAnExitIsNot() {
    bench.let(a, "stop", BYE);
    assertThat(bench.reports).isEmpty();
    bench.let(b, "crash");
    assertThat(bench.reports).hasSize(1);
    assertThat(bench.reports.getFirst().kind()).isEqualTo(Atom.of("process_crash"));
    assertThat(bench.reports.getFirst().source()).isEqualTo(b);
  }

  @Test
  void aPausedRuntimeLosesNothingAndDoesNothing() {
    bench.run();
    bench.bob().pause();
    bench.let(a, "send", far, Atom.of("one"));
    bench.let(a, "send", far, Atom.of("two"));
    bench.runUntil(bench.engine.now() + 1_000_000);
    assertThat(bench.received(far)).isEmpty();
    bench.bob().resume();
    bench.run();
    assertThat(bench.received(far)).containsExactly("one", "two");
  }

  @Test
  void pidsFromBeforeANodeGotItsNameStillWorkAndLeaveUnderTheNewName() {
    bench.let(b, "trap", Atom.TRUE);
    bench.let(b, "link", a);
    bench.aliceNow = Atom.of("late@localhost");
    bench.alice().identityChanged();
    bench.let(a, "send", far, Tuple.of(a, Tuple.of(b, NORMAL)));
    Pid late = (Pid) ((Tuple) bench.newest(far)).get(0);
    assertThat(late.node()).isEqualTo(bench.aliceNow);
    bench.let(far, "send", late, Atom.of("hello"));
    assertThat(bench.received(a)).containsExactly("hello");
    bench.let(a, "stop", BYE);
    assertThat(bench.received(b)).containsExactly("{EXIT, <100>, bye}");
  }

  @Test
  void aFullMailboxKillsItsProcessAndOneProcessTooManyIsAnError() {
    var small = new Bench(Trace.OFF, ProcessSettings.DEFAULT.withLimits(3, 2));
    Pid sender = small.puppet(small.alice());
    Pid stuck =
        small.spawn(
            new Routine() {
              @Override
              public Outcome run(ProcessContext self) {
                return Outcome.WAITING;
              }

              @Override
              public Routine copy() {
                return this;
              }
            });
    for (int i = 0; i < 3; i++) {
      assertThat(small.isAlive(stuck)).isTrue();
      small.let(sender, "send", stuck, Atom.of("more"));
    }
    assertThat(small.isAlive(stuck)).isFalse();
    assertThat(small.reports.removeFirst().kind()).isEqualTo(Atom.of("mailbox_limit"));
    small.let(sender, "trap", Atom.TRUE);
    small.let(sender, "spawn_link");
    small.let(sender, "spawn_link");
    assertThat(small.reports).isEmpty();
    small.let(sender, "spawn_link");
    assertThat(small.reports.getFirst().details().toString()).contains("system_limit");
  }
}
