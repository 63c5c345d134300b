"""People who may sign in at the office, each with one role."""

from typing import ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from parvis.foundation.values.refusal import Refusal

#: The account in whose name the house itself enters data; nobody can sign in with it.
HOUSE = "house@parvis.invalid"
#: The end of the address that stands in for a person who was erased; nothing is ever sent there.
ERASED = "@erased.parvis.invalid"


class Role(models.TextChoices):
    """What a person may do; each role may do what the one before it may.

    An applicant has the counter alone; a reviewer has besides the files they are given to read, without names.
    """

    APPLICANT = "applicant", _("Applicant")
    REVIEWER = "reviewer", _("Reviewer")
    READER = "reader", _("Reader")
    OFFICER = "officer", _("Officer")
    FINANCE = "finance", _("Finance officer")
    PUBLISHER = "publisher", _("Publisher")
    ADMINISTRATOR = "administrator", _("Administrator")


class NoSuperuser(Refusal):
    """Nobody stands above the roles."""

    message = _("Parvis has no superuser: give the role of administrator instead.")


class People(UserManager["User"]):
    def create_user(  # type: ignore[override]  # an account is known by its address alone
        self, email: str, password: str | None = None, *, role: str = Role.READER, **facts: object
    ) -> "User":
        email = self.normalize_email(email).lower()
        user = self.model(email=email, username=email, role=role, **facts)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *_args: object, **_facts: object) -> "User":
        raise NoSuperuser


class User(AbstractUser):
    """An account of the office. The address identifies it; the role says what it may do."""

    email = models.EmailField(_("email address"), unique=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.READER)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_has_a_known_role", condition=models.Q(role__in=Role.values)),
            models.CheckConstraint(name="nobody_is_superuser", condition=models.Q(is_superuser=False)),
        ]

    def __str__(self) -> str:
        if self.email.endswith(ERASED):
            return gettext("person erased, no. %(number)s") % {"number": self.pk}
        if self.email == HOUSE:
            return gettext("first load of the city’s files")
        return self.get_full_name() or self.email


class SpentLink(models.Model):
    """A one-time sign-in link that was used; it opens nothing any more."""

    digest = models.CharField(max_length=64, primary_key=True)
    spent_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="link_is_never_altered", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.digest[:8]


class AccountAsked(models.Model):
    """A link to open an account was asked for. Keyed digests only: neither the address nor the network can be read."""

    digest = models.CharField(max_length=64, db_index=True)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ("asked_at", "pk")

    def __str__(self) -> str:
        return self.digest[:8]
