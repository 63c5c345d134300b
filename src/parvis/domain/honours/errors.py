"""What the honours' room refuses, in words."""

from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal


class StepsOutOfOrder(Refusal):
    """The steps to an award have an order."""

    message = _("“%(then)s” cannot come after “%(now)s”.")


class DaysOutOfOrder(Refusal):
    """A step is dated before the one it follows."""

    message = _("“%(then)s” (%(then_day)s) is dated before “%(now)s” (%(now_day)s).")


class AlreadyAwarded(Refusal):
    """A title is awarded once."""

    message = _("This title is already awarded.")


class CauseWithoutProof(Refusal):
    """The page says *after*, never *because*."""

    message = _(
        "“%(words)s” tells a cause. Say what happened after the title; "
        "tie the two records, with the source that proves it, to say that one led to the other."
    )


class ActBeforeEvent(Refusal):
    """One remembers what has happened."""

    message = _("What is remembered happened on %(event_day)s: it cannot be remembered on %(day)s.")


class DayMissing(Refusal):
    """A step that the city takes has a day."""

    message = _("Say on which day: a year or a month is enough.")
