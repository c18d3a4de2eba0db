-- Cuts the coming days out of `future` and forgets the days before the retention. Runs as the user who calls it, who
-- needs ALTER, CREATE, INSERT and DROP on the table. What is older than the oldest day when it arrives (a replay) lies
-- in `past` and is never forgotten by itself.

DELIMITER //

CREATE PROCEDURE keep_partitions(IN table_to_keep VARCHAR(64), IN retention_days INT, IN days_ahead INT)
  COMMENT 'cuts partitions for the coming days, drops those older than retention_days'
  SQL SECURITY INVOKER
BEGIN
  DECLARE today DATE DEFAULT UTC_DATE();
  DECLARE newest_day DATE;
  DECLARE next_day DATE;
  DECLARE lock_name VARCHAR(64) DEFAULT CONCAT('market.keep_partitions.', LEFT(table_to_keep, 40));
  DECLARE EXIT HANDLER FOR SQLEXCEPTION
  BEGIN
    DO RELEASE_LOCK(lock_name);
    RESIGNAL;
  END;

  -- never hold up the readers and writers of the table behind a change that itself waits for a long query
  SET SESSION lock_wait_timeout = 10;
  SET SESSION group_concat_max_len = 1000000;
  IF COALESCE(GET_LOCK(lock_name, 30), 0) = 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'another session keeps the partitions for more than 30 s';
  END IF;

  -- the days that are missing, the first of them right after the newest that is there
  SELECT MAX(STR_TO_DATE(partition_name, 'p%Y%m%d'))
  INTO newest_day
  FROM information_schema.partitions
  WHERE table_schema = DATABASE() AND table_name = table_to_keep AND partition_name LIKE 'p________';

  SET next_day = COALESCE(GREATEST(newest_day + INTERVAL 1 DAY, today - INTERVAL retention_days DAY), today);
  IF next_day <= today + INTERVAL days_ahead DAY THEN
    SET @partition_change = CONCAT(
      'ALTER TABLE `', table_to_keep, '` REORGANIZE PARTITION ',
      IF(newest_day IS NULL, CONCAT('past, future INTO (PARTITION past VALUES LESS THAN (''', next_day, '''), '), 'future INTO (')
    );
    WHILE next_day <= today + INTERVAL days_ahead DAY DO
      SET @partition_change = CONCAT(
        @partition_change,
        'PARTITION p', DATE_FORMAT(next_day, '%Y%m%d'), ' VALUES LESS THAN (''', next_day + INTERVAL 1 DAY, '''), '
      );
      SET next_day = next_day + INTERVAL 1 DAY;
    END WHILE;
    SET @partition_change = CONCAT(@partition_change, 'PARTITION future VALUES LESS THAN (MAXVALUE))');
    PREPARE partition_change FROM @partition_change;
    EXECUTE partition_change;
    DEALLOCATE PREPARE partition_change;
  END IF;

  -- the days that are over: emptied, then given to `past`, so that a replay of such a day stays
  SELECT GROUP_CONCAT(partition_name ORDER BY partition_name SEPARATOR ', '),
         MAX(STR_TO_DATE(partition_name, 'p%Y%m%d'))
  INTO @expired_partitions, newest_day
  FROM information_schema.partitions
  WHERE table_schema = DATABASE() AND table_name = table_to_keep AND partition_name LIKE 'p________'
    AND STR_TO_DATE(partition_name, 'p%Y%m%d') < today - INTERVAL retention_days DAY;

  IF @expired_partitions IS NOT NULL THEN
    SET @partition_change = CONCAT('ALTER TABLE `', table_to_keep, '` TRUNCATE PARTITION ', @expired_partitions);
    PREPARE partition_change FROM @partition_change;
    EXECUTE partition_change;
    DEALLOCATE PREPARE partition_change;
    SET @partition_change = CONCAT(
      'ALTER TABLE `', table_to_keep, '` REORGANIZE PARTITION past, ', @expired_partitions,
      ' INTO (PARTITION past VALUES LESS THAN (''', newest_day + INTERVAL 1 DAY, '''))'
    );
    PREPARE partition_change FROM @partition_change;
    EXECUTE partition_change;
    DEALLOCATE PREPARE partition_change;
  END IF;

  DO RELEASE_LOCK(lock_name);
END //

DELIMITER ;
