-- Records without a counterpart that are equal, in every field that is compared, to one of the same side and patient
-- that has one. What could be equal is found by few columns first, and read whole only then.
-- Parts: entity, narrow (few columns of c), same (that they are equal in c and l), columns (of c).
SELECT '{entity}' AS entity, l.side, l.row FROM (
    WITH
    lone AS MATERIALIZED (
        SELECT c.side, c.row, c.person{narrow} FROM canonical.{entity} AS c
        JOIN finding.lone AS n ON n.entity = '{entity}' AND n.side = c.side AND n.row = c.row AND n.scope IS NOT NULL
    ),
    near AS MATERIALIZED (
        SELECT DISTINCT c.side, c.row FROM canonical.{entity} AS c
        JOIN lone AS l ON l.side = c.side AND l.person = c.person{same}
    ),
    told AS (
        SELECT c.side, c.row, c.person, [{columns}] AS said, n.row IS NOT NULL AS alone
        FROM near AS m
        JOIN canonical.{entity} AS c ON c.side = m.side AND c.row = m.row
        LEFT JOIN lone AS n ON n.side = c.side AND n.row = c.row
    )
    SELECT a.side, a.row FROM told AS a
    SEMI JOIN (SELECT * FROM told WHERE NOT alone) AS b ON b.side = a.side AND b.person = a.person AND b.said = a.said
    WHERE a.alone
) AS l
