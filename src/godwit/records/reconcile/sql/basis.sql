-- The records on which it rests that somebody joins or leaves: the members themselves, the coded entries that a register
-- looks at on either side, the patient, and the registration where it decides.
SELECT ch.measure, ch.who, ch.key, m.side, m.entity, m.row, 'member' AS role
FROM reconcile.change AS ch
JOIN reconcile.member AS m ON m.measure = ch.measure AND m.who = ch.who AND m.key = ch.key
WHERE m.entity IS NOT NULL
UNION ALL
SELECT ch.measure, ch.who, ch.key, e.side, e.entity, e.row, rc.role
FROM reconcile.change AS ch
JOIN reconcile.looked_at AS rc ON rc.measure = ch.measure
JOIN reconcile.entry AS e ON e.cluster = rc.cluster AND e.who = ch.who
UNION ALL
SELECT ch.measure, ch.who, ch.key, c.side, 'patient', c.row, 'person'
FROM reconcile.change AS ch
JOIN reconcile.person AS p ON p.who = ch.who
JOIN canonical.patient AS c ON c.side = p.side AND c.person = p.person
UNION ALL
SELECT ch.measure, ch.who, ch.key, c.side, 'registration', c.row, 'list'
FROM reconcile.change AS ch
JOIN reconcile.person AS p ON p.who = ch.who
JOIN canonical.registration AS c ON c.side = p.side AND c.person = p.person
WHERE ch.measure IN (SELECT measure FROM reconcile.rests WHERE entity = 'registration')
