-- What stands at the other end of every link, in words: who, where, when, or what it is about. A problem's links to its
-- entries are told the other way round too, since whole-practice extracts have them at the entry.
WITH
told AS (
    SELECT side, row, 'practitioner' AS entity, gp_person(title, given, family) AS words FROM held.practitioner
    UNION ALL
    SELECT side, row, 'organisation', CASE WHEN kind = 'organisation' THEN coalesce(ods_code, gp_words(name))
                                           ELSE gp_words(name) END
    FROM held.organisation
    UNION ALL
    SELECT side, row, 'consultation', start FROM held.consultation
    UNION ALL
    SELECT side, row, 'problem', concat_ws(' @ ', gp_first_term(code, code_term, code_text), onset) FROM held.problem
    UNION ALL
    SELECT side, row, 'observation', gp_first_term(code, code_term, code_text) FROM held.observation
    UNION ALL
    SELECT side, row, 'medication_authorisation', concat_ws(' @ ', gp_first_term(drug, drug_term, drug_text), start)
    FROM held.medication_authorisation
)
SELECT l.side, l.row, l.role, string_agg(coalesce(t.words, gp_words(l.words)), '; ' ORDER BY l.ordinal) AS words
FROM held.link AS l
LEFT JOIN told AS t ON t.side = l.side AND t.row = l.target
GROUP BY ALL
UNION ALL
SELECT l.side, l.target, 'problem', min(t.words)
FROM held.link AS l
JOIN told AS t ON t.side = l.side AND t.row = l.row AND t.entity = 'problem'
WHERE l.role = 'linked' AND l.target IS NOT NULL
GROUP BY ALL
