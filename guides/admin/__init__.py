"""Guides in the studio: each thing on a screen of its own, and publishing."""

from guides.admin import (
    editions,
    files,
    guide,
    outline,
    pictures,
    prose,
    restore,
    sections,
    sources,
    stages,
    steps,
)

__all__ = [
    "editions",
    "files",
    "guide",
    "outline",
    "pictures",
    "prose",
    "restore",
    "sections",
    "sources",
    "stages",
    "steps",
]
