-- Every finding with its cause, numbered so that the gravest of a cause come first, and of these those that name it; the
-- rest by where they stand in the files, which unlike the number of a row is the same in every run.
-- Parts: ranked (rank of w.severity).
SELECT row_number() OVER (
           ORDER BY c.cause, {ranked}, f.entity <> l.entity OR f.field IS DISTINCT FROM l.field, f.source_file,
                    f.source_record, f.target_file, f.target_record, f.entity, f.field, f.source_id, f.target_id,
                    f.source_row, f.target_row
       ) AS finding,
       c.cause, c.detail, w.risk, w.about,
       f.* EXCLUDE (base, change, measure, turn, patient) REPLACE (w.severity AS severity)
FROM finding.found AS f
JOIN finding.trait AS w USING (n)
JOIN finding.lined AS d USING (n)
JOIN finding.cause AS c ON c.detail = d.detail
JOIN finding.line AS l ON l.detail = c.cause
