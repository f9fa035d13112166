"""Courses from files of others: reading, understanding, planning, storing."""
