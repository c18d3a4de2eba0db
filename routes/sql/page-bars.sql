-- The minute bars of one symbol from a time on, oldest first: a range of the primary key of at most a day.
SELECT
  TIMESTAMPDIFF(MICROSECOND, '1970-01-01', bar_start) DIV 1000 AS start,
  TIMESTAMPDIFF(MICROSECOND, '1970-01-01', bar_end) DIV 1000 AS end,
  CAST(open AS CHAR) AS open,
  CAST(high AS CHAR) AS high,
  CAST(low AS CHAR) AS low,
  CAST(close AS CHAR) AS close,
  CAST(volume AS CHAR) AS volume,
  CAST(vwap AS CHAR) AS vwap,
  trades,
  seconds,
  revision,
  final
FROM bars
WHERE symbol = :?symbol
  AND bar_start >= TIMESTAMP('1970-01-01') + INTERVAL :?from * 1000 MICROSECOND
  AND bar_start < TIMESTAMP('1970-01-01') + INTERVAL (:?from + 86400000) * 1000 MICROSECOND
ORDER BY bar_start
LIMIT 1440
