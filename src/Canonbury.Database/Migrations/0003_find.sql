-- Owner: Identify
-- Distributed by word: the ways to a patient by name or birth date. The key holds all columns, so an index read is enough.
CREATE TABLE find_name (
  word $text$ NOT NULL,
  rest $text$ NOT NULL,
  bucket integer NOT NULL,
  patient $uuid$ NOT NULL,
  PRIMARY KEY (word, rest, bucket, patient)
) $clustered$;

-- Distributed by variant: the words that names are made of, under their misspellings; about no patient in particular.
CREATE TABLE find_word (
  variant $text$ NOT NULL,
  word $text$ NOT NULL,
  bucket integer NOT NULL,
  PRIMARY KEY (variant, word, bucket)
) $clustered$;
