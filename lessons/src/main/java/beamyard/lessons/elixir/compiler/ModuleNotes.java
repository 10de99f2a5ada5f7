package beamyard.lessons.elixir.compiler;

import beamyard.lessons.elixir.compiler.Draft.Definer;
import beamyard.lessons.elixir.compiler.Environment.NameArity;
import beamyard.simulator.term.Atom;
import beamyard.simulator.term.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is noted of a module while its body is evaluated, for warnings only. */
final class ModuleNotes {
  private final SequencedSet<NameArity> usedMacros = new LinkedHashSet<>();
  private final TreeMap<String, Integer> unreadAttributes = new TreeMap<>();
  private final SequencedMap<String, Integer> linesOfAttributes = new LinkedHashMap<>();
  private final List<Impl> impls = new ArrayList<>();
  private final SequencedMap<NameArity, String> deprecated = new LinkedHashMap<>();
  private final SequencedMap<NameArity, Integer> privateTypes = new LinkedHashMap<>();
  private final SequencedMap<NameArity, Integer> specs = new LinkedHashMap<>();
  private final SequencedSet<NameArity> generated = new LinkedHashSet<>();
  private @Nullable NameArity last;

  /** A definition with {@code @impl}. */
  record Impl(NameArity name, Definer definer, Term value, int line, boolean isGenerated) {}

  ModuleNotes copy() {
    var copy = new ModuleNotes();
    copy.usedMacros.addAll(usedMacros);
    copy.unreadAttributes.putAll(unreadAttributes);
    copy.linesOfAttributes.putAll(linesOfAttributes);
    copy.impls.addAll(impls);
    copy.deprecated.putAll(deprecated);
    copy.privateTypes.putAll(privateTypes);
    copy.specs.putAll(specs);
    copy.generated.addAll(generated);
    copy.last = last;
    return copy;
  }

  /** A {@code @spec} of a function. */
  void spec(NameArity function, int line) {
    specs.putIfAbsent(function, line);
  }

  /** The functions that have a {@code @spec}, and the lines of these. */
  SequencedMap<NameArity, Integer> specs() {
    return specs;
  }

  void usedMacro(NameArity macro) {
    usedMacros.add(macro);
  }

  boolean isUsedMacro(NameArity macro) {
    return usedMacros.contains(macro);
  }

  /** An attribute is set; the line where it was set before, if it was. */
  Optional<Integer> set(Atom attribute, int line) {
    unreadAttributes.put(attribute.name(), line);
    return Optional.ofNullable(linesOfAttributes.put(attribute.name(), line));
  }

  void read(Atom attribute) {
    unreadAttributes.remove(attribute.name());
  }

  /** A definition takes an attribute that is of it only, like {@code @doc}. */
  void taken(String attribute) {
    linesOfAttributes.remove(attribute);
  }

  int lineOf(String attribute) {
    return linesOfAttributes.getOrDefault(attribute, 0);
  }

  /** The attributes that were set and not read, by name, with the line. */
  SequencedMap<String, Integer> unread() {
    return unreadAttributes;
  }

  void impl(Impl impl) {
    impls.add(impl);
  }

  List<Impl> impls() {
    return impls;
  }

  void deprecate(NameArity function, String message) {
    deprecated.put(function, message);
  }

  SequencedMap<NameArity, String> deprecated() {
    return deprecated;
  }

  void privateType(NameArity type, int line) {
    privateTypes.put(type, line);
  }

  void usedType(NameArity type) {
    privateTypes.remove(type);
  }

  /** Private types that nothing uses, with their lines. */
  SequencedMap<NameArity, Integer> unusedTypes() {
    return privateTypes;
  }

  /** A definition that a macro of another module has made. */
  void generate(NameArity name) {
    generated.add(name);
  }

  /** A definition of the source takes the place of what a macro has made. */
  void write(NameArity name) {
    generated.remove(name);
  }

  boolean isGenerated(NameArity name) {
    return generated.contains(name);
  }

  /** The definition that the clause before was of. */
  Optional<NameArity> last() {
    return Optional.ofNullable(last);
  }

  void defined(NameArity name) {
    last = name;
  }
}
