package org.marketanalytics.app.page;

import org.marketanalytics.local.DatabaseProduct;

/** The same statements give the same answers on the other database. */
class PageOnMariaDbIT extends PageIT {

  @Override
  DatabaseProduct product() {
    return DatabaseProduct.MARIADB;
  }
}
