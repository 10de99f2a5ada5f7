package beamyard.lessons.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * What real nodes over TLS show each other: certificates for {@code localhost}, signed by an authority that is made for one stage and
 * thrown away with its folder.
 *
 * @see <a href="https://www.erlang.org/doc/man/public_key.html#pkix_test_data-1">public_key:pkix_test_data/1</a>
 */
final class Certificates {
  private static final long MAKING_SECONDS = 60;

  private static final String PROGRAM =
      """
      [file] = System.argv()
      name = {:Extension, {2, 5, 29, 17}, false, [dNSName: 'localhost']}
      rsa = {:rsa, 2048, 65537}
      chain = %{root: [key: rsa], intermediates: [], peer: [extensions: [name], key: rsa]}
      data = :public_key.pkix_test_data(%{server_chain: chain, client_chain: chain})
      server = data.server_config ++ [verify: :verify_peer, fail_if_no_peer_cert: true]
      client = data.client_config ++ [verify: :verify_peer]
      File.write!(file, :io_lib.format("~p.~n", [[server: server, client: client]]))
      """;

  private Certificates() {}

  /** The flags of a node over TLS; nodes of one authority trust each other. The first of them waits until the keys are made. */
  static String flags(Path folder, String protocol) throws IOException {
    int slash = protocol.indexOf('/');
    String authority = slash < 0 ? "" : protocol.substring(slash + 1).replaceAll("\\W", "_");
    Path options = folder.resolve("tls" + authority + ".conf");
    if (!Files.exists(options)) {
      make(options);
    }
    return "-proto_dist inet_tls -ssl_dist_optfile " + options;
  }

  private static void make(Path options) throws IOException {
    Process making =
        new ProcessBuilder("elixir", "-e", PROGRAM, options.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (making.waitFor(MAKING_SECONDS, TimeUnit.SECONDS) && making.exitValue() == 0) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    making.destroyForcibly();
    throw new IOException("OTP's public_key made no certificates");
  }
}
