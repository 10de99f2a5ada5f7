public final class Hello {
  public static Term greeting(Self self, Atom node) {
    return "hello"
  }
}
