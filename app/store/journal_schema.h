#pragma once

#include <string_view>

namespace holdfast::store {

/// Tables for everything that is not a sample; plain SQL, readable with sqlite3. Times are milliseconds since the
/// epoch (UTC). `*_json` columns hold JSON objects. event and audit are append-only: triggers refuse UPDATE and DELETE.
inline constexpr std::string_view kJournalSchema = R"sql(
CREATE TABLE IF NOT EXISTS event(
  id          INTEGER PRIMARY KEY,
  at_ms       INTEGER NOT NULL,           -- when it happened
  known_ms    INTEGER NOT NULL,           -- when Holdfast learnt of it
  kind        TEXT NOT NULL,              -- alert_on alert_off breaker flag action readback effect override_end drift
                                          -- foreign_change deploy restart note ack state target scrape_gap clock_skew
  service     TEXT NOT NULL DEFAULT '',
  subject     TEXT NOT NULL DEFAULT '',   -- callee, flag, alert name, instance: what of the service
  actor       TEXT NOT NULL DEFAULT '',
  text        TEXT NOT NULL DEFAULT '',   -- one sentence for people
  data_json   TEXT NOT NULL DEFAULT '{}',
  incident_id INTEGER,
  starred     INTEGER NOT NULL DEFAULT 0,
  replaces    INTEGER);                   -- id of the event this one is a newer version of
CREATE INDEX IF NOT EXISTS event_at ON event(at_ms);
CREATE INDEX IF NOT EXISTS event_incident ON event(incident_id, at_ms);
CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE OF at_ms, known_ms, kind, service, subject, actor, text, data_json, replaces ON event
  BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON event
  BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;

CREATE TABLE IF NOT EXISTS audit(
  id          INTEGER PRIMARY KEY,
  at_ms       INTEGER NOT NULL,
  action_id   INTEGER NOT NULL,           -- the action all rows of one story share
  step        TEXT NOT NULL,              -- intent sent receipt outcome lease extend revert_intent revert_outcome drift recovered refused
  actor       TEXT NOT NULL,              -- configured name
  os_user     TEXT NOT NULL,
  host        TEXT NOT NULL,
  control     TEXT NOT NULL,
  instance    TEXT NOT NULL DEFAULT '',
  reason      TEXT NOT NULL DEFAULT '',
  incident_id INTEGER,
  before_json TEXT NOT NULL DEFAULT '{}',
  wanted_json TEXT NOT NULL DEFAULT '{}',
  after_json  TEXT NOT NULL DEFAULT '{}',
  requests_json TEXT NOT NULL DEFAULT '[]', -- redacted
  outcome     TEXT NOT NULL DEFAULT '',
  lease_id    INTEGER,
  reverts     INTEGER,                    -- action_id this one puts back
  prev_hash   TEXT NOT NULL,              -- hash of the row before; 64 zeros for the first
  hash        TEXT NOT NULL);             -- SHA-256 over prev_hash and all other columns, see FORMAT.md
CREATE INDEX IF NOT EXISTS audit_action ON audit(action_id);
CREATE TRIGGER IF NOT EXISTS audit_no_update BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER IF NOT EXISTS audit_no_delete BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

CREATE TABLE IF NOT EXISTS action(
  id          INTEGER PRIMARY KEY,
  created_ms  INTEGER NOT NULL,
  updated_ms  INTEGER NOT NULL,
  state       TEXT NOT NULL,              -- intent sent verifying verified partial contradicted unverifiable ambiguous
                                          -- refused failed reverted revert_failed
  control     TEXT NOT NULL,
  actor       TEXT NOT NULL,
  reason      TEXT NOT NULL,
  incident_id INTEGER,
  data_json   TEXT NOT NULL);             -- wanted, hold, per-instance results, effect

CREATE TABLE IF NOT EXISTS lease(
  id          INTEGER PRIMARY KEY,
  action_id   INTEGER NOT NULL,
  control     TEXT NOT NULL,
  state       TEXT NOT NULL,              -- holding reverting reverted foreign revert_failed
  until_ms    INTEGER NOT NULL,
  keeper      TEXT NOT NULL,              -- service (native) or engine
  data_json   TEXT NOT NULL);             -- wanted, inverse, instances, drift

CREATE TABLE IF NOT EXISTS incident(
  id          INTEGER PRIMARY KEY,
  opened_ms   INTEGER NOT NULL,
  acked_ms    INTEGER,
  mitigated_ms INTEGER,
  resolved_ms INTEGER,
  closed_ms   INTEGER,
  state       TEXT NOT NULL,              -- new acked mitigated resolved closed
  severity    TEXT NOT NULL,              -- sev1 sev2 sev3
  title       TEXT NOT NULL,
  origin      TEXT NOT NULL DEFAULT '',   -- service
  owner       TEXT NOT NULL DEFAULT '',
  ack_until_ms INTEGER,
  last_signal_ms INTEGER NOT NULL,
  data_json   TEXT NOT NULL DEFAULT '{}'); -- members, evidence, corrections
CREATE INDEX IF NOT EXISTS incident_opened ON incident(opened_ms);

CREATE TABLE IF NOT EXISTS incident_signal(
  incident_id INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,              -- alert name and labels
  alert       TEXT NOT NULL,
  service     TEXT NOT NULL,
  severity    TEXT NOT NULL,
  labels_json TEXT NOT NULL,
  onset_ms    INTEGER NOT NULL,
  fired_ms    INTEGER NOT NULL,
  cleared_ms  INTEGER,
  peak        REAL,
  transitions INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY(incident_id, fingerprint)) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS notification(
  id          INTEGER PRIMARY KEY,
  receiver    TEXT NOT NULL,
  subject     TEXT NOT NULL,              -- incident/142, lease/3/…, engine/blind: what people are told of
  change      TEXT NOT NULL,              -- opened worse reopened resolved reminder test
  state       TEXT NOT NULL,              -- waiting sending sent failed superseded dropped unsure
  attempts    INTEGER NOT NULL DEFAULT 0,
  repeated    INTEGER NOT NULL DEFAULT 0, -- 1: may have arrived before a crash, and says so
  created_ms  INTEGER NOT NULL,
  updated_ms  INTEGER NOT NULL,
  error       TEXT NOT NULL DEFAULT '',   -- of the last attempt, in words
  data_json   TEXT NOT NULL);             -- what was told
CREATE INDEX IF NOT EXISTS notification_created ON notification(created_ms);

CREATE TABLE IF NOT EXISTS incident_version(
  id          INTEGER PRIMARY KEY,
  incident_id INTEGER NOT NULL,
  known_ms    INTEGER NOT NULL,           -- since when Holdfast knew it like this
  opened_ms   INTEGER NOT NULL,
  data_json   TEXT NOT NULL);             -- the incident and its signals as they were
CREATE INDEX IF NOT EXISTS incident_version_of ON incident_version(incident_id, known_ms);

CREATE TABLE IF NOT EXISTS kept_span(
  owner       TEXT PRIMARY KEY,           -- "incident/142"
  start_ms    INTEGER NOT NULL,
  end_ms      INTEGER NOT NULL,
  until_ms    INTEGER NOT NULL) WITHOUT ROWID; -- retention by age spares chunks of the span until then

CREATE TABLE IF NOT EXISTS setting(
  key         TEXT PRIMARY KEY,
  value_json  TEXT NOT NULL,
  updated_ms  INTEGER NOT NULL) WITHOUT ROWID;
)sql";

}  // namespace holdfast::store
