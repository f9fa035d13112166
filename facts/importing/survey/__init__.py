"""Surveys of single answers: quartiles of groups that are large enough to show nobody."""
