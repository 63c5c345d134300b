"""Who may come into the office."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from parvis.foundation.accounts.models import Role


class OfficeAccounts(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by oneself."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """An applicant comes to the counter, everybody else to the desk."""
        if getattr(request.user, "role", "") == Role.APPLICANT:
            return "/guichet/"
        return str(super().get_login_redirect_url(request))
