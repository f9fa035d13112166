"""Figures in the studio: a module for each thing that staff edit, and screens of what wants their eyes."""

from facts.admin.namings import NamingAdmin
from facts.admin.outlook import OutlookAdmin
from facts.admin.places import PlaceAdmin
from facts.admin.salaries import SalaryAdmin

__all__ = ["NamingAdmin", "OutlookAdmin", "PlaceAdmin", "SalaryAdmin"]
