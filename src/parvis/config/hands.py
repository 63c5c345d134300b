"""Each form of the office says for whom it was made, beside the token that proves where it comes from.

So the words of a page that is posted after its session ended are kept for whoever wrote them, whatever the page.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

from parvis.foundation.accounts.hands import HAND, hand_of
from parvis.foundation.accounts.models import User

register = template.Library()


class Proof(CsrfTokenNode):
    """Django's token of a form, and its hand."""

    def render(self, context: Any) -> str:
        token = str(super().render(context))
        request = context.get("request")
        person = getattr(request, "user", None)
        if not token or request is None or not isinstance(person, User):
            return token
        if not hasattr(request, "hand"):  # sealed once a page, however many forms it has
            request.hand = hand_of(person)
        return token + format_html('<input type="hidden" name="{}" value="{}">', HAND, request.hand)


@register.tag
def csrf_token(parser: Parser, token: Token) -> Proof:  # noqa: ARG001  # as Django calls a tag
    """In place of Django's own, in every template of the office."""
    return Proof()
