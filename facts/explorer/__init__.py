"""Figures as people explore them: read once for each version, in sections, on scales, and what applies."""
