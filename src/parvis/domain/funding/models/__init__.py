from .applicant import ApplicantBody, BodyInvitation, BodyMember
from .application import Answer, Application, ApplicationStep, FileNumber, OtherText, Submission
from .call import Call, CallCriterion, CallDocument, CallForm, CallQuestion, FormField, FormSection
from .crisis import Crisis, CrisisPlace
from .envelope import Envelope
from .grant import Grant, GrantPlace
from .ledger import LedgerAccount, LedgerEntry, LedgerLine
from .levy import Levy, LevyPlan, LevyRule, LevyYear
from .post import Message, OutgoingEmail
from .vault import Attachment, VaultDocument
from .workflow import Workflow, WorkflowTransition

__all__ = [
    "Answer",
    "ApplicantBody",
    "Application",
    "ApplicationStep",
    "Attachment",
    "BodyInvitation",
    "BodyMember",
    "Call",
    "CallCriterion",
    "CallDocument",
    "CallForm",
    "CallQuestion",
    "Crisis",
    "CrisisPlace",
    "Envelope",
    "FileNumber",
    "FormField",
    "FormSection",
    "Grant",
    "GrantPlace",
    "LedgerAccount",
    "LedgerEntry",
    "LedgerLine",
    "Levy",
    "LevyPlan",
    "LevyRule",
    "LevyYear",
    "Message",
    "OtherText",
    "OutgoingEmail",
    "Submission",
    "VaultDocument",
    "Workflow",
    "WorkflowTransition",
]
