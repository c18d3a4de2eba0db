-- The symbols that have a bar since a time in seconds since the epoch.
SELECT DISTINCT symbol
FROM bars
WHERE bar_start >= TIMESTAMP('1970-01-01') + INTERVAL :?since SECOND
