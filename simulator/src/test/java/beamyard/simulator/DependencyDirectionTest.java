package beamyard.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrows between packages point one way: at what is depended on. */
class DependencyDirectionTest {
  /** Lowest first; {@code term} and {@code engine} know nobody. */
  private static final List<String> LAYERS =
      List.of(
          "term",
          "engine",
          "trace",
          "network",
          "process",
          "distribution",
          "kernel",
          "cluster",
          "exploration",
          "testing");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("beamyard.simulator");

  @Test
  void lowerPackagesDoNotKnowHigherOnes() {
    for (int i = 0; i < LAYERS.size(); i++) {
      var higher = new ArrayList<String>();
      for (String name : LAYERS.subList(i + 1, LAYERS.size())) {
        higher.add("beamyard.simulator." + name + "..");
      }
      higher.add("beamyard.simulator");
      if (!LAYERS.get(i).equals("exploration") && !LAYERS.get(i).equals("testing")) {
        noClasses()
            .that()
            .resideInAPackage("beamyard.simulator." + LAYERS.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(higher.toArray(String[]::new))
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void noPackagesDependOnEachOtherInACircle() {
    slices().matching("beamyard.simulator.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void processesDoNotKnowTheNetwork() {
    noClasses()
        .that()
        .resideInAPackage("beamyard.simulator.process..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("beamyard.simulator.network..")
        .check(CLASSES);
  }
}
