package beamyard.simulator.distribution;

import beamyard.simulator.distribution.Attempt.Stage;
import beamyard.simulator.distribution.TlsPacket.Alert;
import beamyard.simulator.distribution.TlsPacket.Flight;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;

/**
 * What two ends do before their nodes shake hands, if both are carried by TLS: each wants a certificate of the other that its own
 * authority has signed, as with {@code verify_peer} and {@code fail_if_no_peer_cert}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5246#section-7.3">RFC 5246, Handshake Protocol Overview</a>
 */
final class TlsHandshake {
  /** What became of an attempt by a packet. */
  enum Progress {
    GOES_ON,
    SECURE,
    FAILED
  }

  private static final Atom CLIENT = Atom.of("client");
  private static final Atom SERVER = Atom.of("server");

  private final Site site;
  private final String authority;

  TlsHandshake(Site site, Transport.Tls transport) {
    this.site = site;
    this.authority = transport.authority();
  }

  /** Begins as the one that calls. */
  void call(Attempt attempt) {
    attempt.stage = Stage.TLS_SERVER_CERTIFICATE;
    send(attempt, Flight.Step.CLIENT_HELLO);
  }

  Progress step(Attempt attempt, TlsPacket packet) {
    return switch (packet) {
      case Flight flight -> answer(attempt, flight);
      case Alert(var reason) -> {
        // The end that calls gives its own alerts only; it has checked the other's certificate
        // first.
        if (attempt.stage == Stage.TLS_CLIENT_CERTIFICATE) {
          site.logNotice(
              "TLS ~p: In state ~p received CLIENT ALERT: Fatal - ~s~n",
              SERVER,
              Atom.of("certify"),
              Atom.of(reason.words()));
        }
        yield Progress.FAILED;
      }
      case TlsPacket.Sealed _ -> throw new AssertionError("a record before there are keys");
    };
  }

  private Progress answer(Attempt attempt, Flight flight) {
    switch (flight.step()) {
      case CLIENT_HELLO -> {
        attempt.stage = Stage.TLS_CLIENT_CERTIFICATE;
        send(attempt, Flight.Step.SERVER_CERTIFICATE);
        return Progress.GOES_ON;
      }
      case SERVER_CERTIFICATE -> {
        if (!flight.authority().equals(authority)) {
          refuse(attempt, CLIENT, "CLIENT");
          return Progress.FAILED;
        }
        attempt.stage = Stage.TLS_SERVER_FINISHED;
        send(attempt, Flight.Step.CLIENT_CERTIFICATE);
        return Progress.GOES_ON;
      }
      case CLIENT_CERTIFICATE -> {
        if (!flight.authority().equals(authority)) {
          refuse(attempt, SERVER, "SERVER");
          return Progress.FAILED;
        }
        send(attempt, Flight.Step.SERVER_FINISHED);
        return Progress.SECURE;
      }
      case SERVER_FINISHED -> {
        return Progress.SECURE;
      }
    }
    throw new AssertionError("no flight: " + flight);
  }

  private void refuse(Attempt attempt, Atom role, String whose) {
    site.logNotice(
        "TLS ~p: In state ~p at ssl_handshake.erl:2111 generated ~s ALERT: Fatal - ~s~n",
        role,
        Atom.of("certify"),
        Atom.of(whose),
        Atom.of(Alert.Reason.UNKNOWN_CA.words()));
    alert(attempt, Alert.Reason.UNKNOWN_CA);
  }

  /** A plain node has called: the length before its first message is no record of TLS. */
  void refusePlain(Attempt attempt) {
    Term problem = Tuple.of(Atom.of("unsupported_record_type"), SmallInt.of(0));
    site.logNotice(
        "TLS ~p: In state ~p at tls_record.erl:564 generated SERVER ALERT: Fatal - ~s~n - ~p",
        SERVER,
        Atom.of("hello"),
        Atom.of(Alert.Reason.UNEXPECTED_MESSAGE.words()),
        problem);
    alert(attempt, Alert.Reason.UNEXPECTED_MESSAGE);
  }

  private void alert(Attempt attempt, Alert.Reason reason) {
    if (attempt.socket != null) {
      site.send(attempt.socket, new Alert(reason));
    }
  }

  private void send(Attempt attempt, Flight.Step step) {
    if (attempt.socket != null) { // else the other end closed it, which will be noticed next
      site.send(attempt.socket, new Flight(step, authority));
    }
  }
}
