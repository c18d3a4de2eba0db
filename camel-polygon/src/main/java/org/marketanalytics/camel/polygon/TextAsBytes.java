package org.marketanalytics.camel.polygon;

import java.util.List;
import org.glassfish.tyrus.core.extension.ExtendedExtension;
import org.glassfish.tyrus.core.frame.Frame;

/**
 * Gives the bytes of a text as they came: the library knows texts as strings only, which would be
 * made of bytes to be made bytes again. A part of the client, no matter of the protocol: the server
 * is not asked.
 *
 * <p>A text that is not UTF-8 stays one, and the library ends the connection as it has to. So stays
 * one in fragments, as a character may lie across their border.
 */
final class TextAsBytes implements ExtendedExtension {

  static final String NAME = "x-text-as-bytes";

  private static final byte TEXT = 1;
  private static final byte BINARY = 2;

  @Override
  public Frame processIncoming(ExtensionContext context, Frame frame) {
    return frame.getOpcode() == TEXT && frame.isFin() && Utf8.valid(frame.getPayloadData())
        ? Frame.builder(frame).opcode(BINARY).build()
        : frame;
  }

  @Override
  public Frame processOutgoing(ExtensionContext context, Frame frame) {
    return frame;
  }

  @Override
  public List<Parameter> onExtensionNegotiation(
      ExtensionContext context, List<Parameter> requested) {
    return List.of();
  }

  @Override
  public void onHandshakeResponse(ExtensionContext context, List<Parameter> answered) {}

  @Override
  public void destroy(ExtensionContext context) {}

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public List<Parameter> getParameters() {
    return List.of();
  }
}
