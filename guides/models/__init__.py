"""Careers and their guides: the working copy, its editions, and what counts for what."""

from guides.models.credit import Credit, CreditStep
from guides.models.edition import Edition, EditionStep
from guides.models.guide import Guide
from guides.models.path import Stage, Step
from guides.models.picture import Picture
from guides.models.section import Section
from guides.models.source import Source

__all__ = [
    "Credit",
    "CreditStep",
    "Edition",
    "EditionStep",
    "Guide",
    "Picture",
    "Section",
    "Source",
    "Stage",
    "Step",
]
