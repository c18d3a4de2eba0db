package org.marketanalytics.camel.polygon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Utf8Test {

  @Property
  void everyTextIsValid(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8); // a lone surrogate becomes a '?'

    assertThat(Utf8.valid(bytes)).isTrue();
  }

  @Property
  void anyBytesAreValidWhereJavasDecoderTakesThem(@ForAll byte[] bytes) {
    assertThat(Utf8.valid(bytes)).isEqualTo(decodes(bytes));
  }

  @Property
  void aTextThatIsCutOffOrHasAByteChangedIsValidWhereJavasDecoderTakesIt(
      @ForAll String text, @ForAll @IntRange(max = 1000) int place, @ForAll byte other) {
    byte[] bytes = ("0123456789" + text + "é").getBytes(StandardCharsets.UTF_8);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 1);
    bytes[place % bytes.length] = other;

    assertThat(Utf8.valid(cut)).isFalse();
    assertThat(Utf8.valid(bytes)).isEqualTo(decodes(bytes));
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
