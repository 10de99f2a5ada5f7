package beamyard.ui.desktop.yard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private static Completion completion(String line, String... ofNode) {
    return Completion.of(Completion.wanted(line), List.of(ofNode));
  }

  @Test
  void aModuleIsCompleted() {
    assertThat(completion("x = Strin").candidates()).contains("String", "StringIO");
    assertThat(completion("x = Strin").common()).isEqualTo("g");
    assertThat(completion(":glo").candidates()).contains(":global");
  }

  @Test
  void aFunctionOfAModuleIsCompleted() {
    assertThat(completion("String.upc").candidates()).containsExactly("upcase");
    assertThat(completion("String.upc").common()).isEqualTo("ase");
    assertThat(completion(":global.register_n").candidates()).contains("register_name");
    assertThat(completion("Enum.map(list, &String.")).extracting(Completion::prefix).isEqualTo("");
  }

  @Test
  void fewCandidatesAreToldWithWhatTheyDo() {
    assertThat(completion("Enum.map_j").shown())
        .containsExactly(
            "map_join(enumerable, joiner \\\\ \"\", mapper)   As `map/2` and `join/2` in one.");
    assertThat(completion("GenServ").shown())
        .containsExactly(
            "GenServer   The server process: a module with callbacks that keeps a state, answers calls one by one, and takes casts and"
                + " other messages.");
    assertThat(completion("spawn_m").shown()).hasSize(2);
    assertThat(completion("Enum.m").shown()).contains("map", "max");
    assertThat(completion("Greeter.he", "hello").shown()).containsExactly("hello");
  }

  @Test
  void whatTheNodeKnowsIsCompleted() {
    assertThat(completion("send(coun", "counter", "Greeter").candidates()).contains("counter");
    assertThat(completion("Greeter.he", "hello", "bye").candidates()).containsExactly("hello");
  }

  @Test
  void whereAnythingCouldStandNothingIsOffered() {
    assertThat(completion("1 + ").candidates()).isEmpty();
    assertThat(completion("").candidates()).isEmpty();
  }

  @Test
  void nothingButNamesGetsIntoTheQuestion() {
    assertThat(Completion.wanted("System.halt(); Foo.").question())
        .contains("Foo")
        .doesNotContain("halt");
  }
}
