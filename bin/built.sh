# Read by demo, bin/bench and bin/drills, which set $home and fail(): builds what is missing or older than its sources.

# is_built JAR SOURCE...: the jar is there and no source is newer
is_built() {
  jar=$home/$1
  shift
  [ -f "$jar" ] && [ -z "$(cd "$home" && find "$@" -type f -newer "$jar" -print | head -n 1)" ]
}

is_pipeline_built() {
  is_built simulator/target/simulator.jar simulator/src/main simulator/pom.xml pom.xml &&
    is_built spark-jobs/target/spark-jobs.jar spark-jobs/src/main spark-jobs/pom.xml pom.xml &&
    is_built local/target/local.jar local/src/main local/pom.xml local/servers/pom.xml pom.xml &&
    is_built src/target/market-analytics.jar src/main src/pom.xml camel-polygon/src/main camel-polygon/pom.xml pom.xml
}

build() {
  command -v mvn >/dev/null 2>&1 || fail "needs Maven 3.8 or newer to build; there is no mvn"
  echo "building (the first time this takes some minutes)" >&2
  (cd "$home" && mvn -B -q -DskipTests package) || fail "the build failed"
}
