-- Owner: Record
-- One row: the process that finds events and sends notifications, and until when. Each of its writes checks the epoch.
CREATE TABLE subscription_dispatch (
  name $text$ PRIMARY KEY,
  owner $uuid$,
  epoch $bigint$ NOT NULL,
  until $bigint$ NOT NULL
);

INSERT INTO subscription_dispatch (name, owner, epoch, until) VALUES ('dispatcher', NULL, 0, 0);

-- Up to where the changes of a bucket have been looked at. Before this table there was nothing to tell.
CREATE TABLE subscription_cursor (
  bucket integer PRIMARY KEY,
  position $bigint$ NOT NULL
);

INSERT INTO subscription_cursor (bucket, position) SELECT bucket, position FROM bucket;

-- How far a subscription is: the events so far and those delivered, and what it failed at.
CREATE TABLE subscription_state (
  id $uuid$ PRIMARY KEY,
  shaken integer NOT NULL,
  events $bigint$ NOT NULL,
  delivered $bigint$ NOT NULL,
  failures integer NOT NULL,
  failing_since $bigint$,
  due_at $bigint$ NOT NULL,
  sent_at $bigint$ NOT NULL
);

CREATE TABLE subscription_event (
  subscription $uuid$ NOT NULL,
  number $bigint$ NOT NULL,
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  type integer NOT NULL,
  fhir_id $text$ NOT NULL,
  version integer NOT NULL,
  happened_at $bigint$ NOT NULL,
  PRIMARY KEY (subscription, number)
) $clustered$;

CREATE INDEX subscription_event_time ON subscription_event (happened_at);
