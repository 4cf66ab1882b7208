-- Pairs of one entity that say the same and are written otherwise: which they are, and how often each loss explains it.
-- Parts: entity, pairs (query), counts (list of structs field/loss/pairs).
CREATE OR REPLACE TABLE finding.form AS {pairs};
INSERT INTO finding.in_form SELECT '{entity}', source_row FROM finding.form;
INSERT INTO finding.forced
SELECT '{entity}', c.field, c.loss, c.pairs FROM (SELECT unnest([{counts}]) AS c FROM finding.form) WHERE c.pairs > 0;
DROP TABLE finding.form
