"""Figures about careers, each with who says it and when: what is paid, how many posts there will be."""

from facts.models.figure import Figure, is_old_on
from facts.models.link_check import LinkCheck
from facts.models.outlook import Naming, Outlook
from facts.models.place import Place
from facts.models.salary import Salary

__all__ = ["Figure", "LinkCheck", "Naming", "Outlook", "Place", "Salary", "is_old_on"]
