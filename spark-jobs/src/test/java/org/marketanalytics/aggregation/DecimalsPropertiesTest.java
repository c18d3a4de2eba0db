package org.marketanalytics.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.StringLength;

class DecimalsPropertiesTest {
  private static final long MOST = Decimals.LIMIT - 1;

  @Property
  void readsAnyPlainDecimalRoundedHalfUp(
      @ForAll @BigRange(min = "0", max = "99999999999") @Scale(12) BigDecimal number) {
    assertThat(parse(number.toPlainString())).isEqualTo(millionths(number));
    assertThat(parse("-" + number.toPlainString())).isEqualTo(-millionths(number));
  }

  @Property
  void readsAPriceExactly(@ForAll @BigRange(min = "0", max = "99999") @Scale(6) BigDecimal number) {
    assertThat(parse(number.toPlainString())).isEqualTo(millionths(number));
  }

  @Property
  void knowsWhatIsNoNumber(
      @ForAll @CharRange(from = '-', to = '9') @StringLength(max = 12) String text) {
    boolean isNumber = text.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?");

    assertThat(parse(text) == Decimals.NOT_A_NUMBER).isEqualTo(!isNumber);
  }

  @Property
  void readsAnExponentAsJsonMeansIt(
      @ForAll @LongRange(min = 0, max = 99_999_999_999_999L) long digits,
      @ForAll @IntRange(min = -25, max = 25) int exponent) {
    String text = digits + "e" + exponent;

    BigDecimal number = new BigDecimal(text);
    boolean fits = number.compareTo(new BigDecimal("99999999999.9999995")) < 0;
    assertThat(parse(text)).isEqualTo(fits ? millionths(number) : Decimals.TOO_LARGE);
  }

  @Property
  void readsAPointAndAnExponent(
      @ForAll @BigRange(min = "0", max = "9999") @Scale(9) BigDecimal mantissa,
      @ForAll @IntRange(min = -9, max = 6) int exponent) {
    String text = mantissa.toPlainString() + "E" + (exponent < 0 ? "" : "+") + exponent;

    assertThat(parse(text)).isEqualTo(millionths(new BigDecimal(text)));
  }

  @Property
  void writesWhatItRead(@ForAll @LongRange(min = 0, max = MOST) long millionths) {
    String text = write(millionths);

    assertThat(text).isEqualTo(plain(millionths)).doesNotContain("E", "e");
    assertThat(parse(text)).isEqualTo(millionths);
  }

  @Property
  void multipliesExactly(
      @ForAll @LongRange(min = 0, max = MOST) long left,
      @ForAll @LongRange(min = 0, max = MOST) long right) {
    BigDecimal exact = decimal(left).multiply(decimal(right)).setScale(6, RoundingMode.HALF_UP);
    boolean fits = exact.compareTo(decimal(Decimals.LIMIT)) < 0;

    assertThat(Decimals.multiply(left, right))
        .isEqualTo(fits ? millionths(exact) : Decimals.TOO_LARGE);
  }

  @Property
  void multipliesPricesAndVolumesOfTheMarketExactly(
      @ForAll @LongRange(min = 1, max = 1_000_000_000L) long price,
      @ForAll @LongRange(min = 0, max = 10_000_000_000_000L) long volume) {
    BigDecimal exact = decimal(price).multiply(decimal(volume)).setScale(6, RoundingMode.HALF_UP);

    assertThat(Decimals.multiply(price, volume)).isEqualTo(millionths(exact));
  }

  @Property
  void dividesExactly(
      @ForAll @LongRange(min = 1, max = 60 * MOST) long divisor,
      @ForAll @LongRange(min = 0, max = MOST) long price) {
    BigDecimal dividend = decimal(divisor).multiply(decimal(price)).setScale(6, RoundingMode.DOWN);
    if (dividend.compareTo(decimal(60 * MOST)) > 0) {
      return;
    }

    BigDecimal exact = dividend.divide(decimal(divisor), 6, RoundingMode.HALF_UP);
    assertThat(Decimals.divide(millionths(dividend), divisor)).isEqualTo(millionths(exact));
  }

  @Property
  void takesTheMeanExactly(
      @ForAll @LongRange(min = 0, max = 60 * MOST) long sum,
      @ForAll @IntRange(min = 1, max = 60) int count) {
    BigDecimal exact = decimal(sum).divide(BigDecimal.valueOf(count), 6, RoundingMode.HALF_UP);

    assertThat(Decimals.mean(sum, count)).isEqualTo(millionths(exact));
  }

  static long parse(String text) {
    return Decimals.parse(text.getBytes(UTF_8), 0, text.length());
  }

  static String write(long millionths) {
    byte[] bytes = new byte[Decimals.LONGEST];
    return new String(bytes, 0, Decimals.write(millionths, bytes, 0), StandardCharsets.US_ASCII);
  }

  private static String plain(long millionths) {
    BigDecimal stripped = decimal(millionths).stripTrailingZeros();
    return stripped.toPlainString();
  }

  private static BigDecimal decimal(long millionths) {
    return BigDecimal.valueOf(millionths, 6);
  }

  private static long millionths(BigDecimal number) {
    return number.setScale(6, RoundingMode.HALF_UP).unscaledValue().longValueExact();
  }
}
