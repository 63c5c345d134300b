"""Who may come into the office, and by which emails."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from parvis.domain.funding import actions
from parvis.domain.funding.enums import EmailKind
from parvis.doors.ui.words import tongue
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

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a way in to the outbox, which makes its link as it leaves. Others leave as they are."""
        if template_prefix == "account/email/password_reset_key":
            kind, address = EmailKind.RESET, context["user"].email
            subject = _("A new password")
            said = _("Choose a new password within three days: %(address)s")
            body = f"{said}\n\n{_('If you asked for nothing, do nothing: your password stays.')}"
        elif template_prefix == "account/email/unknown_account":
            kind, address = EmailKind.ACCOUNT, email.lower()
            subject, body = _("Your account at the counter"), _("Open your account within two days: %(address)s")
        else:
            super().send_mail(template_prefix, email, context)
            return
        actions.write_personal(
            kind=kind,
            address=address,
            subject=subject,
            body=body % {"address": actions.LINK},
            language=tongue(),
            at=timezone.now(),
        )
