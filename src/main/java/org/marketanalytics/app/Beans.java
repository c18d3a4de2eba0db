package org.marketanalytics.app;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.PropertyInject;

/** The beans that the routes name. */
public class Beans implements CamelConfiguration {

  /** Rows of the tables, as the user who may read and write them; all times are UTC. */
  @BindToRegistry(value = "database", destroyMethod = "close")
  public HikariDataSource database(
      @PropertyInject("market.database.url") String url,
      @PropertyInject("market.database.user") String user,
      @PropertyInject("market.database.password") String password) {
    HikariDataSource database = new HikariDataSource();
    database.setPoolName("database");
    database.setJdbcUrl(url);
    database.setUsername(user);
    database.setPassword(password);
    database.setConnectionInitSql("SET time_zone = '+00:00'");
    return database;
  }
}
