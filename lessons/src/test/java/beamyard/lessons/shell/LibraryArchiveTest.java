package beamyard.lessons.shell;

import static org.assertj.core.api.Assertions.assertThat;

import beamyard.lessons.elixir.machine.CompiledModule;
import beamyard.lessons.elixir.machine.ModuleReader;
import beamyard.lessons.elixir.machine.ModuleWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The library that the build has compiled is the one of the sources. */
class LibraryArchiveTest {
  private static final List<CompiledModule> LIBRARY =
      new StandardLibrary(ElixirNodes.builtins()).all();

  @Test
  void aModuleThatWasWrittenAndReadIsTheSame() {
    for (CompiledModule module : LIBRARY) {
      byte[] written = ModuleWriter.write(module);
      CompiledModule read = ModuleReader.read(written);
      assertThat(read.name()).isSameAs(module.name());
      assertThat(read.file()).isEqualTo(module.file());
      assertThat(read.info()).isEqualTo(module.info());
      assertThat(read.functions()).isEqualTo(module.functions());
      assertThat(read.macros()).isEqualTo(module.macros());
      assertThat(read.uniq()).as("%s", module.name()).isEqualTo(module.uniq());
      assertThat(read.fingerprint()).as("%s", module.name()).isEqualTo(module.uniq());
      assertThat(ModuleWriter.write(read)).as("%s", module.name()).isEqualTo(written);
    }
  }

  @Test
  void theOrderInWhichModulesAreCompiledMakesNoDifference() {
    var backwards = new StandardLibrary(ElixirNodes.builtins());
    for (CompiledModule module : new ArrayList<>(LIBRARY).reversed()) {
      assertThat(backwards.library().find(module.name()).map(ModuleWriter::write))
          .as("%s", module.name())
          .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(ModuleWriter.write(module)));
    }
  }

  @Test
  void theArchiveOfThisProgramIsThatOfItsSources() {
    LibraryArchive.ofThisProgram()
        .ifPresent(
            archive ->
                LIBRARY.forEach(
                    module ->
                        assertThat(archive.read(module.name()).map(ModuleWriter::write))
                            .as("%s", module.name())
                            .hasValueSatisfying(
                                bytes -> assertThat(bytes).isEqualTo(ModuleWriter.write(module)))));
  }
}
