"""What people of a career do, in short: what the section of duties lists."""

from guides.document import Content
from guides.mentions import CITATION
from portal import markdown

DUTIES = "duties"  # the slug of the section


def duties_of(content: Content) -> list[str]:
    """Return the duties that `content` lists, without citations; none if it has no such section."""
    bodies = [part["body"] for part in content["sections"] if part["slug"] == DUTIES]
    return [CITATION.sub("", duty).strip() for body in bodies for duty in markdown.listed(body)]
