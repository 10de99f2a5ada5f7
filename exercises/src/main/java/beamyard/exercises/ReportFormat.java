package beamyard.exercises;

import beamyard.exercises.Report.Counterexample;
import beamyard.exercises.Report.Result;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** How reports are written for other programs. */
public enum ReportFormat {
  /** The XML that build servers read: a suite a solution, a case a check. */
  JUNIT {
    @Override
    public String write(List<Judged> judged) {
      try {
        var text = new StringWriter();
        XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        for (Judged each : judged) {
          writeSuite(xml, each);
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        return text + "\n";
      } catch (XMLStreamException e) {
        throw new AssertionError(e);
      }
    }
  },
  /** An array with an object a solution. */
  JSON_ARRAY {
    @Override
    public String write(List<Judged> judged) {
      try {
        return JSON.std
                .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                .asString(judged.stream().map(ReportFormat::object).toList())
            + "\n";
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  };

  /** A solution and what the grader says of it. */
  public record Judged(String solution, Report report) {}

  public abstract String write(List<Judged> judged);

  /** The name that people type: {@code junit} or {@code json}. */
  @Override
  public String toString() {
    return switch (this) {
      case JUNIT -> "junit";
      case JSON_ARRAY -> "json";
    };
  }

  private static void writeSuite(XMLStreamWriter xml, Judged judged) throws XMLStreamException {
    Report report = judged.report();
    int refused = report.refusal().isPresent() ? 1 : 0;
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", report.exercise() + ": " + judged.solution());
    xml.writeAttribute("tests", String.valueOf(report.results().size() + refused));
    xml.writeAttribute(
        "failures", String.valueOf(report.results().stream().filter(it -> !it.passed()).count()));
    xml.writeAttribute("errors", String.valueOf(refused));
    xml.writeStartElement("properties");
    writeProperty(xml, "points", report.points());
    writeProperty(xml, "points-max", report.pointsMax());
    xml.writeEndElement();
    if (report.refusal().isPresent()) {
      writeCase(xml, report, "can be judged", "error", report.refusal().get(), "");
    }
    for (Result result : report.results()) {
      writeResult(xml, report, result);
    }
    xml.writeEndElement();
  }

  private static void writeProperty(XMLStreamWriter xml, String name, int value)
      throws XMLStreamException {
    xml.writeEmptyElement("property");
    xml.writeAttribute("name", name);
    xml.writeAttribute("value", String.valueOf(value));
  }

  private static void writeResult(XMLStreamWriter xml, Report report, Result result)
      throws XMLStreamException {
    String title = result.check().title();
    if (result.counterexample().isPresent()) {
      Counterexample found = result.counterexample().get();
      writeCase(xml, report, title, "failure", found.message(), String.join("\n", found.story()));
      return;
    }
    xml.writeEmptyElement("testcase");
    xml.writeAttribute("classname", report.exercise());
    xml.writeAttribute("name", title);
  }

  private static void writeCase(
      XMLStreamWriter xml, Report report, String title, String kind, String message, String text)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", report.exercise());
    xml.writeAttribute("name", title);
    xml.writeStartElement(kind);
    xml.writeAttribute("message", printable(message));
    xml.writeCharacters(printable(text));
    xml.writeEndElement();
    xml.writeEndElement();
  }

  /** XML has no way to write most control characters. */
  private static String printable(String text) {
    return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?");
  }

  private static Map<String, Object> object(Judged judged) {
    Report report = judged.report();
    var object = new LinkedHashMap<String, Object>();
    object.put("exercise", report.exercise());
    object.put("solution", judged.solution());
    object.put("passed", report.passed());
    object.put("points", report.points());
    object.put("points_max", report.pointsMax());
    report.refusal().ifPresent(why -> object.put("refusal", why));
    object.put("checks", report.results().stream().map(ReportFormat::object).toList());
    return object;
  }

  private static Map<String, Object> object(Result result) {
    var object = new LinkedHashMap<String, Object>();
    object.put("title", result.check().title());
    object.put("task", result.check().task());
    object.put("passed", result.passed());
    object.put("points", result.passed() ? result.check().points() : 0);
    object.put("runs", result.runs());
    object.put("faults", result.faults());
    object.put("faults_that_bit", result.bit());
    result
        .counterexample()
        .ifPresent(
            found -> {
              object.put("message", found.message());
              object.put("nodes", found.size());
              object.put("seed", found.seed());
              object.put("story", found.story());
            });
    return object;
  }
}
