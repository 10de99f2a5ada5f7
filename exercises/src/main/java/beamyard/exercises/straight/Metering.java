package beamyard.exercises.straight;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts calls of {@link Meter} into a compiled class: at the beginning of each method, at each way back in it, where something is
 * made, and where something large may be given to the library or come from it.
 */
final class Metering {
  private static final ClassDesc METER = ClassDesc.of(Meter.class.getName());
  private static final ClassDesc REGEXES = ClassDesc.of(Regexes.class.getName());
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
  private static final MethodTypeDesc NUMBER =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
  private static final MethodTypeDesc NUMBERS =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int);
  private static final MethodTypeDesc OBJECT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);

  /** An atom stays for ever. */
  private static final int WORDS_OF_AN_ATOM = 20;

  /** Methods whose last parameter, a number, says how large what they make is, or how often they do something. */
  private static final Set<String> SIZED =
      new TreeSet<>(
          List.of(
              "<init>",
              "repeat",
              "range",
              "rangeClosed",
              "copyOf",
              "copyOfRange",
              "setLength",
              "ensureCapacity",
              "indent"));

  private final Set<String> own;

  /**
   * Meters the classes of a solution.
   *
   * @param own their names
   */
  Metering(Set<String> own) {
    this.own = own;
  }

  /** Whether calls of a method are changed, so that it cannot be had as a method reference. */
  static boolean changes(ClassDesc owner, String method) {
    boolean sized = SIZED.contains(method) && !method.equals("<init>");
    return sized || isRegex(owner, method);
  }

  private static boolean isRegex(ClassDesc owner, String method) {
    return switch (owner.descriptorString()) {
      case "Ljava/lang/String;" ->
          List.of("split", "matches", "replaceAll", "replaceFirst").contains(method);
      case "Ljava/util/regex/Pattern;" -> List.of("matcher", "matches", "split").contains(method);
      default -> false;
    };
  }

  /** The class file with its meter. */
  byte[] metered(ClassModel type, Map<String, byte[]> solution) {
    var hierarchy =
        ClassHierarchyResolver.ofResourceParsing(
                wanted -> {
                  byte[] bytes = solution.get(AllowedApi.name(wanted));
                  return bytes == null ? null : new java.io.ByteArrayInputStream(bytes);
                })
            .orElse(ClassHierarchyResolver.ofClassLoading(Metering.class.getClassLoader()));
    return ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy))
        .transformClass(
            type, ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(InMethod::new)));
  }

  /** What is done in one method. */
  private final class InMethod implements CodeTransform {
    private final List<Label> passed = new ArrayList<>();

    @Override
    public void atStart(CodeBuilder code) {
      tick(code);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      switch (element) {
        case LabelTarget target -> {
          passed.add(target.label());
          code.with(element);
        }
        case BranchInstruction branch -> {
          if (passed.contains(branch.target())) {
            tick(code);
          }
          code.with(element);
        }
        case TableSwitchInstruction _, LookupSwitchInstruction _ -> {
          tick(code);
          code.with(element);
        }
        case NewObjectInstruction _ -> {
          code.invokestatic(METER, "object", NOTHING);
          code.with(element);
        }
        case NewPrimitiveArrayInstruction _, NewReferenceArrayInstruction _ -> {
          number(code);
          code.with(element);
        }
        case NewMultiArrayInstruction array -> {
          if (array.dimensions() == 2) {
            code.dup2().invokestatic(METER, "elements", NUMBERS);
          } else {
            number(code);
          }
          code.with(element);
        }
        case InvokeDynamicInstruction call -> {
          code.with(element);
          result(code, call.typeSymbol());
        }
        case InvokeInstruction call -> call(code, call);
        default -> code.with(element);
      }
    }

    private void call(CodeBuilder code, InvokeInstruction call) {
      ClassDesc owner = call.owner().asSymbol();
      String name = call.name().stringValue();
      MethodTypeDesc type = call.typeSymbol();
      if (owner.isArray() || own.contains(AllowedApi.name(owner))) {
        code.with(call);
        return;
      }
      argument(code, name, type);
      if (AllowedApi.name(owner).endsWith(".term.Atom") && name.equals("of")) {
        code.loadConstant(WORDS_OF_AN_ATOM).invokestatic(METER, "elements", NUMBER);
      }
      if (isRegex(owner, name)) {
        boolean isStatic = call.opcode() == Opcode.INVOKESTATIC;
        code.invokestatic(
            REGEXES,
            isStatic ? "matchesAll" : name,
            isStatic ? type : type.insertParameterTypes(0, owner));
      } else {
        code.with(call);
      }
      result(code, type);
    }
  }

  private static void argument(CodeBuilder code, String name, MethodTypeDesc type) {
    if (type.parameterCount() == 0) {
      return;
    }
    ClassDesc last = type.parameterType(type.parameterCount() - 1);
    if (!last.isPrimitive()) {
      code.dup().invokestatic(METER, "object", OBJECT);
    } else if (last.equals(ConstantDescs.CD_int) && name.startsWith("range")) {
      code.dup().invokestatic(METER, "rounds", NUMBER);
    } else if (last.equals(ConstantDescs.CD_int) && SIZED.contains(name)) {
      number(code);
    }
  }

  private static void result(CodeBuilder code, MethodTypeDesc type) {
    if (!type.returnType().isPrimitive()) {
      code.dup().invokestatic(METER, "object", OBJECT);
    }
  }

  private static void tick(CodeBuilder code) {
    code.invokestatic(METER, "tick", NOTHING);
  }

  private static void number(CodeBuilder code) {
    code.dup().invokestatic(METER, "elements", NUMBER);
  }
}
