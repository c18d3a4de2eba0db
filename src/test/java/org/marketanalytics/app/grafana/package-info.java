/** Checks what Grafana is provisioned with against the tables that the migrations make. */
package org.marketanalytics.app.grafana;
