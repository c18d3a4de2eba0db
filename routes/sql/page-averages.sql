-- The moving averages of one symbol whose windows end on a multiple of `step` seconds, from a time on, oldest first:
-- a range of the primary key of at most a day. `since` leaves out the rows whose revision is older.
SELECT
  TIMESTAMPDIFF(MICROSECOND, '1970-01-01', window_end) DIV 1000 AS end,
  CAST(avg_open AS CHAR) AS open,
  CAST(avg_high AS CHAR) AS high,
  CAST(avg_low AS CHAR) AS low,
  CAST(avg_close AS CHAR) AS close,
  seconds,
  revision
FROM moving_averages
WHERE symbol = :?symbol
  AND window_end >= TIMESTAMP('1970-01-01') + INTERVAL :?from * 1000 MICROSECOND
  AND window_end < TIMESTAMP('1970-01-01') + INTERVAL (:?from + 86400000) * 1000 MICROSECOND
  AND MOD(TIMESTAMPDIFF(SECOND, '1970-01-01', window_end), :?step) = 0
  AND revision >= :?since
ORDER BY window_end
LIMIT 5000
