"""Finding skills in a text. Pure: names and a text in, spans out; no database, no Django."""

from gap.finding.finder import Finder, Found
from gap.finding.names import How, Name

__all__ = ["Finder", "Found", "How", "Name"]
