"""A worker of the public site stands where fewest others stand."""

import os
from types import SimpleNamespace

import pytest

from parvis.config import serving


@pytest.mark.parametrize(
    ("taken", "chosen"),
    [([], 2), ([2], 5), ([2, 5], 2), ([5, None, 5], 2)],
)
def test_a_worker_takes_the_processor_fewest_stand_on(taken, chosen):
    assert serving.least_taken(taken, [2, 5]) == chosen


@pytest.mark.parametrize("processors", [[], [0]])
def test_where_there_is_no_choice_none_is_made(processors):
    assert serving.least_taken([], processors) is None


def _chosen(site, *living):
    server = SimpleNamespace(
        WORKERS={
            number: SimpleNamespace(processor=one, share=SimpleNamespace(number=number))
            for number, one in enumerate(living)
        },
        app=SimpleNamespace(app_uri=f"parvis.config.wsgi_{site}:application"),
    )
    worker = SimpleNamespace(age=1)
    serving.pre_fork(server, worker)
    return worker.processor


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="this system does not say where processes stand")
def test_workers_of_the_public_site_share_the_processors(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})

    assert [_chosen("public"), _chosen("public", 0), _chosen("public", 1)] == [0, 1, 0]


def test_workers_of_the_office_wait_for_the_database_and_go_where_they_can():
    assert _chosen("office") is None
