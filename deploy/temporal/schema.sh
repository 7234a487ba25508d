#!/bin/sh
# Brings both of Temporal's databases to the schema of this admin-tools image. Safe to run again.
set -eu
for database in temporal visibility; do
  name=temporal
  [ "$database" = visibility ] && name=temporal_visibility
  temporal-sql-tool --database "$name" setup-schema --version 0.0
  temporal-sql-tool --database "$name" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$database/versioned"
done
