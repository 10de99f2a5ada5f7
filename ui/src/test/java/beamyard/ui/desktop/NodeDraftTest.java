package beamyard.ui.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.distribution.NodeName;
import beamyard.simulator.process.NodeLink.Visibility;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeDraftTest {
  @Test
  void theFirstFreeNameIsOffered() {
    assertThat(new NodeDraft(List.of()).nameProperty().get()).isEqualTo("alice");
    assertThat(new NodeDraft(List.of("alice@localhost", "carol@b")).nameProperty().get())
        .isEqualTo("bob");
  }

  @Test
  void eachFieldSaysWhatIsWrongWithIt() {
    var draft = new NodeDraft(List.of("alice@localhost"));
    draft.nameProperty().set("alice");
    assertThat(draft.nameProblemProperty().get()).contains("there already");
    draft.nameProperty().set("a b");
    assertThat(draft.nameProblemProperty().get()).contains("Letters");
    draft.nameProperty().set("");
    assertThat(draft.nameProblemProperty().get()).contains("needs a name");
    draft.hostProperty().set("a host");
    assertThat(draft.hostProblemProperty().get()).contains("Letters");
    draft.cookieProperty().set("");
    assertThat(draft.cookieProblemProperty().get()).contains("at least one");
    draft.tickTimeProperty().set("0");
    assertThat(draft.tickProblemProperty().get()).contains("1 to 86400");
    assertThat(draft.settings()).isEmpty();
  }

  @Test
  void aProblemIsGoneWhenItIsMended() {
    var draft = new NodeDraft(List.of());
    draft.nameProperty().set("");
    draft.nameProperty().set("dora");
    assertThat(draft.nameProblemProperty().get()).isEmpty();
    assertThat(draft.settings()).isPresent();
  }

  @Test
  void aHostWithADotMakesALongName() {
    var draft = new NodeDraft(List.of());
    draft.hostProperty().set("a.example");
    draft.hiddenProperty().set(true);
    draft.tickTimeProperty().set("8");
    var settings = draft.settings().orElseThrow();
    assertThat(settings.name().orElseThrow().kind()).isEqualTo(NodeName.Kind.LONG);
    assertThat(settings.visibility()).isEqualTo(Visibility.HIDDEN);
    assertThat(settings.kernel().netTickTime()).isEqualTo(8);
  }
}
