package beamyard.exercises.straight;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks through a compiled class for what a solution may not do: use classes that {@link AllowedApi} leaves out, keep what
 * changes where all processes could see it, or lock.
 */
final class Inspection {
  private static final Set<String> CONSTANT_TYPES =
      new TreeSet<>(
          List.of(
              "java.lang.String",
              "java.lang.Integer",
              "java.lang.Long",
              "java.lang.Double",
              "java.lang.Boolean",
              "java.lang.Character",
              "java.time.Duration",
              "java.util.regex.Pattern",
              "beamyard.simulator.term.Term",
              "beamyard.simulator.term.Atom",
              "beamyard.simulator.term.Bits",
              "beamyard.simulator.term.Tuple",
              "beamyard.simulator.term.ListTerm",
              "beamyard.simulator.term.MapTerm",
              "beamyard.simulator.term.IntegerTerm",
              "beamyard.simulator.term.SmallInt",
              "beamyard.simulator.term.Float64"));

  private final String file;
  private final Set<String> own;
  private int line;

  /**
   * An inspection of the classes of one file.
   *
   * @param own their names
   */
  Inspection(String file, Set<String> own) {
    this.file = file;
    this.own = own;
  }

  /** Passes, or says what is wrong where. */
  void look(ClassModel type) throws Unusable {
    line = 0;
    String name = AllowedApi.name(type.thisClass().asSymbol());
    if (name.indexOf('.') >= 0) {
      throw refused("its classes should be in no package");
    }
    if (type.superclass().isPresent()) {
      use(type.superclass().get().asSymbol());
    }
    for (ClassEntry face : type.interfaces()) {
      use(face.asSymbol());
    }
    boolean isEnum = type.flags().has(AccessFlag.ENUM);
    for (FieldModel field : type.fields()) {
      look(field, isEnum);
    }
    for (MethodModel method : type.methods()) {
      look(method);
    }
  }

  private void look(FieldModel field, boolean ofEnum) throws Unusable {
    boolean shared = field.flags().has(AccessFlag.STATIC) || ofEnum;
    if (!shared || field.flags().has(AccessFlag.SYNTHETIC)) {
      return;
    }
    ClassDesc type = field.fieldTypeSymbol();
    boolean known = type.isClassOrInterface() && CONSTANT_TYPES.contains(AllowedApi.name(type));
    boolean ownConstant = ofEnum && type.isClassOrInterface() && isOwn(type);
    boolean constant = type.isPrimitive() || known || ownConstant;
    if (!constant || !field.flags().has(AccessFlag.FINAL)) {
      throw refused(
          "the field '"
              + field.fieldName().stringValue()
              + "' would be seen by the processes of all nodes, which share nothing: static fields hold constants only (final;"
              + " numbers, texts, terms)");
    }
  }

  private void look(MethodModel method) throws Unusable {
    String name = method.methodName().stringValue();
    line = 0;
    CodeModel code = method.code().orElse(null);
    if (code != null) {
      code.elementStream()
          .filter(LineNumber.class::isInstance)
          .findFirst()
          .ifPresent(first -> line = ((LineNumber) first).line());
    }
    if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
      throw refused(
          "synchronized is not allowed: processes share nothing, so nothing is to be locked");
    }
    if (method.flags().has(AccessFlag.NATIVE)) {
      throw refused("native methods are not allowed");
    }
    if (name.equals("finalize")) {
      throw refused("finalize is not allowed: it works on threads of the machine");
    }
    if (code != null) {
      for (CodeElement element : code) {
        look(element);
      }
    }
  }

  private void look(CodeElement element) throws Unusable {
    switch (element) {
      case LineNumber number -> line = number.line();
      case InvokeInstruction call ->
          use(call.owner().asSymbol(), call.name().stringValue(), call.typeSymbol());
      case FieldInstruction access -> use(access.owner().asSymbol());
      case NewObjectInstruction object -> use(object.className().asSymbol());
      case NewReferenceArrayInstruction array -> use(array.componentType().asSymbol());
      case NewMultiArrayInstruction array -> {
        if (array.dimensions() > 2) {
          throw refused("arrays of more than two dimensions are not allowed");
        }
        use(array.arrayType().asSymbol());
      }
      case TypeCheckInstruction check -> use(check.type().asSymbol());
      case ExceptionCatch caught -> {
        if (caught.catchType().isPresent()) {
          use(caught.catchType().get().asSymbol());
        }
      }
      case MonitorInstruction _ ->
          throw refused(
              "synchronized is not allowed: processes share nothing, so nothing is to be locked");
      case LoadConstantInstruction load -> use(load.constantValue());
      case InvokeDynamicInstruction call -> {
        String bootstrap = AllowedApi.name(call.bootstrapMethod().owner());
        if (!AllowedApi.isBootstrap(bootstrap)) {
          throw refused("'" + bootstrap + "' is not allowed");
        }
        for (ConstantDesc argument : call.bootstrapArgs()) {
          use(argument);
        }
      }
      default -> {} // works on numbers, or on what was looked at where it came from
    }
  }

  private void use(ConstantDesc constant) throws Unusable {
    switch (constant) {
      case ClassDesc type -> use(type);
      case DirectMethodHandleDesc handle -> {
        MethodTypeDesc type = handle.invocationType();
        use(handle.owner(), handle.methodName(), type);
        if (Metering.changes(handle.owner(), handle.methodName())) {
          throw refused(
              "the method reference to '"
                  + handle.methodName()
                  + "' should be a lambda: what it costs is to be counted");
        }
      }
      case DynamicConstantDesc<?> dynamic -> {
        String bootstrap = AllowedApi.name(dynamic.bootstrapMethod().owner());
        if (!bootstrap.equals("java.lang.invoke.ConstantBootstraps")) {
          throw refused("'" + bootstrap + "' is not allowed");
        }
      }
      default -> {} // a number, a text, or a type that is named only
    }
  }

  private void use(ClassDesc owner, String method, MethodTypeDesc type) throws Unusable {
    boolean asksForAssertions =
        owner.descriptorString().equals("Ljava/lang/Class;")
            && method.equals("desiredAssertionStatus");
    if (asksForAssertions) {
      return;
    }
    boolean copies = owner.isArray() && method.equals("clone") && type.parameterCount() == 0;
    if (!copies) {
      use(owner);
    }
    String name = owner.isArray() ? "an array" : AllowedApi.name(owner);
    Optional<String> objection = AllowedApi.objection(name, method);
    if (objection.isPresent()) {
      throw refused("'" + simple(name) + "." + method + "' is not allowed: " + objection.get());
    }
  }

  private void use(ClassDesc type) throws Unusable {
    ClassDesc element = type;
    while (element.isArray()) {
      element = element.componentType();
    }
    if (element.isPrimitive() || isOwn(element)) {
      return;
    }
    String name = AllowedApi.name(element);
    if (!AllowedApi.allows(name)) {
      throw refused(
          "'"
              + name
              + "' is not allowed: a solution works with terms, collections and texts, and reaches the yard by Self");
    }
  }

  private boolean isOwn(ClassDesc type) {
    return own.contains(AllowedApi.name(type));
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private Unusable refused(String why) {
    return new Unusable(file + (line > 0 ? ":" + line : "") + ": " + why);
  }
}
