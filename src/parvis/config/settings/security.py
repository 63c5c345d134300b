"""What browsers are told to refuse, on both sites. No inline script or style, no frame, nothing from elsewhere."""

from typing import Any

from .addresses import is_https

SELF = "'self'"
NONE = "'none'"

POLICY: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],  # the marks drawn in the stylesheet
    "font-src": [SELF],
    "connect-src": [SELF],
    "worker-src": [SELF],  # the interactive map
    "manifest-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
    "object-src": [NONE],
}

#: Features of the browser that no page of ours uses.
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


def policy_text() -> str:
    """The policy as it is sent. Being constant, it is spelt once."""
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in POLICY.items())


def transport(origin: str) -> dict[str, Any]:
    """Settings that hold only where readers come by HTTPS."""
    https = is_https(origin)
    return {
        "SECURE_SSL_REDIRECT": https,
        "SECURE_HSTS_SECONDS": 31_536_000 if https else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": https,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if https else None,
        "SESSION_COOKIE_SECURE": https,
        "CSRF_COOKIE_SECURE": https,
    }
