"""Careers side by side."""
