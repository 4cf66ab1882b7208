-- Who joins or leaves what, with the record behind it. Private. The values are those of the finding.
SELECT b.measure, b.change, b.kind, b.cause, b.finding, coalesce(s.nhs_number, t.nhs_number) AS nhs_number,
       coalesce(s.family, t.family) AS family, coalesce(s.given, t.given) AS given, coalesce(s.birth_date, t.birth_date) AS birth_date,
       b.key, b.role, b.entity, b.outcome, b.field, b.reason, f.source_value, f.target_value,
       f.source_file, f.source_record, f.source_id, f.target_file, f.target_record, f.target_id
FROM reconcile.because AS b
LEFT JOIN finding.caused AS f ON f.finding = b.finding
LEFT JOIN (
    SELECT p.who, min(c.nhs_number) AS nhs_number, min(c.family) AS family, min(c.given) AS given, min(c.birth_date) AS birth_date
    FROM reconcile.person AS p JOIN canonical.patient AS c ON c.side = p.side AND c.person = p.person
    WHERE p.side = 'source' GROUP BY p.who
) AS s ON s.who = b.who
LEFT JOIN (
    SELECT p.who, min(c.nhs_number) AS nhs_number, min(c.family) AS family, min(c.given) AS given, min(c.birth_date) AS birth_date
    FROM reconcile.person AS p JOIN canonical.patient AS c ON c.side = p.side AND c.person = p.person
    WHERE p.side = 'target' GROUP BY p.who
) AS t ON t.who = b.who
ORDER BY b.measure, b.change, nhs_number, b.key
