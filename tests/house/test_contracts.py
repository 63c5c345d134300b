"""The contracts between floors and rooms hold, and would notice if they did not."""

from __future__ import annotations

from copy import deepcopy

import pytest
from importlinter import api  # noqa: F401  # sets import-linter up
from importlinter.application import use_cases
from importlinter.domain.contract import registry

from tests.support.source import PROJECT

PLANTED = [
    ("parvis.doors.portal.door", "parvis.domain.council.queries"),
    ("parvis.doors.portal.door", "parvis.register"),
    ("parvis.doors.portal.door", "parvis.foundation.accounts.models"),
    ("parvis.doors.portal.door", "parvis.publication.bake"),
    ("parvis.doors.portal.door", "parvis.publication.releases"),
    ("parvis.doors.portal.door", "parvis.doors.feeds.door"),
    ("parvis.doors.feeds.door", "parvis.exchange.formats"),
    ("parvis.doors.feeds.door", "parvis.foundation.journal"),
    ("parvis.doors.ui.spelling", "parvis.publication.reader"),
    ("parvis.doors.desk.words", "parvis.doors.portal.wording"),
    ("parvis.doors.jobs.geonames", "parvis.doors.desk.words"),
    ("parvis.doors.portal.door", "parvis.doors.threshold.keeping"),
    ("parvis.doors.threshold.keeping", "parvis.doors.counter.keeping"),
    ("parvis.publication.reader.release", "django"),
    ("parvis.publication.reader.release", "parvis.domain.council.queries"),
    ("parvis.publication.releases.archive", "parvis.publication.bake.baking"),
    ("parvis.publication.bake.baking", "parvis.doors.ui"),
    ("parvis.exchange.formats.city_files", "django"),
    ("parvis.observatory.tables", "django"),
    ("parvis.observatory.measures.counts", "parvis.register.models"),
    ("parvis.foundation.values.money", "django"),
    ("parvis.foundation.vocabulary.reading", "parvis.foundation.accounts"),
    ("parvis.domain.council.actions", "parvis.domain.partnerships.models"),
    ("parvis.domain.honours.actions", "parvis.domain.partnerships.models"),
    ("parvis.domain.council.models", "parvis.domain.council.actions"),
    ("parvis.domain.council.rules", "parvis.domain.council.queries"),
    ("parvis.register.models", "parvis.domain.directory.models"),
    ("parvis.domain.council.queries", "parvis.config.office"),
]
NEW_ROOMS = ["parvis.domain.culture", "parvis.doors.kiosk", "parvis.attic", "parvis.domain.council.helpers"]


@pytest.fixture(scope="module")
def options():
    return use_cases.read_user_options(str(PROJECT / "pyproject.toml"))


@pytest.fixture(scope="module")
def graph(options):
    use_cases._register_contract_types(options)
    return use_cases._build_graph(
        ["parvis"], include_external_packages=True, exclude_type_checking_imports=True, verbose=False, cache_dir=None
    )


def broken(graph, options):
    """Names of the contracts that a graph breaks."""
    found = []
    for contract_options in options.contracts_options:
        contract = registry.get_contract_class(contract_options["type"])(
            name=contract_options["name"],
            session_options=options.session_options,
            contract_options=deepcopy(contract_options),
        )
        if not contract.check(graph=deepcopy(graph), verbose=False).kept:
            found.append(contract_options["name"])
    return found


def test_the_contracts_hold(graph, options):
    assert broken(graph, options) == []


@pytest.mark.parametrize(("importer", "imported"), PLANTED)
def test_a_planted_import_is_caught(graph, options, importer, imported):
    planted = deepcopy(graph)
    assert importer in planted.modules
    assert imported in planted.modules

    planted.add_import(importer=importer, imported=imported)

    assert broken(planted, options) != []


@pytest.mark.parametrize("module", NEW_ROOMS)
def test_a_new_part_of_the_house_must_be_given_its_place(graph, options, module):
    planted = deepcopy(graph)
    planted.add_module(module)
    if module.startswith("parvis.domain.") and module.count(".") == 2:
        planted.add_module(f"{module}.models")  # a room is known by its models

    assert broken(planted, options) != []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("parvis.doors.portal.door", "parvis.doors.ui.spelling"),
        ("parvis.doors.portal.door", "parvis.foundation.vocabulary"),
        ("parvis.publication.bake.baking", "parvis.domain.council.published"),
        ("parvis.doors.desk.words", "parvis.domain.council.actions"),
        ("parvis.doors.desk.words", "parvis.doors.threshold.keeping"),
    ],
)
def test_a_lawful_import_is_kept(graph, options, importer, imported):
    lawful = deepcopy(graph)
    lawful.add_import(importer=importer, imported=imported)

    assert broken(lawful, options) == []
