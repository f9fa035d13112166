"""Careers and their guides: the working copy, its editions, and what counts for what."""

from guides.models.credit import Credit, CreditStep
from guides.models.edition import Edition, EditionStep
from guides.models.guide import Guide, Section
from guides.models.path import Stage, Step
from guides.models.source import Source

__all__ = [
    "Credit",
    "CreditStep",
    "Edition",
    "EditionStep",
    "Guide",
    "Section",
    "Source",
    "Stage",
    "Step",
]
