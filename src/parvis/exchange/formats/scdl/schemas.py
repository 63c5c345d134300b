"""What a file of SCDL must hold, restated from the schemas of OpenDataFrance (Licence Ouverte 2.0), read 2026-11-25."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A column: what its cells are, and whether each row needs it. ``also`` are headings seen in files as published."""

    name: str
    kind: str = "text"
    required: bool = False
    pattern: str = ""
    among: tuple[str, ...] = ()
    longest: int = 0
    least: float | None = None
    most: float | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """A schema of SCDL: its columns, and the rules that join several of them."""

    name: str
    fields: tuple[Field, ...]
    sirets: tuple[str, ...]
    one_of: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, tuple[str, ...]], ...] = ()
    not_less: tuple[tuple[str, str], ...] = ()
    sums: tuple[tuple[str, tuple[str, ...]], ...] = ()
    year_spans: tuple[str, ...] = ()
    nomenclature: str = ""

    def take(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


_CASH, _KIND = "aide en numéraire", "aide en nature"
_SIRET = r"^\d{14}$"

GRANTS = Schema(
    name="subventions",
    fields=(
        Field("nomAttribuant", required=True),
        Field("idAttribuant", required=True, pattern=_SIRET),
        Field("dateConvention", "day", required=True),
        Field("referenceDecision"),
        Field("nomBeneficiaire", required=True),
        Field("idBeneficiaire"),
        Field("rnaBeneficiaire", pattern=r"^W\d{9}$"),
        Field("objet", required=True, longest=256, also=("object",)),
        Field("montant", "number", required=True),
        Field("nature", required=True, among=(_CASH, _KIND, f"{_CASH};{_KIND}", f"{_KIND};{_CASH}")),
        Field("conditionsVersement", required=True, longest=256),
        Field(
            "datesPeriodeVersement",
            required=True,
            pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
        ),
        Field("idRAE", longest=5),
        Field("notificationUE", "answer", required=True),
        Field("pourcentageSubvention", "number", required=True, least=0.01, most=1),
        Field("dispositifAide"),
    ),
    sirets=("idAttribuant", "idBeneficiaire"),
    one_of=(("idBeneficiaire", "rnaBeneficiaire"),),
)

_VOTES = ("VOTE_POUR", "VOTE_CONTRE", "VOTE_ABSTENTION")

DELIBERATIONS = Schema(
    name="deliberations",
    fields=(
        Field("COLL_NOM", required=True),
        Field("COLL_SIRET", required=True, pattern=_SIRET),
        Field("DELIB_ID", required=True),
        Field("DELIB_DATE", "day", required=True),
        Field("DELIB_MATIERE_CODE", required=True, pattern=r"^\d\.\d{1,2}$"),
        Field("DELIB_MATIERE_NOM", required=True),
        Field("DELIB_OBJET", required=True),
        Field("BUDGET_ANNEE", pattern=r"^[0-9]{4}(/[0-9]{4})?$"),
        Field("BUDGET_NOM"),
        Field("PREF_ID"),
        Field("PREF_DATE", "day"),
        Field("VOTE_EFFECTIF", "count"),
        Field("VOTE_REEL", "count"),
        Field("VOTE_POUR", "count"),
        Field("VOTE_CONTRE", "count"),
        Field("VOTE_ABSTENTION", "count"),
        Field("DELIB_URL", "uri"),
    ),
    sirets=("COLL_SIRET",),
    together=(("BUDGET_ANNEE", ("BUDGET_NOM",)), ("VOTE_EFFECTIF", ("VOTE_REEL", *_VOTES))),
    not_less=(
        ("PREF_DATE", "DELIB_DATE"),
        ("VOTE_EFFECTIF", "VOTE_REEL"),
        *(("VOTE_REEL", vote) for vote in _VOTES),
    ),
    sums=(("VOTE_REEL", _VOTES),),
    year_spans=("BUDGET_ANNEE",),
    nomenclature="DELIB_MATIERE_NOM",
)
