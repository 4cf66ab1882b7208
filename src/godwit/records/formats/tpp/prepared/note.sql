-- Free text by the row it belongs to. The number of the text itself is not unique and says nothing; a row may have
-- several texts, and an answer stands behind its question.
SELECT upper(SRTable) AS kind, IDSRTable AS id,
    string_agg(coalesce(Question || ': ', '') || FreeText, chr(10) ORDER BY file, record) AS words
FROM raw.SRFreeText
WHERE IDSRTable > 0 AND FreeText IS NOT NULL
GROUP BY upper(SRTable), IDSRTable
