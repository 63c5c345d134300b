"""Secrets are made once and kept from others."""

from concurrent.futures import ThreadPoolExecutor

from parvis.config.settings.secrets import kept_secret


def test_a_secret_is_made_once_and_kept(tmp_path):
    first = kept_secret("key", tmp_path / "secret")

    assert kept_secret("key", tmp_path / "secret") == first
    assert kept_secret("other", tmp_path / "secret") != first
    assert len(first) >= 64


def test_a_secret_is_readable_by_its_owner_alone(tmp_path):
    kept_secret("key", tmp_path / "secret")

    modes = {path.name: oct(path.stat().st_mode)[-3:] for path in (tmp_path / "secret", tmp_path / "secret" / "key")}
    assert modes == {"secret": "700", "key": "600"}


def test_all_who_ask_at_once_get_the_same_secret(tmp_path):
    with ThreadPoolExecutor(16) as many:
        got = set(many.map(lambda _: kept_secret("key", tmp_path / "secret"), range(64)))

    assert len(got) == 1
    assert [path.name for path in (tmp_path / "secret").iterdir()] == ["key"]
