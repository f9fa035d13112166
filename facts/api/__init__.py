"""Figures for clients of the API."""

from facts.api.views import OutlookViewSet, SalaryViewSet

__all__ = ["OutlookViewSet", "SalaryViewSet"]
