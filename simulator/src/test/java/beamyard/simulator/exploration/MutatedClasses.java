package beamyard.simulator.exploration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/** The classes of the simulator and of its tests once more, some of their methods changed. */
final class MutatedClasses extends ClassLoader {
  private static final String OURS = "beamyard.simulator.";

  private final List<Mutation> mutations;
  private final List<Mutation> unused;

  /** A change of the methods of one name in a class. */
  sealed interface Mutation {
    String type();

    String method();

    /** Does nothing; for methods without a result. */
    record Skip(String type, String method) implements Mutation {}

    /** Gives the same number or truth value always. */
    record Constant(String type, String method, int value) implements Mutation {}

    /** Does all that it does twice; for methods without a result. */
    record Twice(String type, String method) implements Mutation {}

    /** Calls one method where it called another with the same arguments. */
    record Instead(String type, String method, String called, String instead) implements Mutation {}
  }

  MutatedClasses(List<Mutation> mutations) {
    super(MutatedClasses.class.getClassLoader());
    this.mutations = mutations;
    this.unused = new ArrayList<>(mutations);
  }

  /** The mutations that found nothing to change in the classes that were needed. */
  List<Mutation> unused() {
    return unused;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] bytes = mutated(name, bytes(name));
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private static byte[] bytes(String name) throws ClassNotFoundException {
    String file = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = MutatedClasses.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] mutated(String name, byte[] bytes) {
    byte[] result = bytes;
    for (Mutation mutation : mutations) {
      if (mutation.type().equals(name)) {
        ClassModel model = ClassFile.of().parse(result);
        result =
            ClassFile.of()
                .transformClass(model, (out, element) -> change(out, element, model, mutation));
      }
    }
    return result;
  }

  private void change(ClassBuilder out, ClassElement element, ClassModel model, Mutation mutation) {
    if (!(element instanceof MethodModel method)
        || !method.methodName().equalsString(mutation.method())) {
      out.with(element);
      return;
    }
    unused.remove(mutation);
    int flags = method.flags().flagsMask();
    MethodTypeDesc type = method.methodTypeSymbol();
    switch (mutation) {
      case Mutation.Skip _ ->
          out.withMethodBody(
              method.methodName(), method.methodType(), flags, code -> code.return_());
      case Mutation.Constant(_, _, int value) ->
          out.withMethodBody(
              method.methodName(),
              method.methodType(),
              flags,
              code -> code.loadConstant(value).ireturn());
      case Mutation.Instead(_, _, String called, String instead) ->
          out.transformMethod(
              method,
              MethodTransform.transformingCode(
                  (code, instruction) -> {
                    if (instruction instanceof InvokeInstruction call
                        && call.name().equalsString(called)) {
                      code.invoke(
                          call.opcode(),
                          call.owner().asSymbol(),
                          instead,
                          call.typeSymbol(),
                          call.isInterface());
                    } else {
                      code.with(instruction);
                    }
                  }));
      case Mutation.Twice(_, String once) -> {
        String inner = once + "$once";
        out.withMethod(
            inner,
            type,
            flags,
            copy ->
                method
                    .code()
                    .ifPresent(code -> copy.transformCode(code, CodeTransform.ACCEPT_ALL)));
        out.withMethodBody(
            method.methodName(),
            method.methodType(),
            flags,
            code -> {
              for (int time = 0; time < 2; time++) {
                boolean isStatic = method.flags().has(AccessFlag.STATIC);
                int slot = isStatic ? 0 : 1;
                if (!isStatic) {
                  code.aload(0);
                }
                for (ClassDesc parameter : type.parameterList()) {
                  TypeKind kind = TypeKind.from(parameter);
                  code.loadLocal(kind, slot);
                  slot += kind.slotSize();
                }
                ClassDesc owner = model.thisClass().asSymbol();
                if (isStatic) {
                  code.invokestatic(owner, inner, type);
                } else {
                  code.invokevirtual(owner, inner, type);
                }
              }
              code.return_();
            });
      }
    }
  }
}
