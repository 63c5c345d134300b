"""The rooms and doors each site is made of."""

#: What a clerk of the city works on.
ROOMS = [
    "parvis.foundation.accounts",
    "parvis.foundation.journal",
    "parvis.register",
    "parvis.domain.directory",
    "parvis.domain.council",
    "parvis.domain.partnerships",
    "parvis.domain.projects",
    "parvis.domain.funding",
    "parvis.domain.encounters",
    "parvis.domain.honours",
    "parvis.domain.accountability",
    "parvis.exchange.inbound",
    "parvis.publication.releases",
]

OFFICE_DOORS = ["parvis.doors.ui", "parvis.doors.desk", "parvis.doors.counter", "parvis.doors.jobs"]
PUBLIC_DOORS = ["parvis.doors.ui", "parvis.doors.portal", "parvis.doors.feeds"]
