#!/bin/bash
# Runs once, on an empty database: a schema for each service and a user with rights on that schema only. The passwords
# are those of the files that the services read.
set -eu

for schema in clients notices delivery sla identity; do
	MYSQL_PWD=$(cat /run/secrets/root) mysql --user=root <<-SQL
		CREATE DATABASE $schema CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;
		CREATE USER '$schema'@'%' IDENTIFIED BY '$(cat "/run/secrets/$schema")';
		GRANT ALL ON $schema.* TO '$schema'@'%';
	SQL
done
