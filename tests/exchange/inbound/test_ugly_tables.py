"""Tables as a small town keeps them: no title, headings on two rows, words of its own, dates nobody wrote."""

import io

import xlsxwriter

from parvis.register.models import Statement


def test_a_list_of_twin_towns_without_titles_calls_each_agreement_by_its_parties(receive, judge, enter, accept):
    enter("place", "rome", title={"fr": "Rome"}, level="city", country="IT")
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"})
    data = "Commune de Sainte-Mine;;\n\nVille partenaire;Type de lien;Observations\nRome;Jumelage;très actif\n"

    imported = judge(receive(data.encode("cp1252"), "agreements", name="jumelages.csv"))
    (row,) = imported.rows.all()
    assert row.problems == []
    accept(imported)
    (again,) = judge(receive(data.encode("cp1252"), "agreements", name="jumelages.csv")).rows.all()

    assert (row.verdict, row.content["title"], row.content["parties"]) == (
        "new", {"fr": "Ville de Paris – Rome"}, ["city-of-paris", "rome"],
    )  # fmt: skip
    assert (again.verdict, again.key) == ("same", row.key)


def test_headings_on_two_rows_are_understood_by_the_lower_one(receive):
    rows = [
        ["Structure", "", "Contact", ""],
        ["Nom", "Ville", "Pays", "SIRET"],
        ["Eau", "Dakar", "Sénégal", "44992063600031"],
    ]

    imported = receive(_workbook(rows, merged=[(0, 0, 0, 1), (0, 2, 0, 3)]), "bodies", name="p.xlsx")

    assert {name: said["field"] for name, said in imported.mapping.items()} == {
        "Structure – Nom": "title", "Structure – Ville": "place", "Contact – Pays": "", "Contact – SIRET": "siret",
    }  # fmt: skip


def test_an_empty_date_of_a_spreadsheet_is_no_day_of_1900(receive, judge, told):
    data = "Intitulé;Signé le\n" + "".join(
        f"A{n};{day}\n" for n, day in enumerate(("31/12/1899", "01/01/1900", "1900"))
    )

    said = told(judge(receive(data, "agreements")))

    empty = "is how a spreadsheet shows an empty date. If that year is meant, write the year alone."
    assert [why for _row, _verdict, why in said][:2] == [
        [f"Signé le: “31/12/1899” {empty}"], [f"Signé le: “01/01/1900” {empty}"],
    ]  # fmt: skip
    assert not any(empty in why for why in said[2][2])


def test_a_word_of_no_list_is_refused_with_the_words_of_the_list_not_its_codes(receive, judge, told):
    imported = judge(receive("Intitulé;Thème\nForage;Eau\n", "projects"))

    assert "; ".join(told(imported)[0][2]) == (
        "Thème: “Eau” is not one of: City-to-city cooperation, Climate, Culture and French-speaking world, Europe,"
        " Innovation and attractiveness, Receiving refugees, Remembrance, Rights and refuge, Solidarity."
    )


def test_both_days_of_an_event_in_one_cell_are_its_first_and_its_last(receive, judge, told):
    data = (
        "Intitulé;Dates;Fin\nForum;12-15 mai 2014;\nSalon;12/05/2014 - 15/05/2014;15/05/2014\n"
        "Congrès;du 3 au 8 juin 2022;9 juin 2022\nFête;3 juin 2022;\n"
    )

    imported = judge(receive(data, "events"))

    days = [[row.content.get("starts"), row.content.get("ends")] for row in imported.rows.exclude(verdict="refused")]
    assert days == [["2014-05-12", "2014-05-15"], ["2014-05-12", "2014-05-15"], ["2022-06-03", None]]
    assert told(imported)[2] == (4, "refused", [
        "Dates: “du 3 au 8 juin 2022” names a last day, and this row names another: write each day in its own column."
    ])  # fmt: skip


def test_an_end_that_has_not_come_is_no_date_and_no_fault(receive, judge, accept, told):
    data = "Intitulé;Début;Fin\nForage;2019;en cours\nÉcole;depuis 2020;ongoing\nPuits;en cours;2021\n"

    imported = accept(judge(receive(data, "projects")))

    assert [(row.content.get("since"), row.content.get("until")) for row in imported.rows.all()][:2] == [
        ("2019", None), ("2020", None),
    ]  # fmt: skip
    assert told(imported)[2] == (
        4, "refused", ["Début: “en cours” is no day: write the day, or leave the cell empty."],
    )  # fmt: skip
    assert [row[1] for row in told(judge(receive(data, "projects")))] == ["same", "same", "refused"]


def test_a_term_in_one_cell_ends_the_day_after_its_last_where_an_end_is_excluded(receive, judge, told, enter):
    enter("network", "eurocities", title={"fr": "Eurocities"})
    for key in ("paris", "porto"):
        enter("body", key, title={"fr": key.title()})
    pacts = "Intitulé;Parties;Signature;Validité\nPacte;Porto;2004;2004-2010\nAutre;Porto;2001-2003;2001-2004\n"
    members = "Réseau;Membre;Période\nEurocities;Paris;mai-juin 2014\n"

    agreements, memberships = judge(receive(pacts, "agreements")), judge(receive(members, "memberships"))

    first = agreements.rows.first().content
    assert [first[name] for name in ("signed", "in_force_from", "until")] == ["2004", "2004", "2011"]
    assert told(agreements)[1] == (3, "refused", [
        "Validité: “2001-2004” names a last day, and this row names another: write each day in its own column."
    ])  # fmt: skip
    assert memberships.rows.get().content["statuses"] == [
        {"status": "member", "valid_from": "2014-05", "valid_to": "2014-07"}
    ]


def test_two_days_where_one_is_kept_are_refused_with_what_to_write(receive, judge, told):
    imported = judge(receive("Nom;Inauguration\nStèle;12-15 mai 2014\n", "memorials"), Inauguration="unveiled")

    assert told(imported)[0][2] == [
        "Inauguration: “12-15 mai 2014” names two days: write one here, and the other in its own column."
    ]


def _workbook(rows, merged):
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        for block in merged:
            sheet.merge_range(*block, rows[block[0]][block[1]])
    return held.getvalue()


def test_an_amount_that_a_program_divided_is_held_to_the_millionth_and_found_again(receive, judge, accept, told):
    data = "Intitulé;transaction\nPuits;paid 2024-09-01 542905.84926762 EUR\nPont;paid 2024-09-01 1e9 EUR\n"
    data = data.replace("1e9", "1900000000.000000000000000000")

    imported = accept(judge(receive(data, "projects"), transaction="moves"))

    assert (imported.state, imported.fault) == ("accepted", "")
    assert [str(one.number) for one in Statement.objects.order_by("number")] == [
        "542905.849268", "1900000000.000000",
    ]  # fmt: skip
    assert [row[1] for row in told(judge(receive(data, "projects"), transaction="moves"))] == ["same", "same"]


def test_a_value_the_register_cannot_hold_is_refused_before_anything_is_written(receive, judge, told):
    data = "Indicateur;Unité;Valeur;Date de la valeur\nPart;ratio;0,12345678;2016\nAutre;ratio;0,123456;2016\n"

    assert [(verdict, reasons) for _row, verdict, reasons in told(judge(receive(data, "indicators")))] == [
        ("refused", [": 0.12345678: Ensure that there are no more than 6 decimal places."]), ("new", []),
    ]  # fmt: skip
