package beamyard.ui.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.simulator.NodeSettings;
import beamyard.simulator.distribution.NodeName;
import beamyard.simulator.process.NodeLink.Visibility;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeDraftTest {
  private static Field said(List<NodeDraft.Option> options, String name) {
    return options.stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseThrow()
        .field();
  }

  @Test
  void theFirstFreeNameIsOffered() {
    assertThat(new NodeDraft(List.of()).name().textProperty().get()).isEqualTo("alice");
    assertThat(new NodeDraft(List.of("alice@localhost", "carol@b")).name().textProperty().get())
        .isEqualTo("bob");
  }

  @Test
  void eachFieldSaysWhatIsWrongWithIt() {
    var draft = new NodeDraft(List.of("alice@localhost"));
    draft.name().textProperty().set("alice");
    assertThat(draft.name().problemProperty().get()).contains("there already");
    draft.name().textProperty().set("a b");
    assertThat(draft.name().problemProperty().get()).contains("Letters");
    draft.name().textProperty().set("");
    assertThat(draft.name().problemProperty().get()).contains("needs a name");
    draft.host().textProperty().set("a host");
    assertThat(draft.host().problemProperty().get()).contains("Letters");
    draft.cookie().textProperty().set("");
    assertThat(draft.cookie().problemProperty().get()).contains("at least one");
    said(draft.connecting(), "net_ticktime").textProperty().set("0");
    assertThat(said(draft.connecting(), "net_ticktime").problemProperty().get())
        .contains("1 to 86400");
    assertThat(draft.settings()).isEmpty();
  }

  @Test
  void aProblemIsGoneWhenItIsMended() {
    var draft = new NodeDraft(List.of());
    draft.name().textProperty().set("");
    draft.name().textProperty().set("dora");
    assertThat(draft.name().problemProperty().get()).isEmpty();
    assertThat(draft.settings()).isPresent();
  }

  @Test
  void aHostWithADotMakesALongName() {
    var draft = new NodeDraft(List.of());
    draft.host().textProperty().set("a.example");
    draft.hiddenProperty().set(true);
    said(draft.connecting(), "net_ticktime").textProperty().set("8");
    var settings = draft.settings().orElseThrow();
    assertThat(settings.name().orElseThrow().kind()).isEqualTo(NodeName.Kind.LONG);
    assertThat(settings.visibility()).isEqualTo(Visibility.HIDDEN);
    assertThat(settings.kernel().netTickTime()).isEqualTo(8);
  }

  @Test
  void everyOptionIsCheckedAndSaidOnlyIfItIsWritten() {
    var draft = new NodeDraft(List.of());
    assertThat(draft.settings().orElseThrow().options()).isEmpty();
    var all = new ArrayList<>(draft.connecting());
    all.addAll(draft.limits());
    for (NodeDraft.Option option : all) {
      option.field().textProperty().set("-7 of nothing");
      assertThat(option.field().problemProperty().get()).as(option.name()).startsWith("Needs ");
      assertThat(draft.settings()).isEmpty();
      option.field().textProperty().set(" ");
      assertThat(option.field().problemProperty().get()).isEmpty();
    }
    said(draft.limits(), "+P").textProperty().set("2048");
    said(draft.limits(), "+t").textProperty().set("9000");
    said(draft.limits(), "+hmax").textProperty().set("1000000");
    said(draft.limits(), "memory").textProperty().set("100000000");
    said(draft.connecting(), "dist_auto_connect").textProperty().set("never");
    draft.connectAllProperty().set(false);
    draft.secureProperty().set(true);
    draft.authority().textProperty().set("acme");
    NodeSettings settings = draft.settings().orElseThrow();
    assertThat(settings.options())
        .containsEntry("+P", "2048")
        .containsEntry("+t", "9000")
        .containsEntry("+hmax", "1000000")
        .containsEntry("memory", "100000000")
        .containsEntry("-proto_dist", "inet_tls/acme");
    assertThat(settings.kernel().connectAll()).isFalse();
    assertThat(settings.kernel().distAutoConnect().name()).isEqualTo("NEVER");
  }
}
