"""What cannot be taken from a file, and why."""


class Refused(ValueError):
    """A value that was not understood; the message says why, for who has the file."""


class Unreadable(Exception):
    """A file of which nothing can be taken; the message says why, and what to do."""
