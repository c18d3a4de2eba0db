-- A batch of bars in one statement. A row is [symbol, start, end, open, high, low, close, volume, vwap, trades, seconds,
-- revision, final], times in milliseconds. An older revision never replaces a newer one, nor of equal ones
-- one of fewer seconds, which knows only a part of the events; a final bar stays final.
-- Assignments are carried out from top to bottom: what they compare with (final, seconds, revision) changes last.
INSERT INTO bars (
  symbol, bar_start, bar_end, open, high, low, close, volume, vwap, trades, seconds, revision, final, updated_at
)
SELECT
  j.symbol,
  TIMESTAMP('1970-01-01') + INTERVAL j.start_ms * 1000 MICROSECOND,
  TIMESTAMP('1970-01-01') + INTERVAL j.end_ms * 1000 MICROSECOND,
  j.open, j.high, j.low, j.close, j.volume, j.vwap, j.trades, j.seconds, j.revision, j.final, UTC_TIMESTAMP(3)
FROM JSON_TABLE(:?rows, '$[*]' COLUMNS (
  symbol   VARCHAR(32)    PATH '$[0]',
  start_ms BIGINT         PATH '$[1]',
  end_ms   BIGINT         PATH '$[2]',
  open     DECIMAL(18, 6) PATH '$[3]',
  high     DECIMAL(18, 6) PATH '$[4]',
  low      DECIMAL(18, 6) PATH '$[5]',
  close    DECIMAL(18, 6) PATH '$[6]',
  volume   DECIMAL(20, 6) PATH '$[7]',
  vwap     DECIMAL(18, 6) PATH '$[8]',
  trades   BIGINT         PATH '$[9]',
  seconds  SMALLINT       PATH '$[10]',
  revision BIGINT         PATH '$[11]',
  final    TINYINT        PATH '$[12]'
)) AS j
ON DUPLICATE KEY UPDATE
  bar_end    = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(bar_end), bars.bar_end),
  open       = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(open), bars.open),
  high       = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(high), bars.high),
  low        = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(low), bars.low),
  close      = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(close), bars.close),
  volume     = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(volume), bars.volume),
  vwap       = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(vwap), bars.vwap),
  trades     = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(trades), bars.trades),
  updated_at = IF(
    (VALUES(revision), VALUES(seconds), VALUES(final)) > (bars.revision, bars.seconds, bars.final),
    VALUES(updated_at),
    bars.updated_at
  ),
  final      = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), bars.final OR VALUES(final), bars.final),
  seconds    = IF((VALUES(revision), VALUES(seconds)) >= (bars.revision, bars.seconds), VALUES(seconds), bars.seconds),
  revision   = GREATEST(VALUES(revision), bars.revision)
