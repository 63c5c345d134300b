"""Proofs of what was done after an award, as PDF: they rest on what was stored and on nothing of today."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from parvis.domain.funding.enums import FieldType, ReportKind, SignatureWay
from parvis.domain.funding.models import CitySignature, ConventionSignature, ReportSheet
from parvis.domain.funding.queries import accounts_of, sheet_form
from parvis.domain.funding.queries.duties import Compared
from parvis.doors.counter.naming import title_said
from parvis.doors.counter.words import budget_lines
from parvis.doors.ui import spelling
from parvis.doors.ui.words import city_name, paper_mark, tongue
from parvis.exchange.formats.papers import receipt
from parvis.foundation.values.words import in_language


def signature_pdf(signature: ConventionSignature) -> bytes:
    """Who signed a convention for its beneficiary, in what capacity, when, and the digest of the paper signed."""
    with override(signature.language):
        convention, grant = signature.paper.convention, signature.paper.convention.grant
        amendment = signature.paper.amendment
        said = {"number": convention.number, "name": signature.name, "when": moment_said(signature.signed_at)}
        rows = [
            [_("Grant"), title_said(grant.subject)],
            [_("Beneficiary"), title_said(grant.beneficiary) if grant.beneficiary else ""],
            [_("Signed by"), f"{signature.name}, {signature.capacity}"],
            [_("How"), str(SignatureWay(signature.way).label)],
            [_("Account"), str(signature.person_id)],
            [_("When"), said["when"]],
            *_of_the_city(signature),
        ]
        copies = [[_("Signed copy"), signature.copy.sha256]] if signature.copy else []
        facts = paper_facts(
            title=(
                _("Signature of an amendment of convention %(number)s")
                if amendment
                else _("Signature of convention %(number)s")
            )
            % said,
            number=convention.number,
            sentence=(
                _("%(name)s signed an amendment of convention %(number)s for its beneficiary on %(when)s.")
                if amendment
                else _("%(name)s signed convention %(number)s for its beneficiary on %(when)s.")
            )
            % said,
            rows=rows,
            documents=copies,
            digest_title=_("Digest of the paper signed (SHA-256)"),
            digest=signature.paper.sha256,
        )
        return receipt(facts, signature.signed_at)


def _of_the_city(signature: ConventionSignature) -> list[list[str]]:
    """Who signed the same paper for the city, and by which delegation; nothing before it has."""
    city: CitySignature | None = getattr(signature.paper, "city_signature", None)
    if city is None:
        return []
    rows = [[_("Signed for the City by"), f"{city.name}, {city.capacity}, {moment_said(city.signed_at)}"]]
    if city.office and city.delegation:
        rows.append([_("By delegation of"), f"{title_said(city.office)}, {title_said(city.delegation)}"])
    return rows


def report_pdf(sheet: ReportSheet) -> bytes:
    """The receipt of a report: when it was received, all that was sent, and the digest of it."""
    with override(sheet.language):
        assert sheet.sent_at is not None
        named = {"report": ReportKind(sheet.kind).label, "when": moment_said(sheet.sent_at)}
        facts = paper_facts(
            title=_("Receipt of a report: %(report)s") % named,
            number=f"{sheet.grant.file or sheet.grant.key} / {sheet.turn}",
            sentence=_("%(report)s received on %(when)s. Nothing else to do.") % named,
            rows=[[_("Grant"), title_said(sheet.grant.subject)], [_("Received"), str(named["when"])]],
            sections=_sections(sheet),
            digest_title=_("Digest of what was sent (SHA-256)"),
            digest=sheet.digest,
        )
        return receipt(facts, sheet.sent_at)


def _sections(sheet: ReportSheet) -> list[dict[str, Any]]:
    values, form = (sheet.content or {}).get("answers", {}), sheet_form(sheet)
    labels = {code: label for _side, lines in budget_lines() for code, label in lines}
    found = []
    for section in form.sections:
        lines: list[list[str]] = []
        for question in form.of_section(section.code):
            if question.type == FieldType.BUDGET:
                lines += _accounts(sheet, values, labels) if question.code == "actual" else []
            elif said := str(values.get(question.code) or "").strip():
                lines.append([in_language(question.words, sheet.language)[0], said])
        found.append({"title": in_language(section.words, sheet.language)[0], "lines": lines})
    return found


def _accounts(sheet: ReportSheet, values: dict[str, Any], labels: dict[str, str]) -> list[list[str]]:
    rows = [line for _side, lines in accounts_of(sheet, values) for line in lines if line.budget or line.actual]
    return [[labels[line.code], _line_said(line, sheet)] for line in rows]


def _line_said(line: Compared, sheet: ReportSheet) -> str:
    amounts = {name: getattr(line, name) for name in ("budget", "actual", "gap")}
    said = {name: spelling.money(amount, sheet.grant.currency, sheet.language) for name, amount in amounts.items()}
    share = "" if line.percent is None else f" ({line.percent} %)"
    return _("budget %(budget)s, actual %(actual)s, gap %(gap)s") % said + share


def paper_facts(**facts: Any) -> dict[str, Any]:
    """What the receipt's layout asks for, with what these proofs leave out."""
    return {
        "language": tongue(),
        "mark": paper_mark(),
        "city": city_name(),
        "documents_title": _("Documents"),
        "documents": [],
        "sections": [],
        **facts,
    }


def moment_said(when: datetime) -> str:
    """A moment with the city's zone, in the language of the paper."""
    return spelling.moment(when, tongue(), timezone.get_default_timezone_name())
