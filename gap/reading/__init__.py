"""The text of what somebody uploads; PDF and DOCX are parsed in a process of their own (`gap.parsing`)."""

from gap.parsing.refusal import LONGEST, Refused
from gap.reading.uploads import MOST_BYTES, text_of

__all__ = ["LONGEST", "MOST_BYTES", "Refused", "text_of"]
