"""Guides in the studio: each thing on a screen of its own, and publishing."""

from guides.admin import guide, parts, pictures, sources

__all__ = ["guide", "parts", "pictures", "sources"]
