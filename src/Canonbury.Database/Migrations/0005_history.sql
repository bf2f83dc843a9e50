-- Owner: Record
-- The history of a type and of the whole system walks the changes of all buckets backwards in time.
CREATE INDEX change_time ON change (committed_at, bucket, position);
