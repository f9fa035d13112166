"""The screen of an outline: shows it, and brings the path to what was typed and pressed."""

from guides.admin.outline import screen

__all__ = ["screen"]
