"""Where the account pages of allauth meet this site."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Waymark's own answers to the questions that allauth asks."""
