-- Members of staff with the facts that their roles do not repeat.
SELECT RowIdentifier AS id, max(StaffName) AS name,
    max(coalesce(lower(NationalIdType), 'national') || '|' || IDNational) AS number,
    max(StaffUserName) AS user_name, max(IDSmartCard) AS smart_card, max(CASE WHEN Obsolete THEN 'true' END) AS obsolete
FROM raw.SRStaffMember
GROUP BY RowIdentifier
