"""Figures and places that no database has, for rules that need none; and pages as their readers take them."""

from datetime import date
from html.parser import HTMLParser
from itertools import count

from facts.models import Place, Salary
from guides.models import Source

TODAY = date(2026, 1, 1)
_numbers = count(1)

WORLD = Place(pk=1, slug="world", kind="world", name="World")
USA = Place(pk=2, slug="united-states", kind="country", name="United States", code="US", within=WORLD)
CANADA = Place(pk=3, slug="canada", kind="country", name="Canada", code="CA", within=WORLD)
WASHINGTON = Place(pk=4, slug="washington", kind="state", name="Washington", code="US-WA", within=USA)
NEW_YORK = Place(pk=5, slug="new-york", kind="state", name="New York", code="US-NY", within=USA)
CALIFORNIA = Place(pk=6, slug="california", kind="state", name="California", code="US-CA", within=USA)
OREGON = Place(pk=7, slug="oregon", kind="state", name="Oregon", code="US-OR", within=USA)
MAINE = Place(pk=8, slug="maine", kind="state", name="Maine", code="US-ME", within=USA)
CAPITAL = Place(pk=9, slug="dc", kind="state", name="District of Columbia", code="US-DC", within=USA)
MINNESOTA = Place(pk=10, slug="minnesota", kind="state", name="Minnesota", code="US-MN", within=USA)
QUEBEC = Place(pk=11, slug="quebec", kind="state", name="Québec", code="CA-QC", within=CANADA)
SEATTLE = Place(pk=20, slug="seattle", kind="city", name="Seattle", within=WASHINGTON)
NEW_YORK_CITY = Place(pk=21, slug="nyc", kind="city", name="New York City", within=NEW_YORK)
SAN_FRANCISCO = Place(pk=22, slug="san-francisco", kind="city", name="San Francisco", within=CALIFORNIA)
PORTLAND_OREGON = Place(pk=23, slug="portland-or", kind="city", name="Portland", within=OREGON)
PORTLAND_MAINE = Place(pk=24, slug="portland-me", kind="city", name="Portland", within=MAINE)
WASHINGTON_CITY = Place(pk=25, slug="washington-dc", kind="city", name="Washington, DC", within=CAPITAL)
TWIN_CITIES = Place(pk=26, slug="twin", kind="city", name="Minneapolis-St. Paul", within=MINNESOTA)
MONTREAL = Place(pk=27, slug="montreal", kind="city", name="Montréal", within=QUEBEC)

COUNTRIES = [WORLD, USA, CANADA]
STATES = [WASHINGTON, NEW_YORK, CALIFORNIA, OREGON, MAINE, CAPITAL, MINNESOTA, QUEBEC]
CITIES = [
    *(SEATTLE, NEW_YORK_CITY, SAN_FRANCISCO, PORTLAND_OREGON, PORTLAND_MAINE, WASHINGTON_CITY),
    *(TWIN_CITIES, MONTREAL),
]
PLACES = [*COUNTRIES, *STATES, *CITIES]


def salary(**fields):
    """Return a figure of pay that is stored nowhere: an average of the United States, of 2025."""
    number = next(_numbers)
    source = Source(pk=number, key=f"source-{number}", publisher=f"Publisher {number}", title="Pay")
    given = {"place": USA, "statistic": "average", "year": 2025, "source": source, **fields}
    if "low" not in given:
        given.setdefault("amount", 100_000)
    return Salary(pk=number, retrieved_on=date(2026, 11, 20), **given)


class Rows(HTMLParser):
    """The rows of all tables of a page, each as the texts of its cells and the addresses of its links."""

    def __init__(self, html):
        super().__init__()
        self.rows = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "tr":
            self.rows.append({"class": given.get("class", ""), "cells": [], "links": [], "times": []})
        elif self.rows and tag in ("th", "td"):
            self.rows[-1]["cells"].append("")
        elif self.rows and tag == "a":
            self.rows[-1]["links"].append(given.get("href"))
        elif self.rows and tag == "time":
            self.rows[-1]["times"].append(given["datetime"])

    def handle_data(self, data):
        if self.rows and self.rows[-1]["cells"]:
            self.rows[-1]["cells"][-1] += data

    def handle_endtag(self, tag):
        if tag == "table":  # what follows belongs to no row
            self.rows.append({"class": "end", "cells": [], "links": [], "times": []})


def figures_on(response):
    """Return the rows of figures of a page, without heads and headings; blanks in cells are single."""
    rows = [row for row in Rows(response.content.decode()).rows if len(row["cells"]) == 4 and row["class"]]
    return [{**row, "cells": [" ".join(cell.split()) for cell in row["cells"]]} for row in rows]
