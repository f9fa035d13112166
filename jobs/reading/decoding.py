"""Bytes of a feed as text that XML may hold, whatever they claim to be."""

import codecs
import re

MARKS = (  # at the very beginning; the longer ones first
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    ("<?".encode("utf-16-le"), "utf-16-le"),
    ("<?".encode("utf-16-be"), "utf-16-be"),
)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']", re.IGNORECASE)
DECLARATION = re.compile(r"^\s*<\?xml.*?\?>", re.DOTALL)
# Codecs that Python has and texts of the web are in. UTF-7 and the like are ways to hide something.
KNOWN = re.compile(
    r"utf-?(8|16|32)|ascii|iso8859-\d+|cp125\d|koi8-[ru]|gb|big5|euc|shift_jis|mac-", re.IGNORECASE
)
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_of(content: bytes, content_type: str) -> str:
    """Return the text of `content`, without declaration and without characters that XML has not.

    Tried in turn: the mark at its beginning, the header Content-Type, the XML declaration, UTF-8. What is
    none of them is read as Windows-1252, in which every byte is some letter.
    """
    for encoding in _encodings(content, content_type):
        try:
            text = content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        return _cleaned(text)
    return _cleaned(content.decode("cp1252", errors="replace"))


def _encodings(content: bytes, content_type: str) -> list[str]:
    marked = [name for mark, name in MARKS if content.startswith(mark)][:1]
    header = CHARSET.search(content_type)
    declared = DECLARED.match(content[:400])
    named = [header[1] if header else "", declared[1].decode("ascii") if declared else ""]
    return [*marked, *filter(_is_known, named), "utf-8"]


def _is_known(name: str) -> bool:
    try:
        return bool(KNOWN.match(codecs.lookup(name).name))
    except LookupError:
        return False


def _cleaned(text: str) -> str:
    text = DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
    return NOT_XML.sub("", text).strip()
