"""What the room of accountability refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class KeptWithoutEvidence(Refusal):
    """A promise is not kept because someone says so."""

    message = _(
        "“Kept” needs evidence: name a record that shows it. Without one, write “said to be kept”, and who says so."
    )


class TargetUnmeasured(Refusal):
    """What nothing measures can be hoped for, never reached."""

    message = _(
        "A target names the figure that measures it, and its deadline. Without them, enter it as an aspiration."
    )


class PromiseMoveRefused(Refusal):
    """A promise does not go from that state to this one."""

    message = _("A promise that is “%(now)s” cannot become “%(then)s”.")


class StepsOutOfOrder(Refusal):
    """A step is dated before the one it follows."""

    message = _("The step “%(then)s” (%(then_day)s) comes before the one it follows, “%(now)s” (%(now_day)s).")


class DisputedByNobody(Refusal):
    """A dispute has an author or a source."""

    message = _("Say who disputes it, or which source does.")


class DeadlineNotPassed(Refusal):
    """A deadline passes on its day, and not before."""

    message = _("Its deadline (%(deadline)s) has not passed on %(day)s.")


class NoDeadline(Refusal):
    """Without a deadline, none can pass."""

    message = _("This promise has no deadline.")


class EvidenceIsItself(Refusal):
    """Nothing proves itself."""

    message = _("A record is no evidence of itself.")


class ProvenWithoutEvidence(Refusal):
    """A claim is proven by a record."""

    message = _("“Proven” needs evidence: name a record that bears the claim out.")


class RankWithoutSet(Refusal):
    """A rank says its place, and among what."""

    message = _("A rank says its place and among what: no rank is shown without them.")


class ClaimMoveRefused(Refusal):
    """A claim does not go from that state to this one."""

    message = _("A claim that is “%(now)s” cannot become “%(then)s”.")


class AnsweredWithoutAnswer(Refusal):
    """An answered question shows its answer."""

    message = _("Write the answer: a question is answered in words.")


class AlreadyAnswered(Refusal):
    """A question is answered once; a correction amends the answer, and its history shows it."""

    message = _("This question is already answered. Amend the answer: what it was stays in its history.")


class StoryAboutNothing(Refusal):
    """A story can be checked."""

    message = _("A story is about one record at least: name it.")


class QuestionOfOddLength(Refusal):
    """A question fits in one or two sentences."""

    message = _("A question has between %(shortest)s and %(longest)s characters. Nothing was sent.")


class RoleMissing(Refusal):
    """Who asks is told by role, never by name."""

    message = _("Say in a few words who asks: a resident, a journalist, an association. Your name is not published.")


class TooManyQuestions(Refusal):
    """One person has many questions waiting."""

    message = _("%(most)s of your questions wait to be read. Send the next one when the office has read some.")
