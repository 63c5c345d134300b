"""Servers of their own, in folders with spaces and accents."""

import os
import shutil
import subprocess

import pytest

from parvis.config.places import places
from parvis.config.supervisor.embedded import Embedded


@pytest.fixture
def var(tmp_path):
    """A ``var`` folder with a name that troubles careless programs; nothing of it stays."""
    folder = tmp_path / "été à la mairie" / "var"
    folder.mkdir(parents=True)
    yield folder
    _forget(places(folder))


def _forget(where):
    shutil.rmtree(where.run, ignore_errors=True)
    shutil.rmtree(where.data.parent if os.getuid() == 0 else where.data, ignore_errors=True)


@pytest.fixture(scope="session")
def new_cluster(tmp_path_factory):
    """A cluster as PostgreSQL makes it: made once, copied for each test."""
    server = Embedded(places(tmp_path_factory.mktemp("cluster")))
    server.make()
    yield server.places.data
    _forget(server.places)


@pytest.fixture
def embedded(var, new_cluster):
    server = Embedded(places(var), {"fsync": "off"})
    server.places.data.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(new_cluster), str(server.places.data)], check=True)
    server.lend(server.places.data.parent)
    return server
