package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.inspect.InspectOptions;
import beamyard.lessons.elixir.inspect.Inspector;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Bits;
import beamyard.simulator.term.ListTerm;
import beamyard.simulator.term.Nil;
import beamyard.simulator.term.SmallInt;
import beamyard.simulator.term.Term;
import beamyard.simulator.term.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Quoted forms as source text: {@code Macro.to_string}. Unlike Elixir's, long lines are not broken. */
final class SourceText {
  private static final Map<String, Integer> BINARY = binary();
  private static final int UNARY = 300;
  private static final int CALL = 400;

  private SourceText() {}

  static String of(Term form) {
    return text(form, 0);
  }

  private static Map<String, Integer> binary() {
    var table = new LinkedHashMap<String, Integer>();
    String[] rows = {
      "230 **", "220 * /", "210 + -", "200 ++ -- <> ..", "190 //", "180 ^^^", "170 in",
          "160 |> <<< >>> ~> <~",
      "150 < > <= >=", "140 == != =~ === !==", "130 && &&& and", "110 || ||| or", "100 =", "70 |",
          "60 ::", "50 when",
      "40 <- \\\\", "10 ->"
    };
    for (String row : rows) {
      String[] words = row.split(" ");
      for (int i = 1; i < words.length; i++) {
        table.put(words[i], Integer.parseInt(words[0]));
      }
    }
    return Collections.unmodifiableMap(table);
  }

  private static boolean isRightAssociative(int precedence) {
    return precedence == 200
        || precedence == 190
        || precedence == 100
        || precedence == 70
        || precedence == 60
        || precedence == 50;
  }

  private static String text(Term form, int outer) {
    return switch (form) {
      case Tuple tuple when tuple.size() == 2 ->
          "{" + text(tuple.get(0), 0) + ", " + text(tuple.get(1), 0) + "}";
      case Tuple tuple when tuple.size() == 3 && tuple.get(1) instanceof ListTerm ->
          node(tuple, outer);
      case ListTerm list when !list.isEmpty() && !isCharlist(list) -> list(list);
      default -> Inspector.inspect(form, InspectOptions.ONE_LINE);
    };
  }

  private static boolean isCharlist(ListTerm list) {
    return list.isProper()
        && list.toList().stream()
            .allMatch(
                element ->
                    element instanceof SmallInt number
                        && number.value() >= 32
                        && number.value() < 127);
  }

  private static String list(ListTerm list) {
    return Quoted.isKeywords(list) ? "[" + keywords(list) + "]" : "[" + commas(list.toList()) + "]";
  }

  private static String keywords(ListTerm list) {
    return list.toList().stream()
        .map(pair -> key((Atom) ((Tuple) pair).get(0)) + " " + text(((Tuple) pair).get(1), 0))
        .collect(Collectors.joining(", "));
  }

  private static String key(Atom atom) {
    String shown = Inspector.inspect(atom, InspectOptions.ONE_LINE);
    return (shown.startsWith(":") ? shown.substring(1) : shown) + ":";
  }

  private static String commas(List<Term> forms) {
    return forms.stream().map(form -> text(form, 0)).collect(Collectors.joining(", "));
  }

  private static String node(Tuple node, int outer) {
    if (node.get(0) instanceof Atom name) {
      return node.get(2) instanceof ListTerm list ? named(name, list.toList(), outer) : name.name();
    }
    List<Term> arguments = ((ListTerm) node.get(2)).toList();
    if (Quoted.isCall(node.get(0), Quoted.DOT, 2)) {
      Term left = Quoted.argument(node.get(0), 0);
      Term right = Quoted.argument(node.get(0), 1);
      if (left == Atom.of("Elixir.Access") && right == Atom.of("get") && arguments.size() == 2) {
        return text(arguments.get(0), CALL) + "[" + text(arguments.get(1), 0) + "]";
      }
      if (right == Quoted.TUPLE) {
        return text(left, CALL) + ".{" + commas(arguments) + "}";
      }
      String callee = text(left, CALL) + "." + functionName(right);
      return Quoted.has(node.get(1), Atom.of("no_parens")) ? callee : call(callee, arguments);
    }
    if (Quoted.isCall(node.get(0), Quoted.DOT, 1)) {
      return call(text(Quoted.argument(node.get(0), 0), CALL) + ".", arguments);
    }
    return call(text(node.get(0), CALL), arguments);
  }

  private static String functionName(Term name) {
    if (!(name instanceof Atom atom)) {
      return text(name, CALL);
    }
    String shown = Inspector.inspect(atom, InspectOptions.ONE_LINE);
    return shown.startsWith(":") ? shown.substring(1) : shown;
  }

  private static String named(Atom name, List<Term> arguments, int outer) {
    String text = name.name();
    switch (text) {
      case "__aliases__":
        return arguments.stream()
            .map(part -> part instanceof Atom atom ? atom.name() : text(part, CALL))
            .collect(Collectors.joining("."));
      case "__block__":
        return block(arguments);
      case "{}":
        return "{" + commas(arguments) + "}";
      case "%{}":
        return "%{" + fields(arguments) + "}";
      case "%":
        String body = text(arguments.get(1), 0);
        return "%" + text(arguments.get(0), 0) + body.substring(1);
      case "<<>>":
        String interpolated = interpolated(arguments);
        return interpolated != null ? interpolated : "<<" + commas(arguments) + ">>";
      case "fn":
        return arguments.size() == 1
            ? "fn " + arrow(arguments.getFirst()) + " end"
            : "fn\n" + indented(clauses(arguments)) + "\nend";
      case "&":
        return arguments.getFirst() instanceof SmallInt
            ? "&" + arguments.getFirst()
            : "&" + text(arguments.getFirst(), captured(arguments.getFirst()) ? 0 : CALL);
      case "..":
        if (arguments.isEmpty()) {
          return "..";
        }
        break;
      case "..//":
        return text(arguments.get(0), 201)
            + ".."
            + text(arguments.get(1), 201)
            + "//"
            + text(arguments.get(2), 201);
      case "->":
        return arrow(Quoted.call(name, Nil.NIL, arguments));
      default:
    }
    Integer precedence = BINARY.get(text);
    if (precedence != null && arguments.size() == 2) {
      return binary(text, precedence, arguments, outer);
    }
    if (arguments.size() == 1 && List.of("-", "+", "!", "^", "@", "not").contains(text)) {
      Term operand = arguments.getFirst();
      if (text.equals("not") && Quoted.isCall(operand, Atom.of("in"), 2)) {
        return binary("not in", 170, Quoted.arguments(operand), outer);
      }
      String shown = text.equals("@") ? attribute(operand) : text(operand, UNARY);
      return text.equals("not") ? "not " + shown : text + shown;
    }
    return call(text, arguments);
  }

  private static String attribute(Term operand) {
    return Quoted.node(operand) != null
            && ((Tuple) operand).get(2) instanceof ListTerm list
            && list.length() == 1
        ? ((Tuple) operand).get(0) + " " + text(((beamyard.simulator.term.Cons) list).head(), 0)
        : text(operand, UNARY);
  }

  private static boolean captured(Term form) {
    return Quoted.isCall(form, Atom.of("/"), 2) && Quoted.argument(form, 1) instanceof SmallInt;
  }

  private static String binary(String operator, int precedence, List<Term> arguments, int outer) {
    boolean isRight = isRightAssociative(precedence);
    String left = text(arguments.get(0), isRight ? precedence + 1 : precedence);
    String right = text(arguments.get(1), isRight ? precedence : precedence + 1);
    boolean isTight =
        operator.equals("..")
            || operator.equals("/")
                && captured(Quoted.call("/", Nil.NIL, arguments.toArray(Term[]::new)))
                && Quoted.node(arguments.getFirst()) != null
                && isNameOnly(arguments.getFirst());
    String whole =
        isTight || operator.equals("::")
            ? left + operator + right
            : left + " " + operator + " " + right;
    boolean isMixed = precedence == 130 && outer >= 110 && outer < 130;
    return precedence < outer || isMixed ? "(" + whole + ")" : whole;
  }

  private static boolean isNameOnly(Term form) {
    Tuple node = (Tuple) form;
    return node.get(2) instanceof Atom || Quoted.has(node.get(1), Atom.of("no_parens"));
  }

  private static String fields(List<Term> arguments) {
    if (arguments.size() == 1 && Quoted.isCall(arguments.getFirst(), Quoted.CONS, 2)) {
      Term changes = Quoted.argument(arguments.getFirst(), 1);
      return text(Quoted.argument(arguments.getFirst(), 0), 71)
          + " | "
          + (changes instanceof ListTerm list ? fields(list.toList()) : text(changes, 0));
    }
    ListTerm list = ListTerm.of(arguments);
    return Quoted.isKeywords(list)
        ? keywords(list)
        : arguments.stream()
            .map(
                pair ->
                    pair instanceof Tuple tuple && tuple.size() == 2
                        ? text(tuple.get(0), 0) + " => " + text(tuple.get(1), 0)
                        : text(pair, 0))
            .collect(Collectors.joining(", "));
  }

  private static @Nullable String interpolated(List<Term> parts) {
    var text = new StringBuilder("\"");
    boolean hasValue = false;
    for (Term part : parts) {
      if (part instanceof Bits literal) {
        String shown = Inspector.inspect(literal, InspectOptions.ONE_LINE);
        text.append(shown, 1, shown.length() - 1);
      } else if (Quoted.isCall(part, Quoted.DOUBLE_COLON, 2)
          && Quoted.node(Quoted.argument(part, 0)) instanceof Tuple value
          && Quoted.isCall(value.get(0), Quoted.DOT, 2)
          && Quoted.argument(value.get(0), 0) == Quoted.KERNEL
          && Quoted.argument(value.get(0), 1) == Atom.of("to_string")) {
        text.append("#{").append(text(Quoted.argument(value, 0), 0)).append("}");
        hasValue = true;
      } else {
        return null;
      }
    }
    return hasValue ? text.append('"').toString() : null;
  }

  private static String block(List<Term> forms) {
    if (forms.size() == 1) {
      return text(forms.getFirst(), 0);
    }
    return forms.isEmpty() ? "" : "(\n" + indented(lines(forms)) + "\n)";
  }

  private static String lines(List<Term> forms) {
    return forms.stream().map(form -> text(form, 0)).collect(Collectors.joining("\n"));
  }

  private static String indented(String text) {
    return text.lines()
        .map(line -> line.isEmpty() ? line : "  " + line)
        .collect(Collectors.joining("\n"));
  }

  private static String call(String callee, List<Term> arguments) {
    if (!arguments.isEmpty()
        && arguments.getLast() instanceof ListTerm last
        && Quoted.isKeywords(last)
        && !last.isEmpty()) {
      List<Term> rest = arguments.subList(0, arguments.size() - 1);
      if (Quoted.has(last, Quoted.DO)) {
        String head =
            rest.isEmpty()
                ? callee
                : isPlain(callee) ? callee + " " + commas(rest) : callee + "(" + commas(rest) + ")";
        return head + sections(last);
      }
      String first = rest.isEmpty() ? "" : commas(rest) + ", ";
      return callee + "(" + first + keywords(last) + ")";
    }
    return callee + "(" + commas(arguments) + ")";
  }

  private static boolean isPlain(String callee) {
    return switch (callee) {
      case "if",
          "unless",
          "case",
          "for",
          "with",
          "def",
          "defp",
          "defmodule",
          "defmacro",
          "quote",
          "defimpl",
          "defprotocol",
          "try",
          "receive",
          "cond" ->
          true;
      default -> false;
    };
  }

  private static String sections(ListTerm options) {
    var text = new StringBuilder();
    for (Term element : options) {
      Tuple pair = (Tuple) element;
      text.append(pair.get(0) == Quoted.DO ? " do\n" : pair.get(0) + "\n");
      Term body = pair.get(1);
      String shown =
          body instanceof ListTerm list
                  && !list.isEmpty()
                  && list.toList().stream()
                      .allMatch(clause -> Quoted.isCall(clause, Quoted.ARROW, 2))
              ? clauses(list.toList())
              : Quoted.isCall(body, Quoted.BLOCK) ? lines(Quoted.arguments(body)) : text(body, 0);
      text.append(indented(shown)).append('\n');
    }
    return text.append("end").toString();
  }

  private static String clauses(List<Term> clauses) {
    var all = new ArrayList<String>();
    clauses.forEach(clause -> all.add(arrow(clause)));
    return String.join("\n", all);
  }

  private static String arrow(Term clause) {
    List<Term> left = ((ListTerm) Quoted.argument(clause, 0)).toList();
    Clauses.Head head = Clauses.Head.of(left);
    String patterns = commas(head.patterns());
    for (Term guard : head.guards()) {
      patterns += " when " + text(guard, 51);
    }
    Term body = Quoted.argument(clause, 1);
    String shown =
        Quoted.isCall(body, Quoted.BLOCK) && Quoted.arguments(body).size() > 1
            ? "\n" + indented(lines(Quoted.arguments(body)))
            : " " + text(body, 0);
    return (patterns.isEmpty() ? "->" : patterns + " ->") + shown;
  }
}
