"""Who may come into the office."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAccounts(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by oneself."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False
