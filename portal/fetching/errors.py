"""Why something could not be fetched, each in a sentence for people."""


class FetchFailed(Exception):
    """Nothing was fetched; the message says why."""


class NotAllowed(FetchFailed):
    """The address, or one that it leads on to, is none that may be fetched."""


class Unreachable(FetchFailed):
    """There is no such host, nothing answers there, or its certificate is not good."""


class TooSlow(FetchFailed):
    """The answer did not come in time."""


class TooLarge(FetchFailed):
    """The answer is larger than what is read."""


class Broken(FetchFailed):
    """What came is no answer of the web, or ends too early, or cannot be unpacked."""


class Astray(FetchFailed):
    """The address leads on in a circle, or too often, or nowhere."""
