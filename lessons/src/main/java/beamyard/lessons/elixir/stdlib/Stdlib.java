package beamyard.lessons.elixir.stdlib;

import beamyard.lessons.elixir.machine.BuiltinTable;

/** The standard library of OTP and Elixir, as far as it is written in Java. */
public final class Stdlib {
  private Stdlib() {}

  /** All functions written in Java. */
  public static BuiltinTable builtins() {
    var table = new BuiltinTable();
    ErlangOperators.define(table);
    ErlangData.define(table);
    ErlangProcesses.define(table);
    ProcessFlags.define(table);
    GarbageCollection.define(table);
    SpawnRequests.define(table);
    Hibernation.define(table);
    Suspension.define(table);
    ErlangSystem.define(table);
    CommandLine.define(table);
    PrintedIdentifiers.define(table);
    Lists.define(table);
    RegularExpressions.define(table);
    Ets.define(table);
    Files.define(table);
    SharedTerms.define(table);
    Mathematics.define(table);
    Maps.define(table);
    Binaries.define(table);
    ElixirStrings.define(table);
    Encodings.define(table);
    CharacterData.define(table);
    Checksums.define(table);
    MoreErlang.define(table);
    SystemMonitoring.define(table);
    Floats.define(table);
    ModuleNames.define(table);
    Inspecting.define(table);
    Formatting.define(table);
    NodeFacts.define(table);
    RealExports.define(table);
    ClauseHeads.define(table);
    LibraryHelp.define(table);
    return table;
  }
}
