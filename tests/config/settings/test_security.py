"""The policy sent to browsers."""

from parvis.config.settings.security import POLICY, policy_text, transport


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    assert set().union(*POLICY.values()) == {"'none'", "'self'", "data:"}
    assert [name for name, sources in POLICY.items() if "data:" in sources] == ["img-src"]


def test_the_policy_is_spelt_as_a_header():
    assert policy_text().startswith("default-src 'none'; script-src 'self'; style-src 'self'; ")


def test_cookies_travel_by_https_alone_where_readers_come_by_https():
    assert transport("https://parvis.example")["SESSION_COOKIE_SECURE"] is True
    assert transport("http://localhost:8001")["SECURE_SSL_REDIRECT"] is False
