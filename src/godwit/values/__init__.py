"""The words every room shares: small values that are right by construction, or refused.

Pure: standard library only, no clock, no files. A value that cannot be made raises `ValueRefused`, which
names the rule and never the value.
"""

from godwit.values.errors import RULES, ValueRefused
from godwit.values.moments import Comparison, Moment
from godwit.values.nhs_number import NhsNumber, NhsNumberRegion
from godwit.values.ods_code import OdsCode
from godwit.values.partial_date import PartialDate, Precision
from godwit.values.read_code import ReadV2Key
from godwit.values.snomed_id import SnomedId, SnomedKind
from godwit.values.working_calendar import END_OF_OFFICE_DAY, CalendarExhausted, WorkingCalendar

__all__ = [
    "END_OF_OFFICE_DAY",
    "RULES",
    "CalendarExhausted",
    "Comparison",
    "Moment",
    "NhsNumber",
    "NhsNumberRegion",
    "OdsCode",
    "PartialDate",
    "Precision",
    "ReadV2Key",
    "SnomedId",
    "SnomedKind",
    "ValueRefused",
    "WorkingCalendar",
]
