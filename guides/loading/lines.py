"""The files of a content folder as text and as YAML; a fault says where it is."""

from guides.loading.files import Files, with_plain_ends
from portal.lined import Faults, LinedFile, lined, parse

__all__ = ["Faults", "LinedFile", "parse", "read_lined", "read_text"]


def read_lined(files: Files, name: str, faults: Faults) -> LinedFile | None:
    """Return the YAML file called `name`; None, with a fault, if it cannot be read."""
    text = read_text(files, name, faults)
    return None if text is None else lined(name, text, faults)


def read_text(files: Files, name: str, faults: Faults) -> str | None:
    """Return the text of the file called `name`; None, with a fault, if it cannot be read."""
    try:
        text = with_plain_ends(files.read(name).decode("utf-8"))
        if "\0" not in text:
            return text
        faults.add(name, text.count("\n", 0, text.index("\0")) + 1, "a NUL character, which no text can hold")
    except FileNotFoundError:
        faults.add(name, 1, "this file is missing")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.add(name, line, "not UTF-8 text")
    except OSError as error:
        faults.add(name, 1, f"cannot be read: {error.strerror}")
    return None
