#pragma once

#include <cstdint>
#include <string_view>

namespace holdfast::store {

/// "HFst" in the SQLite header: this file is ours.
inline constexpr std::int32_t kApplicationId = 0x48467374;
/// PRAGMA user_version of files this version writes. Older ones are migrated, newer ones refused.
inline constexpr std::int32_t kSchemaVersion = 1;

/// Tables of the time-series engine; FORMAT.md explains them. The journals' tables are in journal_schema.h.
inline constexpr std::string_view kStoreSchema = R"sql(
CREATE TABLE IF NOT EXISTS meta(
  key         TEXT PRIMARY KEY,
  value                                   -- file_id, created_ms
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS grp(
  id          INTEGER PRIMARY KEY,
  origin      TEXT NOT NULL,
  n           INTEGER NOT NULL,           -- series in the group
  sum         INTEGER NOT NULL,           -- xxh64
  labels      BLOB NOT NULL);             -- zstd: the series and their label sets
CREATE TABLE IF NOT EXISTS grp_state(
  grp         INTEGER PRIMARY KEY,
  covered     INTEGER NOT NULL,           -- samples of commits up to this one are in chunks
  next_chunk  INTEGER NOT NULL,
  t0          INTEGER NOT NULL,           -- bounds of all chunks
  t1          INTEGER NOT NULL,
  sum         INTEGER NOT NULL,
  spans       BLOB NOT NULL);             -- first and last time of each series
CREATE TABLE IF NOT EXISTS chunk(
  id          INTEGER PRIMARY KEY,        -- grp << 24 | number
  t0          INTEGER NOT NULL,
  t1          INTEGER NOT NULL,
  n           INTEGER NOT NULL,           -- samples
  codec       INTEGER NOT NULL,
  sum         INTEGER NOT NULL,
  data        BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS chunk_t1 ON chunk(t1);
CREATE TABLE IF NOT EXISTS journal(
  seq         INTEGER PRIMARY KEY,        -- of the commit
  at_ms       INTEGER NOT NULL,
  n           INTEGER NOT NULL,           -- samples
  sum         INTEGER NOT NULL,
  data        BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS commit_gap(
  first_seq   INTEGER PRIMARY KEY,        -- commits that were acknowledged and are not in the file
  last_seq    INTEGER NOT NULL,
  noticed_ms  INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS metadata(
  family      TEXT NOT NULL,
  type        TEXT NOT NULL,
  unit        TEXT NOT NULL,
  help        TEXT NOT NULL,
  PRIMARY KEY(family, type, unit, help)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS exemplar(
  id          INTEGER PRIMARY KEY,        -- a ring: the oldest ids go first
  t           INTEGER NOT NULL,
  value       REAL NOT NULL,
  series      BLOB NOT NULL,              -- label set of the series
  labels      BLOB NOT NULL);             -- of the exemplar, the bits of its value, xxh64
)sql";

}  // namespace holdfast::store
