-- The bucket (0 to 1023) is the unit of order, lease and sharding: first in the key of every table that grows.
-- Times are microseconds since 1970 UTC; flags are 0 or 1.

-- Owner: Database
CREATE TABLE process (
  id $uuid$ PRIMARY KEY,
  name $text$ NOT NULL,
  started_at $bigint$ NOT NULL,
  heartbeat_at $bigint$ NOT NULL
);

CREATE TABLE bucket (
  bucket integer PRIMARY KEY,
  position $bigint$ NOT NULL,
  epoch $bigint$ NOT NULL,
  owner $uuid$
);

INSERT INTO bucket (bucket, position, epoch, owner)
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 1023)
  SELECT i, 0, 0, NULL FROM n;

-- Owner: Intake
CREATE TABLE source (
  id $text$ PRIMARY KEY,
  name $text$ NOT NULL,
  organisation $text$,
  kind $text$,
  origin $text$ NOT NULL,
  ids_kept integer NOT NULL,
  created_at $bigint$ NOT NULL
);

CREATE TABLE sender (
  application $text$ NOT NULL,
  facility $text$ NOT NULL,
  source $text$ NOT NULL,
  PRIMARY KEY (application, facility)
) $clustered$;

CREATE TABLE feed_count (
  bucket integer NOT NULL,
  feed $text$ NOT NULL,
  source $text$ NOT NULL,
  received $bigint$ NOT NULL,
  last_received_at $bigint$ NOT NULL,
  alarms $bigint$ NOT NULL,
  PRIMARY KEY (bucket, feed, source)
) $clustered$;

CREATE TABLE message (
  bucket integer NOT NULL,
  id $uuid$ NOT NULL,
  patient $uuid$ NOT NULL,
  source $text$ NOT NULL,
  feed $text$ NOT NULL,
  zone $text$ NOT NULL,
  received_at $bigint$ NOT NULL,
  control_id $text$ NOT NULL,
  event $text$,
  state integer NOT NULL,
  attempts integer NOT NULL,
  done_at $bigint$,
  reason_path $text$,
  reason_code $text$,
  reason $text$,
  translator $text$,
  raw $bytes$ NOT NULL,
  PRIMARY KEY (bucket, id)
) $clustered$;

CREATE INDEX message_pending ON message (bucket, id) WHERE state = 0;
CREATE INDEX message_dead ON message (bucket, id) WHERE state = 2;

CREATE TABLE message_key (
  feed $text$ NOT NULL,
  control_id $text$ NOT NULL,
  hash $bytes$ NOT NULL,
  bucket integer NOT NULL,
  id $uuid$ NOT NULL,
  PRIMARY KEY (feed, control_id, hash)
) $clustered$;

CREATE TABLE unmapped (
  bucket integer NOT NULL,
  source $text$ NOT NULL,
  event $text$ NOT NULL,
  path $text$ NOT NULL,
  occurrences $bigint$ NOT NULL,
  messages $bigint$ NOT NULL,
  PRIMARY KEY (bucket, source, event, path)
) $clustered$;

CREATE TABLE finding (
  bucket integer NOT NULL,
  message $uuid$ NOT NULL,
  number integer NOT NULL,
  source $text$ NOT NULL,
  path $text$ NOT NULL,
  code $text$ NOT NULL,
  words $text$ NOT NULL,
  found_at $bigint$ NOT NULL,
  PRIMARY KEY (bucket, message, number)
) $clustered$;

-- Owner: Record
CREATE TABLE resource (
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  type integer NOT NULL,
  id $uuid$ NOT NULL,
  version integer NOT NULL,
  source $text$ NOT NULL,
  fhir_id $text$,
  source_time $bigint$ NOT NULL,
  received_at $bigint$ NOT NULL,
  position $bigint$ NOT NULL,
  deleted integer NOT NULL,
  message $uuid$ NOT NULL,
  card $bytes$,
  fold $bytes$ NOT NULL,
  content $bytes$ NOT NULL,
  PRIMARY KEY (bucket, patient, type, id)
) $clustered$;

-- What the newest version replaced: together with resource, every version.
CREATE TABLE resource_version (
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  type integer NOT NULL,
  id $uuid$ NOT NULL,
  version integer NOT NULL,
  source_time $bigint$ NOT NULL,
  received_at $bigint$ NOT NULL,
  position $bigint$ NOT NULL,
  deleted integer NOT NULL,
  message $uuid$ NOT NULL,
  content $bytes$ NOT NULL,
  PRIMARY KEY (bucket, patient, type, id, version)
) $clustered$;

-- Distributed by id: where a resource is, and whose it is.
CREATE TABLE locator (
  id $uuid$ NOT NULL,
  type integer NOT NULL,
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  source $text$ NOT NULL,
  PRIMARY KEY (id, type)
) $clustered$;

CREATE TABLE mention (
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  type integer NOT NULL,
  id $uuid$ NOT NULL,
  owner_bucket integer NOT NULL,
  owner_patient $uuid$ NOT NULL,
  PRIMARY KEY (bucket, patient, type, id)
) $clustered$;

CREATE TABLE posting (
  parameter integer NOT NULL,
  value $text$ NOT NULL,
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  type integer NOT NULL,
  id $uuid$ NOT NULL,
  PRIMARY KEY (parameter, value, bucket, patient, type, id)
) $clustered$;

CREATE TABLE change (
  bucket integer NOT NULL,
  position $bigint$ NOT NULL,
  patient $uuid$ NOT NULL,
  type integer NOT NULL,
  id $uuid$ NOT NULL,
  version integer NOT NULL,
  committed_at $bigint$ NOT NULL,
  PRIMARY KEY (bucket, position)
) $clustered$;

-- Owner: Identify
CREATE TABLE patient (
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  source $text$ NOT NULL,
  local_id $text$ NOT NULL,
  nhs_number $text$,
  nhs_verified integer NOT NULL,
  family $text$,
  given $text$,
  other_names $text$,
  birth_date $text$,
  gender $text$,
  address $text$,
  postcode $text$,
  deceased integer NOT NULL,
  sensitive integer NOT NULL,
  replaced_by $uuid$,
  PRIMARY KEY (bucket, patient)
) $clustered$;

CREATE TABLE identifier (
  value $text$ NOT NULL,
  system $text$ NOT NULL,
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  PRIMARY KEY (value, system, bucket, patient)
) $clustered$;

-- Distributed by value: which person an NHS number stands for. Its row is the lock of linking.
CREATE TABLE claim (
  system $text$ NOT NULL,
  value $text$ NOT NULL,
  person $uuid$ NOT NULL,
  PRIMARY KEY (system, value)
) $clustered$;

-- Never overwritten: a row ends when ended_at is set, and the next version says what holds instead.
CREATE TABLE link (
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  version integer NOT NULL,
  person $uuid$ NOT NULL,
  state $text$ NOT NULL,
  grade $text$ NOT NULL,
  score $real$,
  model $text$ NOT NULL,
  reason $text$ NOT NULL,
  decider $text$ NOT NULL,
  supports $text$ NOT NULL,
  begun_at $bigint$ NOT NULL,
  begun_position $bigint$ NOT NULL,
  ended_at $bigint$,
  ended_position $bigint$,
  PRIMARY KEY (bucket, patient, version)
) $clustered$;

CREATE INDEX link_quarantined ON link (bucket, patient) WHERE state = 'quarantined' AND ended_at IS NULL;

-- Distributed by person: the patients that are this person now.
CREATE TABLE person_patient (
  person $uuid$ NOT NULL,
  patient $uuid$ NOT NULL,
  bucket integer NOT NULL,
  source $text$ NOT NULL,
  state $text$ NOT NULL,
  PRIMARY KEY (person, patient)
) $clustered$;
