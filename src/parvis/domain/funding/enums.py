"""The states of money, of calls and of files, and where each may go."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext


class GrantForm(TextChoices):
    CASH = "cash", _("Money")
    IN_KIND = "in_kind", _("In kind")


class GrantState(TextChoices):
    ASKED = "asked", _("Asked for")
    AWARDED = "awarded", pgettext("grant", "Awarded")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")
    CLOSED = "closed", pgettext("grant", "Closed")


class Aim(TextChoices):
    """What aid may also serve, whatever its sector; the field counts twelve."""

    GENDER = "gender", _("Equality of women and men")
    ENVIRONMENT = "environment", _("Environment")
    GOVERNANCE = "governance", _("Participation and good government")
    TRADE = "trade", _("Trade")
    BIODIVERSITY = "biodiversity", _("Biodiversity")
    MITIGATION = "mitigation", _("Less greenhouse gas")
    ADAPTATION = "adaptation", _("Living with a changed climate")
    DESERTIFICATION = "desertification", _("Against desertification")
    MOTHERS = "mothers", _("Health of mothers and children")
    DISASTERS = "disasters", _("Fewer disasters")
    DISABILITY = "disability", _("Persons with disabilities")
    NUTRITION = "nutrition", _("Nutrition")


class AimWeight(TextChoices):
    MAIN = "main", _("Its main aim")
    ALSO = "also", _("One of its aims")
    NOT = "not", _("Looked at: not an aim")


class Effect(TextChoices):
    """How far a result reaches."""

    OUTPUT = "output", _("What was done")
    OUTCOME = "outcome", _("What it changed for those concerned")
    IMPACT = "impact", _("What it changed for good")


class AidPart(TextChoices):
    """What a declaration of aid tells apart."""

    PROJECTS = "projects", _("Projects and bodies helped")
    IN_KIND = "in_kind", _("Help in kind")
    REFUGEES = "refugees", _("Refugees received")
    SCHOLARSHIPS = "scholarships", _("Scholarships and mobility")
    AWARENESS = "awareness", _("Awareness at home")
    STAFF = "staff", _("Staff and follow-up")


class PlaceKnown(TextChoices):
    """How sure one is of the place a grant serves."""

    STATED = "stated", _("Stated")
    INFERRED = "inferred", _("Read from the title")
    UNKNOWN = "unknown", _("Not known")


_S = GrantState

#: From each state of a grant, the states that may follow.
GRANT_MOVES: dict[GrantState, frozenset[GrantState]] = {
    _S.ASKED: frozenset({_S.AWARDED, _S.REFUSED, _S.CANCELLED}),
    _S.AWARDED: frozenset({_S.CANCELLED, _S.CLOSED}),
    _S.REFUSED: frozenset(),
    _S.CANCELLED: frozenset(),
    _S.CLOSED: frozenset(),
}


class AmountRule(TextChoices):
    """What the amount of a call says. A text that gives one figure is taken as it stands."""

    FLAT = "flat", _("Flat amount")
    MAXIMUM = "maximum", _("At most")
    RANGE = "range", _("Between two amounts")
    RATE = "rate", _("Share of the cost")
    FREE = "free", _("No amount stated")


class ApplicationState(TextChoices):
    """Where a file stands. A workflow chooses among these and says who moves it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    TO_COMPLETE = "to_complete", _("To complete")
    COMPLETE = "complete", _("Complete")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible")
    UNDER_REVIEW = "under_review", _("Under review")
    RANKED = "ranked", _("Ranked")
    PROPOSED = "proposed", _("Proposed to the council")
    WAITING = "waiting", _("On the waiting list")
    AWARDED = "awarded", pgettext("application", "Awarded")
    REFUSED = "refused", pgettext("application", "Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


#: States in which the applicant may write in the form.
WRITABLE = frozenset({ApplicationState.DRAFT, ApplicationState.TO_COMPLETE})
#: States that are the end of a file.
SETTLED = frozenset({
    ApplicationState.AWARDED, ApplicationState.REFUSED, ApplicationState.INELIGIBLE, ApplicationState.WITHDRAWN,
})  # fmt: skip

#: States in which money is promised: no step leads out of them, the grant's own page does what is done next.
WITH_MONEY = (ApplicationState.AWARDED,)

#: States in which nothing is given, and which an appeal may have looked at again.
REFUSALS = frozenset({ApplicationState.REFUSED, ApplicationState.INELIGIBLE})


class Actor(TextChoices):
    """Who takes a step of a workflow."""

    APPLICANT = "applicant", _("The applicant")
    OFFICER = "officer", _("An officer")
    PUBLISHER = "publisher", _("A publisher")


class Guard(TextChoices):
    """A condition that holds a step back, by name; each has its test in the room."""

    CALL_OPEN = "call_open", _("The call is open by the server's clock")
    FORM_COMPLETE = "form_complete", _("Every required answer is given and can be read")
    BUDGET_BALANCED = "budget_balanced", _("The budget balances")
    AMOUNT_ALLOWED = "amount_allowed", _("The amount asked is what the call allows")
    DOCUMENTS_GIVEN = "documents_given", _("Every required document is given and valid")
    SIGNATORY = "signatory", _("The person may sign for the body")
    REASON_GIVEN = "reason_given", _("A reason is given")
    TWO_REVIEWS = "two_reviews", _("Two reviews are signed")
    REVIEWS = "reviews", _("Enough reviews are signed")
    ELIGIBLE = "eligible", _("Every rule of eligibility is met")
    NO_CONFLICT = "no_conflict", _("No reading was lost to a conflict of interest without another in its place")
    WITHIN_ENVELOPE = "within_envelope", _("The envelope has what is asked")
    CALL_CLOSED = "call_closed", _("The call is closed by the server's clock")
    IN_ITS_TIME = "in_its_time", _("Between the two moments that the step says")


class Carried(TextChoices):
    """What a question of a form says of its file, for lists and selections."""

    THEME = "theme", _("The theme of the file")
    COUNTRY = "country", _("The country of the file")
    DISCIPLINE = "discipline", _("The discipline of the file")
    MEANS = "means", _("The means that set the share paid")


class FieldType(TextChoices):
    """What a question of a form asks for."""

    TEXT = "text", _("Short text")
    AREA = "area", _("Long text")
    AMOUNT = "amount", _("Amount")
    COUNT = "count", _("Whole number")
    DAY = "day", _("Day")
    YES_NO = "yes_no", _("Yes or no")
    CHOICE = "choice", _("One of a list")
    SEVERAL = "several", _("Several of a list")
    EMAIL = "email", _("Email address")
    ROWS = "rows", _("Repeated lines")
    COFUNDING = "cofunding", _("Co-funding plan")
    BUDGET = "budget", _("Budget table")
    PLACES = "places", _("Places on the map")
    SDG = "sdg", _("Sustainable development targets")


#: Kinds whose lines have columns of the form's own.
WITH_COLUMNS = frozenset({FieldType.ROWS, FieldType.COFUNDING})


class BodyScheme(TextChoices):
    """The register that gave a body its number."""

    SIRET = "siret", _("SIRET")
    RNA = "rna", _("RNA")
    FOREIGN = "org_id", _("Foreign register")
    PERSON = "person", _("A person, in their own name")


#: The kind of who asks in their own name: a student, a researcher. No record is ever made of them.
NATURAL_PERSON = "natural_person"
#: Kinds of calls that pay for a stay: where from, or where to, is counted, and nobody is named.
STAYS = ("research_stay", "student_mobility")


class MemberRole(TextChoices):
    """What a person may do for a body."""

    MANAGER = "manager", _("Manages people and documents, writes and signs")
    SIGNATORY = "signatory", _("Writes, signs and sends")
    WRITER = "writer", _("Writes")
    READER = "reader", _("Reads")


MAY_WRITE = frozenset({MemberRole.MANAGER, MemberRole.SIGNATORY, MemberRole.WRITER})
MAY_SIGN = frozenset({MemberRole.MANAGER, MemberRole.SIGNATORY})


class Asker(TextChoices):
    """Who asked that a person be erased."""

    PERSON = "person", _("The person")
    REPRESENTATIVE = "representative", _("Who represents the person")
    AUTHORITY = "authority", _("The data-protection authority")
    HOUSE = "house", _("The city itself: kept longer than needed")


class EmailState(TextChoices):
    """Where an email of the outbox stands."""

    WAITING = "waiting", _("Waiting to leave")
    HELD = "held", _("Held back")
    SENT = "sent", _("Sent")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Could not be delivered")


class EmailKind(TextChoices):
    """Why an email is written."""

    NOTICE = "notice", _("News of a file or a grant")
    RECEIPT = "receipt", _("Receipt of what was sent")
    REMINDER = "reminder", _("Reminder before a due date")
    ACCOUNT = "account", _("Link that opens an account")
    INVITATION = "invitation", _("Invitation to act for a body")
    RESET = "reset", _("Link that gives a new password")


#: Emails that carry a way in for one person: they leave at once, and nobody reads their link.
PERSONAL = frozenset({EmailKind.ACCOUNT, EmailKind.INVITATION, EmailKind.RESET})


class Side(TextChoices):
    """Who wrote a message about a file."""

    APPLICANT = "applicant", _("The applicant")
    OFFICE = "office", _("The office")


class Stage(TextChoices):
    """Where money stands in the ledger."""

    COUNCIL = "council", _("The council")
    VOTED = "voted", _("Voted, not yet in an envelope")
    AVAILABLE = "available", _("Left in the envelope")
    RESERVED = "reserved", _("Reserved")
    COMMITTED = "committed", _("Committed")
    PAID = "paid", _("Paid")
    OWED = "owed", _("To be paid back")
    RECOVERED = "recovered", _("Paid back")


class Act(TextChoices):
    """What an entry of the ledger does."""

    VOTE = "vote", _("Vote")
    LOWER = "lower", _("Vote lowered")
    ALLOT = "allot", _("Put in an envelope")
    TAKE_BACK = "take_back", _("Taken back from an envelope")
    RESERVE = "reserve", _("Reserved for a file")
    RELEASE = "release", _("Reservation released")
    AWARD = "award", pgettext("grant", "Awarded")
    RAISE = "raise", _("Award raised")
    REDUCE = "reduce", _("Award reduced")
    CANCEL = "cancel", _("Award cancelled")
    PAY = "pay", _("Paid")
    RETURN = "return", _("Sent back by the bank")
    CLAIM = "claim", _("Claimed back")
    WAIVE = "waive", _("Claim given up")
    RECOVER = "recover", _("Recovered")
    CARRY = "carry", _("Carried to the next year")


#: Acts that give what was not promised before: none is done in a year that is closed, or carries into it.
GIVES_ANEW = frozenset({Act.VOTE, Act.ALLOT, Act.RESERVE, Act.AWARD, Act.RAISE, Act.CARRY})


#: For each act, the stages money may go from and to. Carrying goes through the council in both years.
MOVES_OF_MONEY: dict[Act, frozenset[tuple[Stage, Stage]]] = {
    Act.VOTE: frozenset({(Stage.COUNCIL, Stage.VOTED)}),
    Act.LOWER: frozenset({(Stage.VOTED, Stage.COUNCIL)}),
    Act.ALLOT: frozenset({(Stage.VOTED, Stage.AVAILABLE)}),
    Act.TAKE_BACK: frozenset({(Stage.AVAILABLE, Stage.VOTED)}),
    Act.RESERVE: frozenset({(Stage.AVAILABLE, Stage.RESERVED)}),
    Act.RELEASE: frozenset({(Stage.RESERVED, Stage.AVAILABLE)}),
    Act.AWARD: frozenset({(Stage.AVAILABLE, Stage.COMMITTED), (Stage.RESERVED, Stage.COMMITTED)}),
    Act.RAISE: frozenset({(Stage.AVAILABLE, Stage.COMMITTED)}),
    Act.REDUCE: frozenset({(Stage.COMMITTED, Stage.AVAILABLE)}),
    Act.CANCEL: frozenset({(Stage.COMMITTED, Stage.AVAILABLE)}),
    Act.PAY: frozenset({(Stage.COMMITTED, Stage.PAID)}),
    Act.RETURN: frozenset({(Stage.PAID, Stage.COMMITTED)}),
    Act.CLAIM: frozenset({(Stage.PAID, Stage.OWED)}),
    Act.WAIVE: frozenset({(Stage.OWED, Stage.PAID)}),
    Act.RECOVER: frozenset({(Stage.OWED, Stage.RECOVERED)}),
    Act.CARRY: frozenset({(Stage.AVAILABLE, Stage.COUNCIL), (Stage.COUNCIL, Stage.AVAILABLE)}),
}


class Condition(TextChoices):
    """What must be so before an instalment is paid."""

    SIGNATURE = "signature", _("Once the convention is signed")
    NARRATIVE = "narrative", _("Once a narrative report is accepted")
    FINANCIAL = "financial", _("Once a financial report is accepted")


class AmendmentKind(TextChoices):
    AMOUNT = "amount", _("Amount")
    PERIOD = "period", _("Period")
    PURPOSE = "purpose", _("Purpose")


class Direction(TextChoices):
    """Which way the money of a framework agreement goes."""

    GIVEN = "given", _("From the city")
    RECEIVED = "received", _("To the city")


class Advice(TextChoices):
    """What an office says of a grant before it is decided."""

    FAVOURABLE = "favourable", _("Favourable")
    RESERVED = "reserved", _("Favourable, with a reserve")
    UNFAVOURABLE = "unfavourable", _("Unfavourable")


class RequestState(TextChoices):
    """Where the request for an amendment stands."""

    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class SignatureWay(TextChoices):
    """How a beneficiary signed its convention."""

    ELECTRONIC = "electronic", _("Signed at the counter")
    COPY = "copy", _("Signed by hand, copy sent")


class ReportKind(TextChoices):
    NARRATIVE = "narrative", _("Narrative report")
    FINANCIAL = "financial", _("Financial report")


class ReportState(TextChoices):
    RECEIVED = "received", _("Received")
    ACCEPTED = "accepted", pgettext("report", "Accepted")
    RETURNED = "returned", _("Sent back")


class OrderState(TextChoices):
    ISSUED = "issued", _("Issued")
    EXPORTED = "exported", _("Sent to finance")
    PAID = "paid", _("Paid")
    REFUSED = "refused", _("Refused by finance")
    RETURNED = "returned", _("Sent back by the bank")


#: Orders that paid nothing in the end: their instalment may be ordered again.
PAID_NOTHING = (OrderState.REFUSED, OrderState.RETURNED)
#: Orders that paid their instalment, or are to.
PAYING = tuple(state for state in OrderState if state not in PAID_NOTHING)


class ClaimState(TextChoices):
    ISSUED = "issued", _("Issued")
    RECOVERED = "recovered", _("Recovered")
    WAIVED = "waived", _("Given up")


#: Steps the applicant is written to about; what goes on inside the office is told when it is decided.
TOLD = frozenset({
    ApplicationState.SUBMITTED, ApplicationState.TO_COMPLETE, ApplicationState.COMPLETE, ApplicationState.INELIGIBLE,
    ApplicationState.WAITING, ApplicationState.AWARDED, ApplicationState.REFUSED,
})  # fmt: skip


class TieKind(TextChoices):
    """What may tie a person to a body; a name is the one they bear in the register, whose offices are then theirs."""

    MANDATE = "mandate", _("A mandate in a body")
    EMPLOYER = "employer", _("An employer")
    ADDRESS = "address", _("A postal address")
    PAST_GRANT = "past_grant", _("A part in a grant of the past")
    NAME = "name", _("My name in the register")


class InterestGround(TextChoices):
    """Why a file concerns a person."""

    DECLARED = "declared", _("Declared by the person")
    MEMBER = "member", _("Acts for the body at the counter")
    MANDATE = "mandate", _("Holds a mandate in the body")
    EMPLOYER = "employer", _("Is employed by the body")
    ADDRESS = "address", _("Lives or works at an address of the file")
    EMAIL_DOMAIN = "domain", _("Shares the domain of its email address")
    PAST_GRANT = "past_grant", _("Had a part in a grant of the body")


class LookOccasion(TextChoices):
    """When files and people were looked at for ties."""

    ARRIVAL = "arrival", _("A file arrived")
    DECLARED = "declared", _("A person declared their ties")
    SHARING = "sharing", _("Files were shared out")
    RANKING = "ranking", _("Files were ranked")
    SELECTION = "selection", _("A selection was closed")
    DECISION = "decision", _("The council's decision was carried out")
    ACT = "act", _("A person acted on a file")
    PERSON = "person", _("A person came to the office, or their account changed")
    RETURNED = "returned", _("A file came back to the office")
    BODY = "body", _("Somebody joined the body that asks")
    HISTORY = "history", _("A past grant of the body that asks was entered")


#: A file is ranked when this many have read it.
FEWEST_REVIEWS = 2


class ReviewState(TextChoices):
    """Where a reading stands."""

    GIVEN = "given", _("To read")
    BEGUN = "begun", _("Begun")
    SIGNED = "signed", _("Signed")
    SET_ASIDE = "set_aside", _("Set aside")


class Proposed(TextChoices):
    """What the office proposes for a file."""

    AWARD = "award", _("Award")
    WAIT = "wait", _("Waiting list")
    REFUSE = "refuse", _("Refuse")


class Answered(TextChoices):
    """What the council decides for a file."""

    AWARD = "award", _("Award")
    WAIT = "wait", _("Waiting list")
    REFUSE = "refuse", _("Refuse")
    ADJOURN = "adjourn", _("Adjourn")


class LeftOut(TextChoices):
    """Why a scenario does not choose a file."""

    THRESHOLD = "threshold", _("Under the threshold")
    COUNTRY = "country", _("Its country has its share")
    THEME = "theme", _("Its theme has its share")
    DISCIPLINE = "discipline", _("Its discipline has its share")
    ENVELOPE = "envelope", _("The envelope is used up")
    BY_HAND = "by_hand", _("Left out by hand")


class PaperKind(TextChoices):
    """An official paper whose text an officer may write."""

    LETTER_AWARD = "letter_award", _("Letter: award")
    LETTER_PARTIAL = "letter_partial", _("Letter: award of a part")
    LETTER_REFUSAL = "letter_refusal", _("Letter: refusal")
    LETTER_WAITING = "letter_waiting", _("Letter: waiting list")
    CONVENTION = "convention", _("Convention")
    AMENDMENT = "amendment", _("Amendment of a convention")


#: The letters that follow the answer of the council.
LETTERS = (PaperKind.LETTER_AWARD, PaperKind.LETTER_PARTIAL, PaperKind.LETTER_REFUSAL, PaperKind.LETTER_WAITING)


class TextFrom(TextChoices):
    """Where the text of an official paper was written."""

    DESK = "desk", _("Written at the desk")
    FILE = "file", _("From the city's file")
