-- The rows of one kind of record that the page shows, without what was delivered word for word. Parts: entity.
SELECT c.* EXCLUDE (original)
FROM canonical.{entity} AS c
JOIN (SELECT 'source' AS side, source_row AS row FROM shown.line WHERE entity = '{entity}' AND source_row IS NOT NULL
      UNION
      SELECT 'target', target_row FROM shown.line WHERE entity = '{entity}' AND target_row IS NOT NULL) AS w
    ON w.side = c.side AND w.row = c.row
