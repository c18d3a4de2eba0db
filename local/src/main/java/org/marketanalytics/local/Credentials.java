package org.marketanalytics.local;

/**
 * A database user.
 *
 * @param user its name
 * @param password its password, which {@link #toString()} does not show
 */
public record Credentials(String user, String password) {

  @Override
  public String toString() {
    return user;
  }
}
