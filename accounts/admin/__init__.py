"""Accounts in the studio: support looks at them, superusers alone change them."""

from accounts.admin import addresses, roles, users

__all__ = ["addresses", "roles", "users"]
