-- The trading day that the newest bar belongs to, as ms since the epoch. A day starts at 08:00 UTC: that hour lies
-- between two extended sessions of New York (04:00 to 20:00) in summer and in winter, so no session is cut in two.
-- Anchored on the data and not on the clock, so that a replay of an old day shows that day.
-- Stays cheap because MAX(bar_start) is read off the end of the index on bar_start, not from the rows.
-- 0 while there is no bar.
SELECT
  COALESCE(
    28800000 + 86400000 * ((TIMESTAMPDIFF(SECOND, '1970-01-01', MAX(bar_start)) - 28800) DIV 86400),
    0
  ) AS session
FROM bars
