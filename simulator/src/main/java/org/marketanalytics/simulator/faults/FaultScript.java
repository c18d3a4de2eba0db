package org.marketanalytics.simulator.faults;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.marketanalytics.simulator.faults.Parameter.Kind;

/**
 * Reads scripts: JSON, an array of steps, each an object with the name of a {@code fault}, its
 * parameters, and {@code at}, {@code every}, {@code times}. Times are seconds.
 */
public final class FaultScript {
  private static final JsonFactory JSON = new JsonFactory();
  private static final List<Parameter> WHEN =
      List.of(
          Parameter.optional("at", Kind.SECONDS),
          Parameter.optional("every", Kind.SECONDS),
          Parameter.optional("times", Kind.COUNT));

  private FaultScript() {}

  /**
   * The steps of a script.
   *
   * @throws BadStep naming the step and what is allowed
   */
  public static List<FaultStep> parse(byte[] json) throws BadStep {
    List<FaultStep> steps = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new BadStep("a script is an array of steps: [{\"at\":30,\"fault\":\"drop\"}]");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        FaultStep step = step("step " + (steps.size() + 1), parser);
        if (step.at().isEmpty() && step.every().isEmpty()) {
          throw new BadStep("step " + (steps.size() + 1) + ": neither at nor every says when");
        }
        steps.add(step);
      }
      if (parser.currentToken() != JsonToken.END_ARRAY || parser.nextToken() != null) {
        throw new BadStep("step " + (steps.size() + 1) + " is not an object in an array");
      }
      return steps;
    } catch (JsonProcessingException e) {
      throw new BadStep("step " + (steps.size() + 1) + " is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadStep("not readable: " + e.getMessage());
    }
  }

  /**
   * One step, an object.
   *
   * @throws BadStep saying what is wrong and what is allowed
   */
  public static FaultStep parseStep(byte[] json) throws BadStep {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadStep("a step is an object: {\"fault\":\"drop\"}");
      }
      return step("step", parser);
    } catch (JsonProcessingException e) {
      throw new BadStep("the step is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadStep("not readable: " + e.getMessage());
    }
  }

  private static FaultStep step(String name, JsonParser parser) throws IOException, BadStep {
    Map<String, String> given = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      if (!parser.nextToken().isScalarValue()) {
        throw new BadStep(name + ": " + field + " is neither a number nor a text");
      }
      given.put(field, parser.getText());
    }
    String label = given.remove("fault");
    Fault fault =
        Fault.named(label == null ? "" : label)
            .orElseThrow(
                () ->
                    new BadStep(
                        name
                            + ": fault '"
                            + (label == null ? "" : label)
                            + "' is not one of "
                            + Arrays.stream(Fault.values())
                                .map(Fault::label)
                                .collect(Collectors.joining(", "))));
    return new FaultStep(fault, values(name, fault, given));
  }

  private static Map<String, Object> values(String name, Fault fault, Map<String, String> given)
      throws BadStep {
    List<Parameter> parameters = Stream.concat(WHEN.stream(), fault.parameters().stream()).toList();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String text = given.remove(parameter.name());
      String value = text == null ? parameter.otherwise() : text;
      if (value == null && parameter.required()) {
        throw new BadStep(
            "%s: %s needs %s, %s"
                .formatted(name, fault.label(), parameter.name(), parameter.allowed()));
      }
      if (value != null) {
        values.put(
            parameter.name(),
            parameter
                .value(value)
                .orElseThrow(
                    () ->
                        new BadStep(
                            "%s: %s '%s' is not %s"
                                .formatted(name, parameter.name(), value, parameter.allowed()))));
      }
    }
    if (!given.isEmpty()) {
      throw new BadStep(
          "%s: '%s' is not one of fault, %s"
              .formatted(
                  name,
                  given.keySet().iterator().next(),
                  parameters.stream().map(Parameter::name).collect(Collectors.joining(", "))));
    }
    return values;
  }
}
