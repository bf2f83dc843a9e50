-- Owner: Record
-- The search values of the newest version (Fhir, IndexBytes); null where there are none, or the row is older than this column.
ALTER TABLE resource ADD COLUMN search $bytes$;
