-- Times are UTC. Prices and volume are exact decimals: shares are fractional since 2026, so volume is never an integer.
-- Partitioned by day of the row's own time, so that forgetting a day is dropping a partition. `past` takes what is older
-- than the oldest day, `future` what is newer than the newest; keep_partitions (V2) cuts the days between them.

CREATE TABLE bars (
  symbol     VARCHAR(32)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'ticker as the feed writes it',
  bar_start  DATETIME(3)    NOT NULL COMMENT 'first instant of the minute, UTC',
  bar_end    DATETIME(3)    NOT NULL COMMENT 'first instant after the minute, UTC',
  open       DECIMAL(18, 6) NOT NULL COMMENT 'price of the first trade, in the currency of the symbol',
  high       DECIMAL(18, 6) NOT NULL COMMENT 'highest price, in the currency of the symbol',
  low        DECIMAL(18, 6) NOT NULL COMMENT 'lowest price, in the currency of the symbol',
  close      DECIMAL(18, 6) NOT NULL COMMENT 'price of the last trade, in the currency of the symbol',
  volume     DECIMAL(20, 6) NOT NULL COMMENT 'units traded, fractions included',
  vwap       DECIMAL(18, 6) NULL     COMMENT 'volume-weighted average price; null when nothing was traded',
  trades     BIGINT         NOT NULL COMMENT 'number of trades',
  seconds    SMALLINT       NOT NULL COMMENT 'one-second samples the bar stands on',
  revision   BIGINT         NOT NULL COMMENT 'milliseconds since the epoch: when the newest event in the row was received',
  final      BOOLEAN        NOT NULL COMMENT '1 when no event can change the row any more',
  updated_at DATETIME(3)    NOT NULL COMMENT 'when the row was last changed, UTC',
  PRIMARY KEY (symbol, bar_start)
)
COMMENT = 'One-minute bars'
PARTITION BY RANGE COLUMNS (bar_start) (
  PARTITION past VALUES LESS THAN ('1970-01-02'),
  PARTITION future VALUES LESS THAN (MAXVALUE)
);

CREATE TABLE moving_averages (
  symbol       VARCHAR(32)    CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'ticker as the feed writes it',
  window_start DATETIME(3)    NOT NULL COMMENT 'first instant of the window, UTC',
  window_end   DATETIME(3)    NOT NULL COMMENT 'first instant after the window, UTC',
  avg_open     DECIMAL(18, 6) NOT NULL COMMENT 'mean of the opening prices of the seconds in the window',
  avg_high     DECIMAL(18, 6) NOT NULL COMMENT 'mean of the highest prices of the seconds in the window',
  avg_low      DECIMAL(18, 6) NOT NULL COMMENT 'mean of the lowest prices of the seconds in the window',
  avg_close    DECIMAL(18, 6) NOT NULL COMMENT 'mean of the closing prices of the seconds in the window',
  seconds      SMALLINT       NOT NULL COMMENT 'one-second samples the means stand on',
  revision     BIGINT         NOT NULL COMMENT 'milliseconds since the epoch: when the newest event in the row was received',
  updated_at   DATETIME(3)    NOT NULL COMMENT 'when the row was last changed, UTC',
  PRIMARY KEY (symbol, window_end)
)
COMMENT = 'One-minute moving averages'
PARTITION BY RANGE COLUMNS (window_end) (
  PARTITION past VALUES LESS THAN ('1970-01-02'),
  PARTITION future VALUES LESS THAN (MAXVALUE)
);
