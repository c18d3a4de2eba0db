-- Answers "what is the newest bar of the market" from one end of the index. The column never changes once the row is
-- there, so keeping the index costs one entry a bar and nothing an update.
ALTER TABLE bars ADD KEY bars_by_start (bar_start);
