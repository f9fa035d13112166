"""A look at a feed before it is parsed: no traps, no more entries than wanted, and nothing broken.

What comes out is well-formed, shallow and of a limited number of entries, so the time that parsing it takes
grows with its length and not faster. Entities are refused before any is expanded.
"""

import re
from html.entities import html5
from xml.parsers import expat  # nosec B407

DEEPEST = 60  # elements within each other
MOST_NAMES = 100  # attributes of an element, and namespaces: parsing takes time by the square of them
ROOTS = {"rss", "feed", "RDF"}
ENTRIES = {"item", "entry"}
XML_NAMES = {"amp", "lt", "gt", "quot", "apos"}
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
LONE = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")


class Unreadable(Exception):
    """This is no feed that can be read; the message says why, for people."""


class Found(Exception):
    """As many entries as are wanted were seen."""


class Scan:
    """One pass over a document; `end` is the byte after the last whole entry."""

    def __init__(self, text: bytes, most: int) -> None:
        self.text, self.most = text, most
        self.open: list[str] = []
        self.around: list[str] = []  # what was open around the last whole entry
        self.entries = self.end = 0
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.namespace_prefixes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._close
        self.parser.EntityDeclHandler = self._entity
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.namespaces = set[str | None]()

    def run(self) -> "Scan":
        """Go through the document; raises `Unreadable`, `Found`, and expat's error where it is broken."""
        self.parser.Parse(self.text, True)
        return self

    def cut(self) -> str:
        """Return the document up to the last whole entry, with all closed that was open."""
        closing = "".join(f"</{name}>" for name in reversed(self.around))
        return self.text[: self.end].decode("utf-8", "ignore") + closing

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.open and _local(name) not in ROOTS:
            raise Unreadable(_no_feed(_local(name)))
        if len(self.open) >= DEEPEST:
            raise Unreadable("Its elements are nested too deeply for a feed.")
        if len(attributes) > MOST_NAMES:
            raise Unreadable(f"One of its elements has more than {MOST_NAMES} attributes.")
        if _local(name) in ENTRIES and self.entries == self.most:
            raise Found
        self.open.append(_written(name))

    def _close(self, name: str) -> None:
        self.open.pop()
        if _local(name) in ENTRIES:
            self.entries += 1
            begin = self.parser.CurrentByteIndex
            if self.text.startswith(b"</", begin):  # an empty element holds nothing to cut after
                self.end = self.text.index(b">", begin) + 1
                self.around = list(self.open)

    def _namespace(self, prefix: str | None, uri: str) -> None:
        self.namespaces.add(prefix)
        if len(self.namespaces) > MOST_NAMES:
            raise Unreadable(f"It declares more than {MOST_NAMES} namespaces.")

    def _entity(self, *declaration: object) -> None:
        raise Unreadable("It declares entities, which no feed needs and which can be a trap.")


def scanned(text: str, most: int) -> tuple[str, str]:
    """Return a well-formed document of at most `most` entries, and in words what was left out, if any.

    Raises `Unreadable` if it is no feed, or broken before its first entry ends.
    """
    trouble = ""
    for attempt in (text, mended(text)):
        scan = Scan(attempt.encode(), most)
        try:
            scan.run()
        except Found:
            return scan.cut(), f"Only its first {most} entries were read."
        except expat.ExpatError as error:
            trouble = f"line {error.lineno}: {expat.ErrorString(error.code)}"
            continue
        return attempt, ""
    if not scan.entries:
        raise Unreadable(_not_well_formed(text, trouble))
    return scan.cut(), f"It is broken ({trouble}), so only what stands before that was read."


def mended(text: str) -> str:
    """Return `text` with the two mistakes mended that feeds are known for: names of HTML, and a lone &."""
    return LONE.sub("&amp;", NAMED.sub(_number, text))


def _number(match: re.Match[str]) -> str:
    name = match[1]
    letters = html5.get(f"{name};")
    if name in XML_NAMES:
        return match[0]
    return "".join(f"&#{ord(letter)};" for letter in letters) if letters else f"&amp;{name};"


def _local(name: str) -> str:
    """Return the name of an element without its namespace."""
    parts = name.split(" ")
    return parts[1] if len(parts) > 1 else name


def _written(name: str) -> str:
    """Return the name of an element as the document has it."""
    parts = name.split(" ")
    if len(parts) == 3:
        return f"{parts[2]}:{parts[1]}"
    return parts[-1]


def _no_feed(root: str) -> str:
    if root.lower() == "html":
        return "This is a web page, not a feed. Look on it for a link named RSS or Atom."
    return f"This is XML, but no RSS or Atom feed: it begins with “{root[:40]}”."


def _not_well_formed(text: str, trouble: str) -> str:
    head = text[:400].lstrip().lower()
    if not head:
        return "The answer is empty."
    if head.startswith(("<!doctype html", "<html")) or "<head" in head:
        return _no_feed("html")
    if head.startswith(("{", "[")):
        return "This is JSON, not an RSS or Atom feed."
    return f"This is no well-formed XML ({trouble})."
