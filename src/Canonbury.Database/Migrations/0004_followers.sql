-- Owner: Identify
-- The patients that a source has merged into another (FHIR Patient.link replaced-by): who is decided again when that one is.
CREATE INDEX patient_follower ON patient (replaced_by) WHERE replaced_by IS NOT NULL;
