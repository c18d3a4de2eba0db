package org.marketanalytics.app.store;

import org.marketanalytics.local.DatabaseProduct;

/**
 * The store route on the database that local starts by itself: MySQL wherever it can be executed.
 */
class StoreIT extends StoreBehaviour {
  StoreIT() {
    super(DatabaseProduct.AUTO);
  }
}
