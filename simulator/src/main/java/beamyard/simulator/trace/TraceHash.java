package beamyard.simulator.trace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Folds every fact into one hash: two runs with the same hash did the same. */
public final class TraceHash implements Trace {
  private final MessageDigest digest;
  private long facts;

  public TraceHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public void record(long atNanos, Fact fact) {
    facts++;
    digest.update((atNanos + " " + fact + "\n").getBytes(StandardCharsets.UTF_8));
  }

  public long facts() {
    return facts;
  }

  /** The hash of all facts so far, in hexadecimal. */
  public String value() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("SHA-256 of every Java can be cloned", e);
    }
  }
}
