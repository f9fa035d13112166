"""Accounts in the studio: support looks at them, superusers alone change them."""

from accounts.admin import addresses, contact, reviews, roles, users

__all__ = ["addresses", "contact", "reviews", "roles", "users"]
