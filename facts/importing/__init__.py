"""Salary figures from tables of others: reading, understanding, planning, storing."""
