-- Named functions: every date, code and fingerprint in a step goes through one of these, so that the same step text
-- can run on another engine that has the same prelude. Golden vectors: tests/spec/prelude.yaml.

-- A moment cut to minutes, so that seconds nobody recorded do not hide a match.
CREATE MACRO gp_minute(moment) AS left(moment, 16);

-- Whether a text is a moment and not one that could not be read.
CREATE MACRO gp_is_moment(one) AS left(one, 1) BETWEEN '0' AND '9';

-- Two moments that can be the same: one is the other with more parts (compared to the minute). What could not be read
-- as a moment is only the same as itself.
CREATE MACRO gp_same_moment(one, other) AS
    coalesce(one = other OR (gp_is_moment(one) AND gp_is_moment(other) AND (
        starts_with(left(one, 16), left(other, 16)) OR starts_with(left(other, 16), left(one, 16)))), false);

-- Two lists of codes (JSON texts) that share at least one code; a word for "no code" is none.
CREATE MACRO gp_codes(codes) AS
    list_filter(from_json(codes, '["VARCHAR"]'), lambda code: NOT starts_with(code, 'null_flavour|'));
CREATE MACRO gp_share_code(one, other) AS coalesce(list_has_any(gp_codes(one), gp_codes(other)), false);

-- Fingerprint of several texts: nulls are visible, and a separator no text can fake divides them.
CREATE MACRO gp_part(part) AS CASE WHEN part IS NULL THEN 'n' ELSE 't' || length(part) || ':' || part END;
CREATE MACRO gp_fingerprint(parts) AS md5(array_to_string(list_transform(parts, lambda part: gp_part(part)), '|'));
