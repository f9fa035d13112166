"""Finding courses and certifications by what they are: filters, their counts, the order, pages.

All of it is answered from sets of ids kept in memory, which are read anew after each change of the catalog.
"""

from courses.browsing.answering import Answer, answer
from courses.browsing.asking import Fault, Query, ask
from courses.browsing.catalogs import CERTIFICATIONS, COURSES, Catalog

__all__ = ["CERTIFICATIONS", "COURSES", "Answer", "Catalog", "Fault", "Query", "answer", "ask"]
