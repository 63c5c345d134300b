"""Accounts of the office: an address, a password, a second factor or a passkey. Nobody signs up alone."""

from typing import Any

from .addresses import OFFICE_ORIGIN, is_https
from .environment import asked
from .paths import MAIL

AUTH_USER_MODEL = "accounts.User"

AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "parvis.foundation.accounts.sessions.SignIn",
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]

SIGN_IN: dict[str, Any] = {
    "LOGIN_URL": "account_login",
    "LOGIN_REDIRECT_URL": "/",
    "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
    "ACCOUNT_ADAPTER": "parvis.config.people.OfficeAccounts",
    "ACCOUNT_LOGIN_METHODS": {"email"},
    "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*", "password2*"],
    "ACCOUNT_EMAIL_VERIFICATION": "none",  # an administrator makes the account and knows the person
    "ACCOUNT_PREVENT_ENUMERATION": "strict",
    "ACCOUNT_SESSION_REMEMBER": False,
    "ACCOUNT_REAUTHENTICATION_TIMEOUT": 900,
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_TOTP_ISSUER": "Parvis",
    "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not is_https(OFFICE_ORIGIN),
}

SESSION: dict[str, Any] = {
    "SESSION_ENGINE": "parvis.foundation.accounts.sessions",
    "SESSION_COOKIE_NAME": "parvis_session",
    "SESSION_COOKIE_AGE": 12 * 3600,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "CSRF_COOKIE_NAME": "parvis_csrf",
    "CSRF_COOKIE_HTTPONLY": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "CSRF_TRUSTED_ORIGINS": [OFFICE_ORIGIN],
    "CSRF_FAILURE_VIEW": "parvis.config.failing.unproved",
}


def mail() -> dict[str, Any]:
    """Settings of outgoing mail. With no server named, messages wait as files in ``var/mail``."""
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415

    parts = urlsplit(asked("PARVIS_EMAIL_URL"))
    if not parts.hostname:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": MAIL}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 10,
    }
