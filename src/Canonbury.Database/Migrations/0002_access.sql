-- Owner: Access
CREATE TABLE account (
  name $text$ PRIMARY KEY,
  display_name $text$ NOT NULL,
  role $text$ NOT NULL,
  organisation $text$ NOT NULL,
  organisation_name $text$ NOT NULL,
  password_hash $text$,
  patient $uuid$,
  source $text$,
  demo integer NOT NULL,
  failures integer NOT NULL,
  locked_until $bigint$,
  created_at $bigint$ NOT NULL
);

-- The key is the hash of what the cookie holds.
CREATE TABLE session (
  hash $bytes$ PRIMARY KEY,
  account $text$ NOT NULL,
  created_at $bigint$ NOT NULL,
  seen_at $bigint$ NOT NULL,
  expires_at $bigint$ NOT NULL
) $clustered$;

CREATE TABLE client_token (
  hash $bytes$ PRIMARY KEY,
  account $text$ NOT NULL,
  created_at $bigint$ NOT NULL,
  expires_at $bigint$ NOT NULL
) $clustered$;

-- Distributed by chain: one chain a process. The payload and its salt are taken away at the end of their time; the digest stays.
CREATE TABLE audit (
  chain $uuid$ NOT NULL,
  sequence $bigint$ NOT NULL,
  stored_at $bigint$ NOT NULL,
  hash $bytes$ NOT NULL,
  digest $bytes$ NOT NULL,
  salt $bytes$,
  payload $bytes$,
  PRIMARY KEY (chain, sequence)
) $clustered$;

-- Which entries are about a patient.
CREATE TABLE audit_patient (
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  happened_at $bigint$ NOT NULL,
  chain $uuid$ NOT NULL,
  sequence $bigint$ NOT NULL,
  PRIMARY KEY (bucket, patient, happened_at, chain, sequence)
) $clustered$;

CREATE TABLE data_protection_key (
  name $text$ PRIMARY KEY,
  xml $text$ NOT NULL,
  created_at $bigint$ NOT NULL
);
