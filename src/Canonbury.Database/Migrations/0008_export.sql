-- Owner: Record
-- A client's bulk export while it runs, and until its files expire. Few rows: not distributed by bucket.
CREATE TABLE export_job (
  id $uuid$ PRIMARY KEY,
  client $text$ NOT NULL,
  scope $text$ NOT NULL,
  url $text$ NOT NULL,
  definition $text$ NOT NULL,
  created_at $bigint$ NOT NULL,
  state integer NOT NULL,
  process $uuid$,
  heartbeat_at $bigint$,
  next_bucket integer NOT NULL,
  files $text$ NOT NULL,
  expires_at $bigint$
);
