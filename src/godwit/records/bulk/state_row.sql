-- Rows of one table with what the state needs to know of them. Parts: raw, part, practice, keys, patient, turn,
-- deletes, gone.
SELECT s.file, s.record, p.rank, p.taken_on, p.base, p.used, p.twice,
       {practice} AS practice, {keys}, {patient} AS patient, {turn} AS turn, {deletes} AS deletes, {gone} AS gone
FROM {raw} AS s JOIN {part} AS p USING (file)
