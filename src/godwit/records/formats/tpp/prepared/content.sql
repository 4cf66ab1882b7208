-- What vaccines are called and what they are against.
SELECT RowIdentifier AS id, max(Name) AS name, max(Content) AS content
FROM raw.SRImmunisationContent
GROUP BY RowIdentifier
