-- Which types of document and of file each patient has.
INSERT INTO sampling.holds
SELECT DISTINCT 'rare', kind, person, 1, NULL
FROM (
    SELECT d.person, unnest(['document.content_type=' || d.content_type, 'document.type=' ||
        coalesce(json_extract_string(d.type_term, '$[0]'), d.type_text)]) AS kind
    FROM sampling.document AS d
    JOIN sampling.person AS p ON p.person = d.person
)
WHERE kind IS NOT NULL
