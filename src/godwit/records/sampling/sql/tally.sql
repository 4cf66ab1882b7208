-- Records of every patient by kind of record, and the earliest of the dates they are about.
-- Parts: entity, moment (expression).
SELECT person, '{entity}' AS entity, count(*) AS records, min(CASE WHEN gp_is_moment({moment}) THEN {moment} END) AS first,
    count(*) FILTER (WHERE gp_is_moment({moment}) AND length({moment}) < 10) AS partial
FROM sampling.{entity}
WHERE person IS NOT NULL
GROUP BY person
