-- Every list of codes that entries have, once, so that what is asked of a code is not asked once a record.
SELECT DISTINCT code FROM sampling.observation WHERE code IS NOT NULL
