"""Why a picture is not taken."""


class PictureRefused(Exception):
    """What was given is no picture that the site takes; the message says what to do."""
