package beamyard.exercises.straight;

import java.util.Map;
import java.util.TreeMap;

/** Loads the classes of one solution, and for them only what {@link AllowedApi} lets through. */
final class SolutionLoader extends ClassLoader {
  private final Map<String, byte[]> classFiles;

  SolutionLoader(Map<String, byte[]> classFiles) {
    super(SolutionLoader.class.getClassLoader());
    this.classFiles = new TreeMap<>(classFiles);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      byte[] bytes = classFiles.get(name);
      if (bytes == null) {
        if (!AllowedApi.mayBeLoaded(name)) {
          throw new ClassNotFoundException(name + " is not for solutions");
        }
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known != null ? known : defineClass(name, bytes, 0, bytes.length);
    }
  }
}
