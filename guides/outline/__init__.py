"""The outline of a guide: the order of its sections and stages, and which step stands where."""

from guides.outline.arranging import OutlineRefused, arrange, remove_stage
from guides.outline.changes import Change
from guides.outline.order import arrange_sections, moved, stand
from guides.outline.rows import Outline, Path, Row

__all__ = [
    "Change",
    "Outline",
    "OutlineRefused",
    "Path",
    "Row",
    "arrange",
    "arrange_sections",
    "moved",
    "remove_stage",
    "stand",
]
