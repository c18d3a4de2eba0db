-- The symbols that have a bar since a time in seconds since the epoch.
-- As the last bar is asked for, too, MySQL jumps through the primary key (symbol, bar_start) from symbol to
-- symbol; for DISTINCT it would read every bar since then, as MariaDB does for both.
SELECT
  symbol,
  MAX(bar_start) AS last_start
FROM bars
WHERE bar_start >= TIMESTAMP('1970-01-01') + INTERVAL :?since SECOND
GROUP BY symbol
