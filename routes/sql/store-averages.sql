-- A batch of moving averages in one statement. A row is [symbol, start, end, avg_open, avg_high, avg_low, avg_close,
-- seconds, revision], times in milliseconds. An older revision never replaces a newer one, nor of equal ones
-- one of fewer seconds, which knows only a part of the events.
-- Assignments are carried out from top to bottom: what they compare with (seconds, revision) changes last.
INSERT INTO moving_averages (
  symbol, window_start, window_end, avg_open, avg_high, avg_low, avg_close, seconds, revision, updated_at
)
SELECT
  j.symbol,
  TIMESTAMP('1970-01-01') + INTERVAL j.start_ms * 1000 MICROSECOND,
  TIMESTAMP('1970-01-01') + INTERVAL j.end_ms * 1000 MICROSECOND,
  j.avg_open, j.avg_high, j.avg_low, j.avg_close, j.seconds, j.revision, UTC_TIMESTAMP(3)
FROM JSON_TABLE(:?rows, '$[*]' COLUMNS (
  symbol    VARCHAR(32)    PATH '$[0]',
  start_ms  BIGINT         PATH '$[1]',
  end_ms    BIGINT         PATH '$[2]',
  avg_open  DECIMAL(18, 6) PATH '$[3]',
  avg_high  DECIMAL(18, 6) PATH '$[4]',
  avg_low   DECIMAL(18, 6) PATH '$[5]',
  avg_close DECIMAL(18, 6) PATH '$[6]',
  seconds   SMALLINT       PATH '$[7]',
  revision  BIGINT         PATH '$[8]'
)) AS j
ON DUPLICATE KEY UPDATE
  window_start = IF((VALUES(revision), VALUES(seconds)) >= (moving_averages.revision, moving_averages.seconds), VALUES(window_start), moving_averages.window_start),
  avg_open     = IF((VALUES(revision), VALUES(seconds)) >= (moving_averages.revision, moving_averages.seconds), VALUES(avg_open), moving_averages.avg_open),
  avg_high     = IF((VALUES(revision), VALUES(seconds)) >= (moving_averages.revision, moving_averages.seconds), VALUES(avg_high), moving_averages.avg_high),
  avg_low      = IF((VALUES(revision), VALUES(seconds)) >= (moving_averages.revision, moving_averages.seconds), VALUES(avg_low), moving_averages.avg_low),
  avg_close    = IF((VALUES(revision), VALUES(seconds)) >= (moving_averages.revision, moving_averages.seconds), VALUES(avg_close), moving_averages.avg_close),
  updated_at   = IF(
    (VALUES(revision), VALUES(seconds)) > (moving_averages.revision, moving_averages.seconds),
    VALUES(updated_at),
    moving_averages.updated_at
  ),
  seconds      = IF((VALUES(revision), VALUES(seconds)) >= (moving_averages.revision, moving_averages.seconds), VALUES(seconds), moving_averages.seconds),
  revision     = GREATEST(VALUES(revision), moving_averages.revision)
