package beamyard.lessons.elixir.stdlib;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.stdlib.RealExports.Export;
import beamyard.lessons.elixir.stdlib.Signatures.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts of our own that {@code h} shows name what there is, all of it, and say it shortly. */
class HelpTextsTest {
  private static final int LONGEST = 420;

  /** Modules of Elixir whose functions all have a text. */
  static Stream<String> complete() {
    return RealExports.load().modules().stream()
        .map(RealExports.Module::name)
        .filter(name -> !name.startsWith(":") && HelpTexts.of(name).isPresent());
  }

  private static List<Signature> signatures(String module) {
    return Signatures.loaded().module(module).orElseThrow().signatures();
  }

  @ParameterizedTest
  @MethodSource("complete")
  void eachFunctionHasAText(String module) {
    HelpTexts texts = HelpTexts.of(module).orElseThrow();
    List<String> missing =
        signatures(module).stream()
            .filter(Signature::isFunction)
            .map(Signature::key)
            .filter(key -> !key.startsWith("__") || module.equals("Kernel.SpecialForms"))
            .filter(key -> texts.entry(key).isEmpty())
            .toList();
    assertThat(missing).isEmpty();
    assertThat(texts.module()).isPresent();
  }

  @ParameterizedTest
  @MethodSource("complete")
  void eachTextIsOfSomethingThatThereIs(String module) {
    List<String> keys = signatures(module).stream().map(Signature::key).toList();
    assertThat(HelpTexts.of(module).orElseThrow().entries().stream().map(HelpTexts.Entry::key))
        .allMatch(keys::contains, "is a function, callback or type of " + module);
  }

  @ParameterizedTest
  @MethodSource("complete")
  void aTextIsASentenceOrThree(String module) {
    HelpTexts texts = HelpTexts.of(module).orElseThrow();
    var all = new ArrayList<>(texts.entries());
    texts.module().ifPresent(all::add);
    assertThat(all)
        .allMatch(entry -> entry.text().length() <= LONGEST, "is short")
        .allMatch(entry -> entry.text().endsWith("."), "ends as a sentence");
  }

  @Test
  void eachFunctionOfErlangWithATextIsExported() {
    for (RealExports.Module module : RealExports.load().modules()) {
      Optional<HelpTexts> texts =
          module.name().startsWith(":") ? HelpTexts.of(module.name()) : Optional.empty();
      List<Export> exports = module.functions();
      texts.ifPresent(
          found ->
              assertThat(found.entries())
                  .allMatch(
                      entry ->
                          exports.contains(
                              new Export(
                                  beamyard.simulator.term.Atom.of(entry.name()), entry.arity())),
                      "is exported by " + module.name()));
    }
  }
}
