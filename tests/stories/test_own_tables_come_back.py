"""The tables and lists of the portal, brought in at the desk again: every row is known, and nothing changes."""

import pytest

from parvis.exchange.inbound import actions
from tests.stories.conftest import MORNING

MINUTES = {"source": "minutes", "lines": "3"}
#: For each table of ours: the kind it is brought in as, and the list of the portal that shows the same.
OURS = {
    "memorials": ("memorials", ""), "honours": ("honours", "rights"), "promises": ("promises", "promises"),
    "claims": ("claims", "claims"), "indicators": ("indicators", "figures"), "offices": ("offices", "offices"),
}  # fmt: skip


@pytest.fixture
def rooms(house):
    house.enter("person", "ada", kind="honoured", title={"fr": "Ada"}, cites=[MINUTES])
    house.enter("commemoration", "october", event_day="1961-10-17", cites=[MINUTES])
    house.enter("memorial", "stele", kind="stele", place="paris", remembers="october", unveiled="2020", at_home=True,
                themes=["remembrance", "rights"], cites=[MINUTES])  # fmt: skip
    house.enter("honour", "title", kind="honorary_citizenship", honoree="ada", awarded_by="city-of-paris",
                steps=[{"step": "awarded", "day": "2019", **MINUTES}], cites=[MINUTES])  # fmt: skip
    house.enter("promise", "trees", kind="promise", made_by="city-of-paris", made="2015", deadline="2020",
                steps=[{"state": "said", "day": "2015"}, {"state": "in_progress", "day": "2017"}],
                themes=["climate"], cites=[MINUTES])  # fmt: skip
    house.enter("claim", "first", kind="rank", publisher="city-of-paris", about="paris", as_of="2019",
                scope={"fr": "Le monde", "en": "The world"}, place_in_rank=1, set={"fr": "Les villes"},
                cites=[MINUTES])  # fmt: skip
    house.enter("indicator", "accords", kind="count", unit="agreements", definition={"fr": "Accords", "en": "Accords"},
                cites=[MINUTES])  # fmt: skip
    house.enter("office", "mayor", kind="mayor", body="city-of-paris", cites=[MINUTES])
    return house


def test_every_room_takes_its_own_tables_and_lists_back(rooms, settings):
    settings.VAR_DIR, settings.PARVIS_CITY = rooms.folder, "paris"
    site = rooms.publish().client

    for name, (target, section) in OURS.items():
        addresses = [f"/data/1/tables/{name}.csv", *([f"/en/{section}.csv"] if section else [])]
        for address in addresses:
            answer = site.get(address, follow=True)
            data = b"".join(answer.streaming_content) if answer.streaming else answer.content
            imported = actions.receive_file(
                chunks=[data], name=f"{name}.csv", target=target, language="fr", spoken="en",
                speaks="self_reported", by=rooms.by, at=MORNING,
            )  # fmt: skip
            imported = actions.choose_columns(
                imported=imported, chosen={}, written={}, options={}, remember_as="", by=rooms.by, at=MORNING
            )
            imported = actions.judge_import(imported=imported, by=rooms.by, at=MORNING)

            rows = [(row.verdict, row.problems, row.content) for row in imported.rows.all()]
            assert rows == [("same", [], {})], (address, imported.mapping)
