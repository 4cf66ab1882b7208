-- The problem a row belongs to: LINKS is pipe-separated, E before a number means an encounter, the rest are journal
-- rows.
SELECT l.file, l.record, min(h.words) AS words
FROM (SELECT file, record, PID, unnest(string_split(LINKS, '|')) AS link FROM raw.Journal
      WHERE regexp_matches(LINKS, '(^|\|)[^E|]')) AS l
JOIN raw.heading AS h ON h.patient = l.PID AND h.id = l.link
GROUP BY l.file, l.record
