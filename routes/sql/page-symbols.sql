-- One row a symbol: its last price and its change since the open of its first bar of the session.
-- Stays cheap however long the history is: on MySQL the inner query jumps through the primary key (symbol, bar_start)
-- and touches two entries a symbol; MariaDB, which does not jump in a partitioned table, reads the session's part of
-- an index. Partitions before the session are not opened, and the joins are two look-ups by primary key.
SELECT
  latest.symbol AS symbol,
  CAST(latest.close AS CHAR) AS last,
  CAST(earliest.open AS CHAR) AS open,
  CAST(latest.close - earliest.open AS CHAR) AS `change`,
  CAST(ROUND(100 * (latest.close - earliest.open) / NULLIF(earliest.open, 0), 2) AS CHAR) AS percent,
  CAST(latest.volume AS CHAR) AS volume,
  TIMESTAMPDIFF(MICROSECOND, '1970-01-01', latest.bar_start) DIV 1000 AS start,
  latest.revision AS revision
FROM (
  SELECT symbol, MIN(bar_start) AS first_start, MAX(bar_start) AS last_start
  FROM bars
  WHERE bar_start >= TIMESTAMP('1970-01-01') + INTERVAL :?session * 1000 MICROSECOND
  GROUP BY symbol
) AS ends
JOIN bars AS latest ON latest.symbol = ends.symbol AND latest.bar_start = ends.last_start
JOIN bars AS earliest ON earliest.symbol = ends.symbol AND earliest.bar_start = ends.first_start
WHERE latest.revision >= :?since
ORDER BY latest.symbol
