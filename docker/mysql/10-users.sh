# Sourced by the image's entry point on the first start of an empty volume (it is not executable on purpose: sourced, it
# may use the entry point's docker_process_sql). Makes the schema and the three users; the tables are Flyway's.
# The passwords come from the environment and are passed on as SQL string literals.

market_literal() {
  local text=${1//\\/\\\\}
  printf "'%s'" "${text//\'/\'\'}"
}

for market_user in MIGRATION WRITER GRAFANA; do
  market_password="MARKET_${market_user}_PASSWORD"
  if [[ -z ${!market_password:-} ]]; then
    mysql_error "$market_password is empty; set it in docker/.env"
  fi
done

docker_process_sql <<SQL
CREATE DATABASE IF NOT EXISTS market CHARACTER SET utf8mb4;

CREATE USER 'market_migration'@'%' IDENTIFIED BY $(market_literal "$MARKET_MIGRATION_PASSWORD");
CREATE USER 'market_writer'@'%' IDENTIFIED BY $(market_literal "$MARKET_WRITER_PASSWORD");
CREATE USER 'market_grafana'@'%' IDENTIFIED BY $(market_literal "$MARKET_GRAFANA_PASSWORD");

-- all of this schema, none of another, and no right to pass rights on
GRANT ALL PRIVILEGES ON market.* TO 'market_migration'@'%';

-- The tables are not there yet. MySQL accepts a right on a missing table only together with CREATE, which is taken back.
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON market.bars TO 'market_writer'@'%';
GRANT CREATE, SELECT, INSERT, UPDATE, DELETE ON market.moving_averages TO 'market_writer'@'%';
REVOKE CREATE ON market.bars FROM 'market_writer'@'%';
REVOKE CREATE ON market.moving_averages FROM 'market_writer'@'%';

GRANT CREATE, SELECT ON market.bars TO 'market_grafana'@'%';
GRANT CREATE, SELECT ON market.moving_averages TO 'market_grafana'@'%';
REVOKE CREATE ON market.bars FROM 'market_grafana'@'%';
REVOKE CREATE ON market.moving_averages FROM 'market_grafana'@'%';
SQL
