"""The names each site answers to."""

from parvis.config.settings.addresses import hosts, is_https


def test_a_site_answers_to_its_own_name_and_to_the_machine():
    assert hosts("https://parvis.example") == ["parvis.example", "localhost", "127.0.0.1", "[::1]"]
    assert hosts("http://localhost:8000") == ["localhost", "127.0.0.1", "[::1]"]


def test_https_is_known_by_the_origin():
    assert (is_https("https://a.example"), is_https("http://a.example")) == (True, False)
