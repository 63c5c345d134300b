"""What a reviewer is told of each file in a list: what it is about, never who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, prefetch_related_objects

from parvis.domain.funding.enums import Carried, FieldType
from parvis.domain.funding.models import Mark, Review
from parvis.domain.funding.queries.blinding import blinded
from parvis.domain.funding.queries.files import answers_of_each, form_read
from parvis.domain.funding.queries.forms import Form, Question, is_shown, lines_in
from parvis.domain.funding.queries.naming import names_in_each, names_someone
from parvis.domain.funding.queries.reviews import criteria_of, reviews_of
from parvis.domain.funding.queries.selections import theme_of_all
from parvis.foundation.accounts.models import User


@dataclass(frozen=True, slots=True)
class BlindLine:
    """A file in its reviewer's list; of a file without a question on its theme, ``theme`` is that of its call.

    ``marked`` criteria have their mark, of as many as there are.
    """

    review: Review
    currency: str
    title: str
    asked: Decimal | None
    theme_asked: Question | None
    theme: Any
    country_asked: Question | None
    country: Any
    marked: int
    criteria: int


def unsigned_reviews(person: User) -> QuerySet[Review]:
    """What a person still has to read, call by call: the order of codes, which tells nothing of the files."""
    return reviews_of(person).filter(signed_at__isnull=True).order_by("application__call__subject__key", "pk")


def reviews_signed_by(person: User) -> QuerySet[Review]:
    """What a person has read and signed, the latest first."""
    return reviews_of(person).filter(signed_at__isnull=False).order_by("-signed_at", "pk")


def blind_lines(reviews: Sequence[Review]) -> list[BlindLine]:
    """Readings as a list tells them, in as many queries however many they are."""
    prefetch_related_objects(reviews, "application__form", "application__call__programme", "application__body")
    given = Mark.objects.filter(review__in=reviews, value__isnull=False).values_list("review")
    marked = dict(given.annotate(Count("pk")).order_by())
    files = [row.application for row in reviews]
    answers = answers_of_each(files)
    names = names_in_each(files, answers)
    return [
        _line(row, answers[row.application_id], names[row.application_id], marked.get(row.pk, 0)) for row in reviews
    ]


def _line(review: Review, answers: Mapping[str, Any], names: Iterable[str], marked: int) -> BlindLine:
    file = review.application
    form = form_read(file.form_id)
    theme, country = _carries(form, answers, Carried.THEME), _carries(form, answers, Carried.COUNTRY)
    country = country or next((one for one in _standing(form, answers) if one.type == FieldType.PLACES), None)
    told = {
        "title": file.title,
        "theme": _answer(form, theme, answers) if theme else theme_of_all(file.call),
        "country": _answer(form, country, answers) if country else "",
    }
    return BlindLine(
        review=review,
        currency=file.call.currency or "EUR",
        **blinded(told, names),
        asked=file.asked,
        theme_asked=theme,
        country_asked=country,
        marked=marked,
        criteria=len(criteria_of(file.form)),
    )


def _standing(form: Form, answers: Mapping[str, Any]) -> list[Question]:
    return [one for one in form.questions if not one.within and is_shown(form, one, answers)]


def _carries(form: Form, answers: Mapping[str, Any], what: Carried) -> Question | None:
    return next((one for one in _standing(form, answers) if one.carries == what), None)


def _answer(form: Form, question: Question, answers: Mapping[str, Any]) -> Any:
    """What is answered, where its reviewer may be told it; of places, the countries, each once."""
    if question.type == FieldType.PLACES:
        paths = [f"{question.code}.{line}.country" for line in lines_in(answers, question.code)]
    else:
        paths = [question.code]
    told = {path: answers.get(path) for path in paths if not names_someone(form, path)}
    return list(dict.fromkeys(filter(None, told.values()))) if question.type == FieldType.PLACES else told.get(paths[0])
