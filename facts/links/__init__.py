"""Whether the links of sources still lead somewhere: asked in the background, told to editors."""

from facts.links.asking import Finding, ask
from facts.links.noting import check, note

__all__ = ["Finding", "ask", "check", "note"]
