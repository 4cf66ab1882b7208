-- What is in a record with a code and a day, whatever kind it is. A recall counts by the day it was entered, for its
-- due day lies ahead rightly.
SELECT 'observation' AS entity, kind AS sort, row, person, record_kind AS kind, file, record, code, code_term AS term,
    effective AS happened, text
FROM canonical.observation
UNION ALL
SELECT 'allergy', NULL, row, person, record_kind, file, record, code, code_term, onset, text FROM canonical.allergy
UNION ALL
SELECT 'immunisation', NULL, row, person, record_kind, file, record, code, code_term, effective, text
FROM canonical.immunisation
UNION ALL
SELECT 'referral', NULL, row, person, record_kind, file, record, code, code_term, authored, text FROM canonical.referral
UNION ALL
SELECT 'recall', NULL, row, person, record_kind, file, record, code, code_term, authored, text FROM canonical.recall
