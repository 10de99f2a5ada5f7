package beamyard.lessons.elixir.stdlib;

import beamyard.simulator.term.Atom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The applications whose modules stack traces name: {@code (stdlib 4.2) gen_server.erl:1149: ...}. */
enum OtpApplication {
  KERNEL("8.5.3"),
  STDLIB("4.2"),
  ELIXIR("1.14.0"),
  LOGGER("1.14.0"),
  EX_UNIT("1.14.0"),
  IEX("1.14.0");

  private static final List<String> PRELOADED =
      List.of("erlang", "erts_internal", "init", "persistent_term", "counters", "atomics");
  private static final List<String> OF_KERNEL =
      List.of(
          "application",
          "application_master",
          "code",
          "erl_epmd",
          "erpc",
          "error_logger",
          "file",
          "global",
          "inet",
          "logger",
          "logger_config",
          "net_adm",
          "net_kernel",
          "os",
          "pg",
          "rpc",
          "user");
  private static final String ELIXIR_PREFIX = "Elixir.";

  private final String version;

  OtpApplication(String version) {
    this.version = version;
  }

  String version() {
    return version;
  }

  String otpName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The application of a module of the library; empty for what belongs to the runtime itself. */
  static Optional<OtpApplication> of(Atom module) {
    String name = module.name();
    if (name.startsWith(ELIXIR_PREFIX)) {
      String first = name.substring(ELIXIR_PREFIX.length()).split("\\.", 2)[0];
      return Optional.of(
          switch (first) {
            case "IEx" -> IEX;
            case "Logger" -> LOGGER;
            case "ExUnit" -> EX_UNIT;
            default -> ELIXIR;
          });
    }
    if (PRELOADED.contains(name)) {
      return Optional.empty();
    }
    return Optional.of(OF_KERNEL.contains(name) ? KERNEL : STDLIB);
  }
}
