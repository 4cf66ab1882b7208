-- Every list of drug codes that was met, once, and whether a code of dm+d (a SNOMED CT id) is among them.
SELECT drug, len(list_filter(gp_codes(drug),
        lambda one: starts_with(one, 'snomed|') AND gp_is_sctid(substr(one, 8)))) > 0 AS dmd
FROM (SELECT drug FROM canonical.medication_authorisation UNION SELECT drug FROM canonical.medication_issue)
WHERE drug IS NOT NULL
