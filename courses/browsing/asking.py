"""What is asked of a catalog, as an address says it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Protocol
from urllib.parse import urlencode

from courses.browsing.catalogs import Catalog
from courses.browsing.filters import Choice, Filter, Number, Range, plain
from courses.browsing.index import Index

CENTS = Decimal("0.01")
DOLLARS = "USD"
MANY = 50  # values of one filter that are read
FEW = 12  # values that a message can name
LONGEST = 200  # signs of a search
GREATEST = Decimal(10**9)
OWN = ("search", "currency", "ordering", "page")  # parameters beside the filters
ORDERS = {
    "relevance": "best match",
    "rating": "best rated",
    "effort": "least effort",
    "price": "lowest price",
    "newest": "newest here",
    "title": "title",
}


class Params(Protocol):
    """The parameters of an address, each with its values: Django's `QueryDict`."""

    def getlist(self, key: str) -> list[str]: ...
    def __iter__(self) -> Iterator[str]: ...


@dataclass(frozen=True)
class Fault:
    """A parameter that cannot be answered, and what to do."""

    name: str
    message: str


@dataclass(frozen=True)
class Query:
    """What is asked: the values of each filter in the order given, words to search for, an order, a page.

    `ordering` is empty where the usual order is asked for: the best match of a search, otherwise `usual`.
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    search: str = ""
    currency: str = DOLLARS
    ordering: str = ""
    usual: str = "rating"
    usual_currency: str = DOLLARS
    page: int = 1

    def values(self, name: str) -> tuple[str, ...]:
        return dict(self.chosen).get(name, ())

    @property
    def order(self) -> str:
        """The order that was asked for; otherwise the best match of a search, or that of the catalog."""
        return self.ordering or ("relevance" if self.search else self.usual)

    def with_values(self, name: str, values: Sequence[str]) -> "Query":
        """Return this query with other values of a filter, on its first page."""
        chosen = {**dict(self.chosen), name: tuple(values)}
        return replace(self, chosen=tuple((key, kept) for key, kept in chosen.items() if kept), page=1)

    def without(self, name: str, value: str | None = None) -> "Query":
        """Return this query without a value of a filter, or without the filter, on its first page."""
        if name == "search":
            return replace(self, search="", page=1)
        return self.with_values(name, [kept for kept in self.values(name) if value and kept != value])

    def address(self, page: int = 1) -> str:
        """Return the parameters of this query in one order, so that each query has one address."""
        pairs = [(name, value) for name, values in self.chosen for value in values]
        rest = {
            "search": self.search,
            "currency": "" if self.currency == self.usual_currency else self.currency,
            "ordering": self.ordering,
            "page": str(page) if page > 1 else "",
        }
        said = urlencode([*pairs, *((name, value) for name, value in rest.items() if value)])
        return f"?{said}" if said else ""


def ask(
    catalog: Catalog, index: Index, params: Params, *, also: Iterable[str] = ()
) -> tuple[Query, list[Fault]]:
    """Return what `params` ask of `catalog`, and what of it cannot be answered and is left out.

    `also` are parameters that somebody else reads.
    """
    reading = _Reading(catalog, index, params)
    reading.names(also)
    query = Query(
        chosen=tuple(reading.chosen()),
        search=reading.search(),
        currency=reading.currency(),
        ordering=reading.ordering(),
        usual=catalog.usual,
        usual_currency=reading.usual_currency,
        page=reading.page(),
    )
    return query, reading.faults


class _Reading:
    """Parameters on their way into a query; what is wrong with them is gathered in `faults`."""

    def __init__(self, catalog: Catalog, index: Index, params: Params) -> None:
        self.catalog, self.index, self.params = catalog, index, params
        self.faults: list[Fault] = []

    def names(self, also: Iterable[str]) -> None:
        """Look for parameters that nobody reads."""
        known = list(dict.fromkeys([*(filter_.name for filter_ in self.catalog.filters), *OWN, *also]))
        for name in self.params:
            if name not in known:
                self.faults.append(
                    Fault(name, f"There is no parameter “{name}”. Use some of {', '.join(known)}.")
                )

    def chosen(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for filter_ in self.catalog.filters:
            given = list(dict.fromkeys(value for value in self.params.getlist(filter_.name) if value))
            if len(given) > MANY:
                self._refuse(filter_.name, f"Give at most {MANY} values.")
            values = tuple(
                dict.fromkeys(said for value in given[:MANY] if (said := self._value(filter_, value)))
            )
            if values:
                yield filter_.name, values if isinstance(filter_, Choice) else (filter_.widest(values),)

    def search(self) -> str:
        """Return the words to search for; NUL is in no text, and PostgreSQL takes it in no question."""
        said = self.single("search").replace("\0", "").strip()
        if len(said) > LONGEST:
            return self._refuse("search", f"Search for at most {LONGEST} signs.", said[:LONGEST])
        return said

    def single(self, name: str) -> str:
        values = self.params.getlist(name)
        if len(values) > 1:
            self.faults.append(Fault(name, f"Give “{name}” once."))
        return values[-1] if values else ""

    def currency(self) -> str:
        known = self.index.currencies
        said = self.single("currency").upper() or self.usual_currency
        if said in known:
            return said
        message = f"Nothing here is priced in “{said}”. Use one of {', '.join(known)}."
        return self._refuse("currency", message, self.usual_currency)

    @property
    def usual_currency(self) -> str:
        """Dollars, where something is priced in them."""
        return DOLLARS if DOLLARS in self.index.currencies else self.index.currencies[0]

    def ordering(self) -> str:
        said = self.single("ordering")
        if said == "relevance" and not self.single("search").strip():
            return ""  # there is nothing to match
        if not said or said in self.catalog.orders:
            return said
        return self._refuse("ordering", f"“{said}” is no order. Use one of {', '.join(self.catalog.orders)}.")

    def page(self) -> int:
        said = self.single("page") or "1"
        if not (said.isascii() and said.isdigit() and len(said) < 10 and int(said)):
            said = self._refuse("page", f"“{said}” is no page. Pages are numbered from 1.", "1")
        return int(said)

    def _value(self, filter_: Filter, value: str) -> str:
        """Return `value` as it is written in addresses; empty if it is refused."""
        if isinstance(filter_, Range):
            number = _number(value)
            return (
                plain(number) if number is not None else self._refuse(filter_.name, _mistaken(filter_, value))
            )
        known = self.index.labels[filter_.name]
        if value in known:
            return value
        hint = f" Use one of {', '.join(known)}." if len(known) <= FEW else ""
        return self._refuse(filter_.name, f"There is no {filter_.words} “{value}”.{hint}")

    def _refuse(self, name: str, message: str, instead: str = "") -> str:
        self.faults.append(Fault(name, message))
        return instead


def _mistaken(range_: Range, value: str) -> str:
    return f"“{value}” is no number for {range_.name}. Give one from 0, such as {range_.offered[1]}."


def _number(value: str) -> Number | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return abs(number).quantize(CENTS) if number.is_finite() and 0 <= number <= GREATEST else None
