"""What each column is called on a form, and the help beside it. A test holds that none is forgotten."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from parvis.doors.desk.words import tongue
from parvis.doors.ui.spelling import LOCALES
from parvis.register.fields import PartialDateField, RefField

LABELS: dict[str, Any] = {
    "about": _("About"),
    "above_asked": _("Why more was voted than asked"),
    "abstentions": _("Abstentions"),
    "acting_for": _("Standing in for"),
    "actual": _("Real date"),
    "adopted": _("Adopted"),
    "agreement": _("Agreement"),
    "aim": _("Aim"),
    "aimed_at": _("Aimed at"),
    "amount": _("Amount"),
    "amount_asked": _("Amount asked for"),
    "amount_paid": _("Amount paid"),
    "amount_rule": _("What the amount is"),
    "amount_voted": _("Amount voted"),
    "answer": _("Answer"),
    "answered": _("Answered on"),
    "applicants": _("Bodies that may ask"),
    "areas": _("Areas"),
    "as_of": _("As of"),
    "asked": _("Asked on"),
    "asked_by": _("Asked by"),
    "asked_on": _("Asked for on"),
    "at_home": _("Act of the city's own past"),
    "awarded_by": _("Awarded by"),
    "base": _("Base"),
    "beneficiary": _("Beneficiary"),
    "body": _("Body"),
    "by": _("By"),
    "called": _("Called by the source"),
    "closed": _("Closed"),
    "closes_at": _("Closes at"),
    "code": _("Code"),
    "comes_from": _("From the state"),
    "counted_as": _("Counted as"),
    "country": _("Country"),
    "crisis": _("Crisis"),
    "currency": _("Currency"),
    "date": _("Date"),
    "date_basis": _("How the date is known"),
    "day": _("Day"),
    "deadline": _("Deadline"),
    "decision": _("Decision"),
    "definition": _("Definition"),
    "destination": _("Destination"),
    "edition": _("Edition"),
    "editions": _("Editions"),
    "effect": _("How far it reaches"),
    "ends": _("Ends"),
    "envelope": _("Envelope"),
    "event_day": _("Day remembered"),
    "evidence": _("Evidence"),
    "exception": _("Beyond the usual scope"),
    "expected": _("Expected date"),
    "fact": _("Mark of the fact"),
    "file": _("File code"),
    "followed_by": _("Followed by"),
    "follows": _("Follows the edition"),
    "form": _("Form"),
    "founded": _("Founded"),
    "founder": _("Founder"),
    "geoname": _("GeoNames number"),
    "given_by": _("Given by"),
    "goals": _("Sustainable development goals"),
    "goes_to": _("To the state"),
    "guards": _("Held back unless"),
    "headline": _("Shown on the home page"),
    "help": _("Help"),
    "highest": _("Highest grant"),
    "honoree": _("Person or body honoured"),
    "how": _("How"),
    "identifiers": _("Identifiers"),
    "importance": _("How much of it"),
    "in_force_from": _("In force from"),
    "invented": _("Invented, for an example city"),
    "jurisdiction": _("Jurisdiction"),
    "key": _("Key"),
    "kind": _("Kind"),
    "label": _("Label"),
    "language": _("Language"),
    "latitude": _("Latitude"),
    "least": _("Least"),
    "least_amount": _("Least amount"),
    "least_years": _("Years the body must have existed"),
    "legal_basis": _("Legal basis"),
    "level": _("Level"),
    "levy": _("Levy"),
    "line": _("Line of the budget"),
    "longitude": _("Longitude"),
    "lowest": _("Lowest grant"),
    "made": _("Made on"),
    "made_by": _("Made by"),
    "managed_by": _("Managed by"),
    "matter": _("Matter"),
    "member": _("Member"),
    "most": _("Most"),
    "most_rate": _("Share of the cost, per cent"),
    "natural_person": _("Given to a natural person"),
    "nameless": _("Holds no name: reviewers read it"),
    "network": _("Network"),
    "next_step": _("Next step"),
    "note": _("Note"),
    "notice_months": _("Notice, in months"),
    "number": _("Number"),
    "opened": _("Opened on"),
    "opens_at": _("Opens at"),
    "options": _("List to choose from"),
    "order": _("Order"),
    "origin": _("Origin"),
    "out_of_scope": _("Why it goes beyond the usual scope"),
    "outcome": _("Outcome"),
    "parent": _("Part of"),
    "partner": _("Partner"),
    "party": _("Party"),
    "payer": _("Paid by"),
    "person": _("Person"),
    "pilot": _("On trial"),
    "place": _("Place"),
    "place_in_rank": _("Place in the ranking"),
    "place_known": _("How the place is known"),
    "pledge": _("Pledge"),
    "preferred": _("Side shown first"),
    "programme": _("Programme"),
    "project": _("Project"),
    "property": _("Property"),
    "publisher": _("Published by"),
    "publisher_body": _("Published by (record)"),
    "rate": _("Rate"),
    "reached": _("Reached"),
    "reason": _("Reason"),
    "record": _("Record"),
    "recurs": _("Comes back"),
    "recurs_on": _("Comes back on"),
    "remembers": _("Remembers"),
    "renewal": _("Renewal"),
    "repealed": _("Repealed"),
    "required": _("Required"),
    "review_on": _("Review on"),
    "role": _("Role"),
    "run_by": _("Run by"),
    "scope": _("Scope"),
    "seat": _("Seated in"),
    "seats": _("Members in office"),
    "section": _("Page of the form"),
    "set": _("Among"),
    "shown_if": _("Shown only if"),
    "shown_value": _("Answers that show it"),
    "signed": _("Signed"),
    "signed_at": _("Signed at"),
    "since": _("Since"),
    "source": _("Source"),
    "speaks": _("Who speaks"),
    "stage": _("Stage"),
    "stage_as_of": _("Stage as of"),
    "starts": _("Starts"),
    "state": _("State"),
    "state_as_of": _("State as of"),
    "statement": _("Statement"),
    "status": _("Status"),
    "step": _("Step"),
    "subject": _("Record"),
    "successor": _("Succeeded by"),
    "taken_by": _("Taken by"),
    "term_years": _("Term, in years"),
    "type": _("Type"),
    "unit": _("Unit"),
    "until": _("Until"),
    "unveiled": _("Unveiled"),
    "valid_from": _("From"),
    "valid_to": _("Until, excluded"),
    "voters": _("Members who took part in the vote"),
    "votes_against": _("Votes against"),
    "votes_for": _("Votes for"),
    "weight": _("Weight"),
    "when": _("When"),
    "who": _("Who"),
    "within": _("Within"),
    "words": _("In words"),
    "workflow": _("Workflow"),
    "year": _("Year"),
}

PARTS: dict[str, Any] = {
    "about": _("What it is about"),
    "acts": _("What was done"),
    "aims": _("What it also serves"),
    "cites": _("Sources"),
    "clauses": _("Clauses"),
    "concerns": _("Records concerned"),
    "criteria": _("Criteria"),
    "documents": _("Documents asked for"),
    "editions": _("Editions"),
    "evidence": _("Evidence"),
    "fields": _("Questions of the form"),
    "figures": _("Results in figures"),
    "holdings": _("Who held it"),
    "results": _("What was done in it"),
    "members": _("Members"),
    "milestones": _("Milestones"),
    "names": _("Names"),
    "organisers": _("Organisers"),
    "outcomes": _("What came after"),
    "participants": _("Participants"),
    "parties": _("Parties"),
    "partners": _("Partners"),
    "places": _("Places"),
    "plan": _("Planned, year by year"),
    "rules": _("Rules"),
    "sections": _("Pages of the form"),
    "sides": _("Sides"),
    "statuses": _("Statuses"),
    "steps": _("Steps"),
    "transitions": _("Steps"),
}


#: Public texts a record may carry besides its facts.
TEXTS: dict[str, Any] = {
    "conditions": _("Conditions"),
    "title": _("Title"),
    "summary": _("Summary"),
    "answer": _("Answer"),
    "body": _("Story"),
    "reason": _("Reason"),
    "purpose": _("What it pays for"),
}

#: The head of a record and the columns every list shares.
HEAD: dict[str, Any] = {
    "visibility": _("Who may read it"),
    "themes": _("Themes"),
    "priorities": _("Priorities"),
    "original": _("Language it was first written in"),
    "future_until": _("Speaks of the future until"),
    "names": _("Names"),
    "cites": _("Sources"),
    "text": _("Name"),
    "lang": _("Language"),
    "from": _("From"),
    "to": _("Until"),
    "lines": _("Lines"),
    "page": _("Page"),
    "section": _("Section of the source"),
}

#: What a person may not guess. Said once, beside the field.
HELP: dict[str, Any] = {
    "matter": _("What it is about, in the nomenclature of acts sent to the State."),
    "voters": _("Without those absent. For, against and abstentions add up to it."),
    "weight": _("Out of 100. Empty: not known."),
    "within": _("The code of a question of the type “repeated lines”."),
    "shown_if": _("The code of another question. Empty: always shown."),
    "options": _("One a line, code and words: spring: Printemps | Spring"),
    "closes_at": _("2027-03-31 17:00, as the city's clock shows it. The call is closed at that very second."),
    "opens_at": _("2027-01-15 09:00, as the city's clock shows it"),
    "key": _("Small letters, digits and hyphens. It is part of the public address and never changes."),
    "visibility": _("Only what is public can be published. A draft stays at the desk."),
    "future_until": _("After this day, Today asks you to look at the text again."),
    "called": _("The word the source uses: pact, accord, charter…"),
    "notice_months": _("Today warns you before the last day to give notice."),
    "identifiers": _("One a line, name and number: siren: 217500016"),
    "recurs_on": _("--05 for each May, --09-26 for each 26 September"),
    "statement": _("Key of the record, #, mark of the fact"),
    "file": _("The code of the document in your own files."),
    "fact": _("The mark this fact has in your own list, if there is one."),
    "lines": _("47, or 47-48"),
    "preferred": _("The number of the side, counted from 1. Say why below."),
    "valid_to": _("The first day it no longer holds."),
    "order": _("The smallest comes first on the home page."),
    "counted_as": _("The records that should add up to this figure. Today says when they do not."),
    "headline": _("At most six are shown."),
    "geoname": _("Found by itself from the name and the country. A name with several places asks you."),
    "evidence": _("Records that show it. Without any, nothing is called kept or proven."),
    "rate": _("A share: 0.01 for one per cent."),
    "natural_person": _("Their name stays in the file, and is never published."),
    "about": _("The field this source supports, if it is one only."),
}


def label_of(field: models.Field[Any, Any]) -> str:
    """What a column is called; its own name when nobody named it."""
    return str(LABELS.get(field.name, field.name.replace("_", " ")))


def help_of(field: models.Field[Any, Any]) -> str:
    """What to know before filling a column; nothing where its name says it."""
    if field.name in HELP and not isinstance(field, RefField):
        return str(HELP[field.name])
    if isinstance(field, PartialDateField):
        return str(_("2015, 2015-05, 2015-05-09 or 2013/2016"))
    return ""


def part_label(name: str) -> str:
    return str(PARTS.get(name, name))


def text_label(name: str) -> str:
    return str(TEXTS.get(name, LABELS.get(name, name)))


def head_label(name: str) -> str:
    return str(HEAD.get(name, LABELS.get(name, name)))


def language_label(code: str) -> str:
    """A language, named in the reader's own."""
    return capfirst(str(Locale.parse(LOCALES[tongue()]).languages.get(code, code)))
