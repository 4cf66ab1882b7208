-- The records of one entity that stand in a finding: as in canonical.record, and what helps to know one again that has
-- become a record of another kind: the minute it was entered, what it is about in one phrase, and all its words.
-- Parts: entity, code, moment, words, entered, about, said (expressions over the rows).
SELECT '{entity}' AS entity, side, row, file, record, record_kind AS kind, person, source_id,
       {code} AS code, {moment} AS moment, concat_ws(', ', {words}, {moment}) AS gist,
       {entered} AS entered, {about} AS about, {said} AS said
FROM (
    SELECT c.* FROM canonical.{entity} AS c
    SEMI JOIN (
        SELECT side, row FROM finding.lone WHERE entity = '{entity}'
        UNION
        SELECT 'source', source_row FROM finding.verdict WHERE entity = '{entity}' AND rule IS NULL
        UNION
        SELECT 'target', target_row FROM finding.verdict WHERE entity = '{entity}' AND rule IS NULL
    ) AS w ON w.side = c.side AND w.row = c.row
)
