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

-- Moments as far as a poorer format can hold them: the day at most; without the offset of the clock (both are English
-- civil time); with the parts nobody knew filled in as the first of January or of the month; without a midnight that
-- may only mean "time unknown".
CREATE MACRO gp_day(moment) AS CASE WHEN gp_is_moment(moment) THEN left(moment, 10) ELSE moment END;
CREATE MACRO gp_clock(moment) AS
    CASE WHEN length(moment) > 10 AND (right(moment, 1) = 'Z' OR left(right(moment, 6), 1) IN ('+', '-'))
              AND gp_is_moment(moment)
         THEN regexp_replace(moment, '(Z|[+-]\d\d:\d\d)$', '') ELSE moment END;
CREATE MACRO gp_padded(moment) AS
    CASE WHEN NOT gp_is_moment(moment) THEN moment
         WHEN length(moment) = 4 THEN moment || '-01-01'
         WHEN length(moment) = 7 THEN moment || '-01'
         WHEN substr(moment, 11) IN ('T00:00:00', 'T00:00') THEN left(moment, 10)
         ELSE moment END;

-- A day as far as it is known, where the supplier fills up what nobody knew and says so in a column of its own
-- (U nothing, Y the year, YM the month; anything else the whole day).
CREATE MACRO gp_known(day, precision_word) AS
    CASE WHEN upper(precision_word) = 'U' THEN NULL
         WHEN upper(precision_word) = 'Y' THEN left(day, 4)
         WHEN upper(precision_word) = 'YM' THEN left(day, 7)
         ELSE day END;

-- A cell, or what was delivered in its place when it was not of its type. `odd` is the row's JSON of such cells.
CREATE MACRO gp_or_odd(value, odd, column_name) AS
    CASE WHEN odd IS NULL THEN value
         ELSE coalesce(value, 'unreadable:' || json_extract_string(odd, '$."' || column_name || '"')) END;

-- What people are called, whichever way a supplier splits their names: lower case, single blanks.
CREATE MACRO gp_words(words) AS nullif(trim(regexp_replace(lower(words), '\s+', ' ', 'g')), '');
CREATE MACRO gp_person(title, given, family) AS gp_words(concat_ws(' ', title, given, family));
CREATE MACRO gp_line(parts) AS
    nullif(array_to_string(list_filter(list_transform(parts, lambda part: gp_words(part)),
                                       lambda part: part IS NOT NULL), ', '), '');

-- The substance an allergy is to, from a term such as "Allergy to penicillin" or "H/O: penicillin allergy".
CREATE MACRO gp_agent(term) AS
    gp_words(regexp_replace(regexp_replace(lower(term), '^(h/o:?\s*|history of\s+)', ''),
        '^(drug\s+)?(allergy|intolerance|hypersensitivity|adverse reaction)\s+to\s+|\s+(allergy|intolerance|hypersensitivity)$',
        '', 'g'));

-- Codes of the given systems only, out of a JSON list of codes; null where none is left.
CREATE MACRO gp_codes_of(codes, systems) AS
    nullif(to_json(list_filter(from_json(codes, '["VARCHAR"]'),
        lambda code: list_contains(systems, split_part(code, '|', 1))))::VARCHAR, '[]');

-- Whether a text can be a SNOMED CT identifier: 6 to 18 digits of which the last is Verhoeff's check digit of the others.
CREATE MACRO gp_verhoeff(digits) AS list_reduce(
    list_prepend(0, list_transform(range(0, length(digits)), lambda place:
        CAST(substr('01234567891576283094580379614289160435279453126870428657390127938064157046913258',
                    (10 * (place % 8) + CAST(substr(digits, length(digits) - place, 1) AS BIGINT) + 1)::BIGINT, 1) AS INTEGER))),
    lambda sum, digit: CAST(substr('0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210',
                            (10 * sum + digit + 1)::BIGINT, 1) AS INTEGER)) = 0;
CREATE MACRO gp_is_sctid(id) AS
    CASE WHEN regexp_full_match(id, '[1-9]\d{5,17}') THEN gp_verhoeff(id) ELSE false END;

-- The five characters of a Read v2 code, delivered with or without its two characters of the term; null for what is none.
CREATE MACRO gp_read2(code) AS
    CASE WHEN regexp_full_match(code, '[0-9A-Za-z][0-9A-Za-z.]{4}([0-9A-Za-z]{2})?')
          AND NOT regexp_matches(left(code, 5), '\.[^.]') THEN left(code, 5) END;

-- What was delivered and has no field of its own: JSON of name -> list of texts; null where every cell is empty.
CREATE MACRO gp_extras(names, cells) AS
    CASE WHEN list_count(cells) > 0 THEN
        to_json(map_from_entries(list_transform(list_filter(list_zip(names, cells), lambda pair: pair[2] IS NOT NULL),
                                                lambda pair: (pair[1], [pair[2]]))))::VARCHAR END;

-- What a row of Vision's journal is. The letter of its subset says it, but: vaccines and allergies that carry a weight
-- or a blood pressure are measurements filed under the wrong letter; a review date is a recall; a document is one.
CREATE MACRO gp_vision_kind(subset, entity, value1, value1_name, document) AS
    CASE WHEN upper(subset) = 'R' THEN 'repeat'
         WHEN upper(subset) = 'S' THEN 'repeat issue'
         WHEN upper(subset) = 'A' THEN 'acute'
         WHEN upper(subset) = 'P' THEN 'problem'
         WHEN upper(subset) IN ('I', 'L') AND value1 IS NOT NULL
              AND (upper(entity) IN ('WEIGHT', 'BP') OR upper(value1_name) = 'NUM_RESULT') THEN 'entry'
         WHEN upper(subset) = 'I' THEN 'immunisation'
         WHEN upper(subset) = 'L' THEN 'allergy'
         WHEN document IS NOT NULL THEN 'document'
         WHEN upper(value1_name) = 'REVIEW_DAT' THEN 'recall'
         ELSE 'entry' END;

-- When something in Vision happened: the day, with the time unless that is empty, 9999 ("not known") or none.
CREATE MACRO gp_vision_moment(day, clock) AS
    day || CASE WHEN regexp_full_match(clock, '([01]\d|2[0-3]):?[0-5]\d(:[0-5]\d)?')
                THEN 'T' || left(clock, 2) || ':' || left(right(replace(clock, ':', ''), -2), 2) || ':00' ELSE '' END;

-- The encounter a Vision row belongs to, out of its links ("E12|34"); the staff number out of "12:STAFF:".
CREATE MACRO gp_vision_encounter(links) AS nullif(regexp_extract(links, '(^|\|)E([^|]+)', 2), '');
CREATE MACRO gp_vision_staff(hcp) AS
    CASE WHEN contains(hcp, ':') THEN regexp_replace(split_part(hcp, ',', 1), ':|EXT_STAFF|STAFF', '', 'g') ELSE hcp END;

-- A JSON list of the texts that are there, sorted; null where there are none.
CREATE MACRO gp_listed(texts) AS
    nullif(to_json(list_sort(list_filter(texts, lambda one: one IS NOT NULL)))::VARCHAR, '[]');

-- What a delivered text says, or null where it does not say it in the way that its column promises. A two-digit year, a
-- day that no calendar has and a year before 1800 are no date; NaN, 1e3 and 1,234 are no number.
CREATE MACRO gp_guid(delivered) AS TRY_CAST(delivered AS UUID);
CREATE MACRO gp_day_iso(delivered) AS CASE
    WHEN CAST(TRY_CAST(delivered AS DATE) AS VARCHAR) = delivered AND delivered >= '1800' AND length(delivered) = 10
    THEN delivered END;
CREATE MACRO gp_time_iso(delivered) AS CASE
    WHEN regexp_full_match(delivered, '([01]\d|2[0-3]):[0-5]\d:[0-5]\d') THEN delivered
    WHEN regexp_full_match(delivered, '([01]\d|2[0-3]):[0-5]\d') THEN delivered || ':00' END;
CREATE MACRO gp_moment_iso(delivered) AS CASE
    WHEN length(delivered) = 10 THEN gp_day_iso(delivered)
    WHEN delivered >= '1800' AND TRY_CAST(delivered AS TIMESTAMP) IS NOT NULL
        AND regexp_full_match(delivered, '\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?')
    THEN left(replace(delivered, ' ', 'T'), 19) END;
CREATE MACRO gp_moment_tpp(delivered) AS CASE
    WHEN length(delivered) IN (11, 17, 20) AND substring(delivered, 8, 4) >= '1800'
         AND right(delivered, 1) BETWEEN '0' AND '9'
    THEN strftime(try_strptime(delivered, ['%d %b %Y %H:%M:%S', '%d %b %Y %H:%M', '%d %b %Y']),
                  '%Y-%m-%dT%H:%M:%S') END;
CREATE MACRO gp_day_tpp(delivered) AS CASE
    WHEN length(delivered) = 11 OR substring(delivered, 12) IN (' 00:00', ' 00:00:00')
    THEN left(gp_moment_tpp(delivered), 10) END;
CREATE MACRO gp_day_vision(delivered) AS CASE
    WHEN length(delivered) = 8 AND delivered >= '1800' AND TRY_CAST(delivered AS BIGINT) > 18000000
    THEN CAST(CAST(try_strptime(delivered, '%Y%m%d') AS DATE) AS VARCHAR) END;
CREATE MACRO gp_time_vision(delivered) AS CASE
    WHEN regexp_full_match(delivered, '([01]\d|2[0-3])[0-5]\d') THEN left(delivered, 2) || ':' || right(delivered, 2)
    WHEN delivered = '9999' THEN delivered END;
-- Not a list: the engine makes a join of a long one, and a join gives up the order of the rows.
CREATE MACRO gp_flag(delivered) AS CASE delivered
    WHEN 'true' THEN true WHEN 'TRUE' THEN true WHEN 'True' THEN true WHEN '1' THEN true WHEN 'Y' THEN true
    WHEN 'y' THEN true WHEN 'false' THEN false WHEN 'FALSE' THEN false WHEN 'False' THEN false WHEN '0' THEN false
    WHEN 'N' THEN false WHEN 'n' THEN false END;
CREATE MACRO gp_int(delivered) AS CASE
    WHEN CAST(TRY_CAST(delivered AS BIGINT) AS VARCHAR) = delivered THEN TRY_CAST(delivered AS BIGINT)
    WHEN regexp_full_match(delivered, '-?\d+') THEN TRY_CAST(delivered AS BIGINT) END;
CREATE MACRO gp_number(delivered) AS CASE
    WHEN regexp_full_match(delivered, '0|-?([1-9]\d*|(0|[1-9]\d*)\.\d*[1-9])') THEN delivered
    WHEN regexp_full_match(delivered, '-?(0*\.?0+|0+\.)') THEN '0'
    WHEN regexp_full_match(delivered, '-?(\d+\.?\d*|\.\d+)')
    THEN CASE WHEN contains(delivered, '.')
        THEN rtrim(rtrim(regexp_replace(regexp_replace(delivered, '^(-?)0+', '\1'), '^(-?)\.', '\10.'), '0'), '.')
        ELSE regexp_replace(delivered, '^(-?)0+', '\1') END END;

-- A SNOMED CT code as SystmOne delivers it: -1 is none, and what cannot be a code is none either.
CREATE MACRO gp_tpp_snomed(id) AS CASE WHEN regexp_full_match(id, '[1-9]\d{5,17}') THEN id END;

-- The codes of a SystmOne row. CTV3 codes that begin with Y are the system's or the practice's own.
CREATE MACRO gp_tpp_codes(ctv3, snomed) AS
    nullif('[' || concat_ws(',',
        CASE WHEN ctv3 NOT LIKE 'Y____' THEN to_json('ctv3|' || ctv3)::VARCHAR END,
        '"snomed|' || gp_tpp_snomed(snomed) || '"',
        CASE WHEN ctv3 LIKE 'Y____' THEN to_json('tpp_local|' || ctv3)::VARCHAR END) || ']', '[]');

-- The number and the unit in a SystmOne quantity such as "28 tablet". A text that is more than a number and a unit
-- ("2 x 28 tablet") has no number of its own: it stays whole, as the unit.
CREATE MACRO gp_tpp_splits(quantity) AS
    regexp_full_match(trim(quantity), '\d+(\.\d+)?(\s*[A-Za-z(%][^0-9]*)?')
    AND NOT regexp_matches(quantity, '^\s*[\d.]+\s*[xX](\s|$)');
CREATE MACRO gp_tpp_quantity(quantity) AS
    CASE WHEN gp_tpp_splits(quantity) THEN gp_number(regexp_extract(quantity, '\d+(\.\d+)?')) END;
CREATE MACRO gp_tpp_unit(quantity) AS
    CASE WHEN gp_tpp_splits(quantity) THEN nullif(regexp_replace(trim(quantity), '^\d+(\.\d+)?\s*', ''), '')
         ELSE quantity END;

-- Whether a list of codes only says that something could not be carried over as coded (format notes 6.3), the SNOMED CT
-- codes that do say something, and the first term, or the author's words where the term is no more than that.
CREATE MACRO gp_degraded(codes) AS
    coalesce(regexp_matches(codes, '"snomed\|(1964[1-4]1000000(103|109|106|102)|196451000000104|1964[67]1000000(101|108))"'), false);
CREATE MACRO gp_snomed(codes) AS CASE WHEN NOT gp_degraded(codes) THEN gp_codes_of(codes, ['snomed']) END;
CREATE MACRO gp_first_term(codes, terms, words) AS
    CASE WHEN gp_degraded(codes) THEN coalesce(words, json_extract_string(terms, '$[0]'))
         ELSE json_extract_string(terms, '$[0]') END;
