package org.marketanalytics.simulator.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultScriptTest {
  @Test
  void readsStepsWithTheirTimesAndDefaults() throws BadStep {
    List<FaultStep> steps =
        parsed(
            """
            [{"at":30,"fault":"drop","how":"abort"},
             {"every":60,"times":3,"fault":"reorder","share":0.05,"for":10.5},
             {"at":0,"fault":"garbage","what":"utf8"}]""");

    assertThat(steps)
        .extracting(FaultStep::fault)
        .containsExactly(Fault.DROP, Fault.REORDER, Fault.GARBAGE);
    assertThat(steps.get(0).at()).contains(Duration.ofSeconds(30));
    assertThat(steps.get(0).word("how")).isEqualTo("abort");
    assertThat(steps.get(0).count()).isEmpty();
    assertThat(steps.get(1).every()).contains(Duration.ofSeconds(60));
    assertThat(steps.get(1).times()).hasValue(3);
    assertThat(steps.get(1).share()).isEqualTo(0.05);
    assertThat(steps.get(1).length()).contains(Duration.ofMillis(10_500));
    assertThat(steps.get(1).seconds("within")).contains(Duration.ofSeconds(2));
    assertThat(steps.get(1).whole("seed")).hasValue(1);
    assertThat(steps.get(2).count()).hasValue(1);
  }

  @Test
  void writesAStepAsItWasRead() throws BadStep {
    String step = "{\"fault\":\"drop\",\"at\":30,\"how\":\"abort\",\"count\":2}";

    assertThat("{" + FaultScript.parseStep(step.getBytes(UTF_8)).fields() + "}").isEqualTo(step);
  }

  @Test
  void takesAnEmptyScript() throws BadStep {
    assertThat(parsed("[]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | a script is an array of steps",
        "[1] | step 1 is not an object in an array",
        "[{'at':1,'fault':'drop'},{'at':2,'fault':'dance'}] | step 2: fault 'dance' is not one of drop,",
        "[{'at':1}] | step 1: fault '' is not one of drop,",
        "[{'fault':'drop'}] | step 1: neither at nor every says when",
        "[{'at':1,'fault':'drop','how':'softly'}] | step 1: how 'softly' is not one of close, abort, half_open",
        "[{'at':1,'fault':'drop','share':1}] | step 1: 'share' is not one of fault, at, every, times, how, count",
        "[{'at':1,'fault':'late','by':3}] | step 1: late needs share, a number from 0 to 1",
        "[{'at':1,'fault':'late','by':3,'share':2}] | step 1: share '2' is not a number from 0 to 1",
        "[{'at':-1,'fault':'drop'}] | step 1: at '-1' is not a number of seconds from 0 to 86400",
        "[{'at':1,'fault':'drop','count':0}] | step 1: count '0' is not a whole number from 1 to 1000000",
        "[{'at':1,'fault':'drop','count':[]}] | step 1: count is neither a number nor a text",
        "[{'at':1,'fault':'repeat','share':1,'seed':1.5}] | step 1: seed '1.5' is not a whole number of 64 bits",
        "[{'at':1,'fault':'drop'} | step 2 is not",
        "[{'at':1,'fault':'drop'}] 1 | step 2 is not an object in an array"
      })
  void refusesABadScriptInOneLineThatNamesTheStep(String script, String message) {
    assertThatThrownBy(() -> parsed(script.replace('\'', '"')))
        .isInstanceOf(BadStep.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  private static List<FaultStep> parsed(String script) throws BadStep {
    return FaultScript.parse(script.getBytes(UTF_8));
  }
}
