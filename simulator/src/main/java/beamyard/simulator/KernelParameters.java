package beamyard.simulator;

import beamyard.simulator.distribution.DistributionSettings.AutoConnect;
import java.util.Locale;

/**
 * Parameters of OTP's kernel application that the yard heeds, with the defaults of OTP 25 in {@link #DEFAULT} and those of
 * other releases in {@link OtpRelease#kernel}.
 *
 * @param netTickTime seconds; silence is noticed after 0.75 to 1.25 of it
 * @param netTickIntensity ticks in a tick time
 * @param netSetupTime seconds that each stage of connecting may take
 * @param connectAll whether nodes that share a neighbour connect
 * @param loggerLevel the least severe level that the logger lets pass at first; {@code none} for a silent node. Unlike OTP's
 *     the default is {@code debug}, as Elixir's Logger has it
 * @see <a href="https://www.erlang.org/doc/man/kernel_app.html">kernel</a>
 */
public record KernelParameters(
    int netTickTime,
    int netTickIntensity,
    int netSetupTime,
    boolean connectAll,
    boolean preventOverlappingPartitions,
    AutoConnect distAutoConnect,
    boolean startPg,
    LoggerLevel loggerLevel) {
  public static final KernelParameters DEFAULT =
      new KernelParameters(60, 4, 7, true, true, AutoConnect.ALWAYS, false, LoggerLevel.DEBUG);

  public KernelParameters {
    check("net_ticktime", netTickTime, 1, 86_400);
    check("net_tickintensity", netTickIntensity, 4, 1000);
    check("net_setuptime", netSetupTime, 1, 120);
  }

  private static void check(String name, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new BadSetup("is " + value, "kernel parameter " + name, lowest + " to " + highest);
    }
  }

  /** A parameter set by its name in OTP, as {@code -kernel} takes it. */
  public KernelParameters with(String name, String value) {
    return switch (name) {
      case "net_ticktime" -> withNetTickTime(number(name, value));
      case "net_tickintensity" -> withNetTickIntensity(number(name, value));
      case "net_setuptime" -> withNetSetupTime(number(name, value));
      case "connect_all" -> withConnectAll(truth(name, value));
      case "prevent_overlapping_partitions" -> withPreventOverlappingPartitions(truth(name, value));
      case "dist_auto_connect" -> withDistAutoConnect(autoConnect(value));
      case "start_pg" -> withStartPg(truth(name, value));
      case "logger_level" -> withLoggerLevel(level(value));
      default ->
          throw new BadSetup(
              "is not simulated",
              "kernel parameter " + name,
              "net_ticktime, net_tickintensity, net_setuptime, connect_all, prevent_overlapping_partitions,"
                  + " dist_auto_connect, start_pg or logger_level");
    };
  }

  private static int number(String name, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException notOne) {
      throw new BadSetup("is \"" + value + "\"", "kernel parameter " + name, "a whole number");
    }
  }

  private static boolean truth(String name, String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new BadSetup("is \"" + value + "\"", "kernel parameter " + name, "true or false");
    };
  }

  private static LoggerLevel level(String value) {
    return LoggerLevel.named(value)
        .orElseThrow(
            () ->
                new BadSetup(
                    "is \"" + value + "\"",
                    "kernel parameter logger_level",
                    "a level from emergency to debug, all or none"));
  }

  private static AutoConnect autoConnect(String value) {
    try {
      return AutoConnect.valueOf(value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException notOne) {
      throw new BadSetup(
          "is \"" + value + "\"", "kernel parameter dist_auto_connect", "never, once or always");
    }
  }

  public KernelParameters withNetTickTime(int seconds) {
    return new KernelParameters(
        seconds,
        netTickIntensity,
        netSetupTime,
        connectAll,
        preventOverlappingPartitions,
        distAutoConnect,
        startPg,
        loggerLevel);
  }

  public KernelParameters withNetTickIntensity(int ticks) {
    return new KernelParameters(
        netTickTime,
        ticks,
        netSetupTime,
        connectAll,
        preventOverlappingPartitions,
        distAutoConnect,
        startPg,
        loggerLevel);
  }

  public KernelParameters withNetSetupTime(int seconds) {
    return new KernelParameters(
        netTickTime,
        netTickIntensity,
        seconds,
        connectAll,
        preventOverlappingPartitions,
        distAutoConnect,
        startPg,
        loggerLevel);
  }

  public KernelParameters withConnectAll(boolean on) {
    return new KernelParameters(
        netTickTime,
        netTickIntensity,
        netSetupTime,
        on,
        preventOverlappingPartitions,
        distAutoConnect,
        startPg,
        loggerLevel);
  }

  public KernelParameters withPreventOverlappingPartitions(boolean on) {
    return new KernelParameters(
        netTickTime,
        netTickIntensity,
        netSetupTime,
        connectAll,
        on,
        distAutoConnect,
        startPg,
        loggerLevel);
  }

  public KernelParameters withDistAutoConnect(AutoConnect when) {
    return new KernelParameters(
        netTickTime,
        netTickIntensity,
        netSetupTime,
        connectAll,
        preventOverlappingPartitions,
        when,
        startPg,
        loggerLevel);
  }

  public KernelParameters withStartPg(boolean on) {
    return new KernelParameters(
        netTickTime,
        netTickIntensity,
        netSetupTime,
        connectAll,
        preventOverlappingPartitions,
        distAutoConnect,
        on,
        loggerLevel);
  }

  public KernelParameters withLoggerLevel(LoggerLevel level) {
    return new KernelParameters(
        netTickTime,
        netTickIntensity,
        netSetupTime,
        connectAll,
        preventOverlappingPartitions,
        distAutoConnect,
        startPg,
        level);
  }
}
