package beamyard.lessons.elixir.formatter;

import java.util.ArrayList;
import java.util.List;

/**
 * A local call that is written without parentheses.
 *
 * @param arity the number of arguments, {@link #ANY} for any but 0
 */
public record LocalCall(String name, int arity) {
  public static final int ANY = -1;

  /** What Elixir's own formatter takes for such: definitions, directives, control flow, assertions, configuration. */
  static final List<LocalCall> USUAL =
      calls(
          "alias/1-2 case/2 cond/1 for/* import/1-2 quote/1-2 receive/1 require/1-2 try/1 with/*",
          "def/1-2 defp/1-2 defguard/1 defguardp/1 defmacro/1-2 defmacrop/1-2 defmodule/2 defdelegate/2",
          "defexception/1 defoverridable/1 defstruct/1 destructure/2 raise/1-2 reraise/2-3 if/2 unless/2 use/1-2",
          "defrecord/2-3 defrecordp/2-3",
          "assert/1-2 assert_in_delta/3-4 assert_raise/2-3 assert_receive/1-3 assert_received/1-2 doctest/1-2",
          "refute/1-2 refute_in_delta/3-4 refute_receive/1-3 refute_received/1-2 setup/1-2 setup_all/1-2 test/1-2",
          "config/2-3 import_config/1");

  private static List<LocalCall> calls(String... rows) {
    var all = new ArrayList<LocalCall>();
    for (String call : String.join(" ", rows).split(" ")) {
      String name = call.substring(0, call.indexOf('/'));
      String arities = call.substring(name.length() + 1);
      if (arities.equals("*")) {
        all.add(new LocalCall(name, ANY));
      } else {
        int last = arities.charAt(arities.length() - 1) - '0';
        for (int arity = arities.charAt(0) - '0'; arity <= last; arity++) {
          all.add(new LocalCall(name, arity));
        }
      }
    }
    return List.copyOf(all);
  }

  boolean allows(String called, int arguments) {
    return name.equals(called) && (arity == ANY || arity == arguments);
  }
}
