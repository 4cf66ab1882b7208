-- Which patient of its side each line of an index is about: the one with whom most of what it says agrees, at least two of
-- NHS number, date of birth and number in the system. What the other side knows of the same patient counts too: some formats
-- carry the NHS number and nothing else. `best` are those with equally many: one, or it cannot be told.
WITH
known AS (
    SELECT DISTINCT side, nhs_number, birth_date, local_id FROM filed.said
),
patient AS (
    SELECT side, person, nhs_number, birth_date, lower(split_part(source_id, '|', -1)) AS local_id
    FROM canonical.patient
    UNION
    SELECT w.side, w.person, c.nhs_number, c.birth_date, NULL
    FROM reconcile.person AS w
    JOIN reconcile.person AS o ON o.who = w.who AND o.side <> w.side
    JOIN canonical.patient AS c ON c.side = o.side AND c.person = o.person
),
agreeing AS (
    SELECT k.*, p.person, 'number and birth' AS two
    FROM known AS k JOIN patient AS p ON p.side = k.side AND p.nhs_number = k.nhs_number AND p.birth_date = k.birth_date
    UNION ALL
    SELECT k.*, p.person, 'number and id'
    FROM known AS k JOIN patient AS p ON p.side = k.side AND p.nhs_number = k.nhs_number AND p.local_id = lower(k.local_id)
    UNION ALL
    SELECT k.*, p.person, 'id and birth'
    FROM known AS k JOIN patient AS p ON p.side = k.side AND p.local_id = lower(k.local_id) AND p.birth_date = k.birth_date
),
counted AS (
    SELECT side, nhs_number, birth_date, local_id, person, count(DISTINCT two) AS times FROM agreeing GROUP BY ALL
),
best AS (
    SELECT *, rank() OVER (PARTITION BY side, nhs_number, birth_date, local_id ORDER BY times DESC) AS place FROM counted
)
SELECT side, nhs_number, birth_date, local_id, min(person) AS person, count(*) AS best
FROM best WHERE place = 1 GROUP BY ALL
