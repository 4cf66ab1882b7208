-- Named functions: every date, code and fingerprint in a step goes through one of these, so that the same step text
-- can run on another engine that has the same prelude. Golden vectors: tests/spec/prelude.yaml.

-- A moment cut to minutes, so that seconds nobody recorded do not hide a match.
CREATE MACRO gp_minute(moment) AS left(moment, 16);

-- Two moments that can be the same: one is the other with more parts (compared to the minute).
CREATE MACRO gp_same_moment(one, other) AS
    coalesce(starts_with(left(one, 16), left(other, 16)) OR starts_with(left(other, 16), left(one, 16)), false);

-- Two lists of codes (JSON texts) that share at least one code.
CREATE MACRO gp_share_code(one, other) AS
    coalesce(list_has_any(from_json(one, '["VARCHAR"]'), from_json(other, '["VARCHAR"]')), false);

-- Fingerprint of several texts: nulls are visible, and a separator no text can fake divides them.
CREATE MACRO gp_part(part) AS CASE WHEN part IS NULL THEN 'n' ELSE 't' || length(part) || ':' || part END;
CREATE MACRO gp_fingerprint(parts) AS md5(array_to_string(list_transform(parts, lambda part: gp_part(part)), '|'));
