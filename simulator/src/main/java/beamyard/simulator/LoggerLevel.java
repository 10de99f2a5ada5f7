package beamyard.simulator;

import java.util.Locale;
import java.util.Optional;

/**
 * How much a node's logger lets pass: the level and all that are more severe.
 *
 * @see <a href="https://www.erlang.org/doc/man/logger.html#type-level">logger:level()</a>
 */
public enum LoggerLevel {
  NONE,
  EMERGENCY,
  ALERT,
  CRITICAL,
  ERROR,
  WARNING,
  NOTICE,
  INFO,
  DEBUG,
  ALL;

  /** The level that OTP calls so; empty if there is none. */
  public static Optional<LoggerLevel> named(String name) {
    for (LoggerLevel level : values()) {
      if (level.otpName().equals(name)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  public String otpName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether something of a level passes. */
  public boolean allows(LoggerLevel level) {
    return level.compareTo(this) <= 0;
  }
}
