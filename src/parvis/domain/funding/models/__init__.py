from .aid import AidCost, AidDeclaration
from .amending import AmendmentRequest
from .applicant import ApplicantBody, BodyInvitation, BodyMember
from .application import Answer, Application, ApplicationStep, FileNumber, OtherText, Submission
from .call import Call, CallBand, CallCriterion, CallDocument, CallForm, FormField, FormSection
from .call_question import CallQuestion, EarlierAnswer
from .convention import Amendment, BodyStanding, Convention, Instalment, Report, ReportLine
from .crisis import Crisis, CrisisPlace
from .emergency import EmergencyRequest
from .envelope import Envelope
from .erasure import PersonErasure
from .framework import Allocation
from .grant import Grant, GrantAim, GrantPlace, GrantResult
from .handing import PaymentFile
from .interest import Interest, InterestLook, PersonLook
from .kept import KeptPage
from .label import Label
from .ledger import LedgerAccount, LedgerEntry, LedgerLine
from .levy import Levy, LevyPlan, LevyRule, LevyYear
from .opinion import Opinion
from .paper import PaperVerdict
from .payment import PaymentOrder, RecoveryClaim
from .post import Message, OutgoingEmail
from .report_sheet import ReportEntry, ReportSheet
from .review import CallReviewer, Mark, Review, ReviewerTie
from .selection import CouncilAnswer, Scenario, Selection, SelectionLine
from .signing import CitySignature, ConventionPaper, ConventionSignature
from .vault import Attachment, VaultDocument
from .wording import Letter, Wording
from .workflow import Workflow, WorkflowTransition

__all__ = [
    "AidCost",
    "AidDeclaration",
    "Allocation",
    "Amendment",
    "AmendmentRequest",
    "Answer",
    "ApplicantBody",
    "Application",
    "ApplicationStep",
    "Attachment",
    "BodyInvitation",
    "BodyMember",
    "BodyStanding",
    "Call",
    "CallBand",
    "CallCriterion",
    "CallDocument",
    "CallForm",
    "CallQuestion",
    "CallReviewer",
    "CitySignature",
    "Convention",
    "ConventionPaper",
    "ConventionSignature",
    "CouncilAnswer",
    "Crisis",
    "CrisisPlace",
    "EarlierAnswer",
    "EmergencyRequest",
    "Envelope",
    "FileNumber",
    "FormField",
    "FormSection",
    "Grant",
    "GrantAim",
    "GrantPlace",
    "GrantResult",
    "Instalment",
    "Interest",
    "InterestLook",
    "KeptPage",
    "Label",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerLine",
    "Letter",
    "Levy",
    "LevyPlan",
    "LevyRule",
    "LevyYear",
    "Mark",
    "Message",
    "Opinion",
    "OtherText",
    "OutgoingEmail",
    "PaperVerdict",
    "PaymentFile",
    "PaymentOrder",
    "PersonErasure",
    "PersonLook",
    "RecoveryClaim",
    "Report",
    "ReportEntry",
    "ReportLine",
    "ReportSheet",
    "Review",
    "ReviewerTie",
    "Scenario",
    "Selection",
    "SelectionLine",
    "Submission",
    "VaultDocument",
    "Wording",
    "Workflow",
    "WorkflowTransition",
]
