"""Rows from files: CSV, XLSX and JSON, one row at a time."""

from courses.importing.reading.opening import read
from courses.importing.reading.row import Row, Table

__all__ = ["Row", "Table", "read"]
