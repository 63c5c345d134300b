"""What each section is called at the head of its pages."""

from django.utils.translation import gettext as _


def section_word(section: str) -> str:
    """A section named at the head of its pages."""
    return {
        "map": _("Map"),
        "partners": _("Partners"),
        "agreements": _("Agreements"),
        "networks": _("Networks"),
        "projects": _("Projects"),
        "programmes": _("Programmes"),
        "money": _("Money"),
        "calls": _("Calls for projects"),
        "grants": _("Grants"),
        "levies": _("Levies"),
        "countries": _("Money by country and year"),
        "results": _("Results by fund"),
        "budget": _("Money of a year, line by line"),
        "frameworks": _("Framework agreements"),
        "emergencies": _("Emergency aid"),
        "waits": _("Days from request to payment"),
        "household": _("What a household pays"),
        "promises": _("Promises"),
        "rights": _("Rights and honours"),
        "memory": _("Remembrance"),
        "agenda": _("Agenda"),
        "missions": _("Missions"),
        "questions": _("Questions and answers"),
        "claims": _("Claims"),
        "figures": _("Figures"),
        "sources": _("Sources"),
        "contradictions": _("Contradictions"),
        "versions": _("Release log"),
        "data": _("Open data"),
        "search": _("Search"),
        "press": _("Press"),
        "accessibility": _("Accessibility"),
        "privacy": _("Privacy"),
        "contact": _("Write to the office"),
        "stories": _("Stories"),
        "offices": _("Offices"),
        "people": _("People"),
        "bodies": _("Bodies"),
        "themes": _("Themes"),
        "decisions": _("Decisions and texts"),
    }.get(section, "")
