"""Why a file cannot be read. Imports nothing of the site: the process that parses files has nothing else."""

LONGEST = 100_000  # characters of a posting; real ones have a few thousand


class Refused(Exception):
    """A file that cannot be read; the message says why, and what to do."""


TOO_LONG = f"This holds more than {LONGEST:,} characters. Give the posting alone."
TOO_HARD = "This file takes too much to read. Paste the text of the posting instead."
BROKEN = "This file is broken and cannot be read. Save it anew, or paste the text."
EMPTY = "There is no text in this file. Paste the text of the posting instead."
