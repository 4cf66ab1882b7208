-- The rows of one kind of record with the place in the sample of the patient they stand with, in order of the places; a
-- row may stand with two patients. Parts: entity.
SELECT w.place, c.*
FROM shown.{entity} AS c
JOIN (SELECT DISTINCT place, 'source' AS side, source_row AS row FROM shown.line
      WHERE entity = '{entity}' AND source_row IS NOT NULL
      UNION ALL
      SELECT DISTINCT place, 'target', target_row FROM shown.line
      WHERE entity = '{entity}' AND target_row IS NOT NULL) AS w
    ON w.side = c.side AND w.row = c.row
ORDER BY w.place
