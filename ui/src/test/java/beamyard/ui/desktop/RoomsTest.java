package beamyard.ui.desktop;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rooms of the desktop call each other one way. */
class RoomsTest {
  private static final String DESKTOP = "beamyard.ui.desktop";

  /** Wherever tests are compiled to. */
  private static final Pattern TEST = Pattern.compile(".*Test(\\$.*)?\\.class");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.matches(TEST))
          .importPackages(DESKTOP);

  @Test
  void noRoomsDependOnEachOtherInACircle() {
    slices().matching(DESKTOP + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void aRunKnowsNoViewAndOnlyTheWindowKnowsAll() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("window")
        .definedBy(DESKTOP)
        .layer("views")
        .definedBy(
            room("time"),
            room("shells"),
            room("learning"),
            room("sheets"),
            room("spacetime"),
            room("map"))
        .layer("yard")
        .definedBy(room("yard"))
        .layer("run")
        .definedBy(room("run"))
        .whereLayer("window")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("views")
        .mayOnlyBeAccessedByLayers("window")
        .whereLayer("yard")
        .mayOnlyBeAccessedByLayers("window", "views")
        .check(CLASSES);
  }

  private static String room(String name) {
    return DESKTOP + "." + name;
  }
}
