package org.marketanalytics.simulator.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The one factory of parsers and generators. */
final class Json {
  static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Text as it stands between the quotes of a JSON string. */
  static String escaped(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
