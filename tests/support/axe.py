"""What axe refuses on a page. Its driver types axe in: the policy forbids a script element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "judges/node_modules/axe-core/axe.min.js"
WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")
#: In the dark only colours change, so only they are judged again.
COLOURS = ("color-contrast", "link-in-text-block")
#: Of what agrees one node a rule is told, and nothing of it leaves the page: to tell all took longer than to judge.
_JUDGED = """async only => {
    const found = await axe.run({resultTypes: ['violations'], ...(only.length ? {runOnly: only} : {})});
    return {
        rules: found.passes.length + found.violations.length,
        refused: found.violations.map(one => [one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]),
    };
}"""


def refused_by_axe(page: Page, only: Sequence[str] = ()) -> Mapping[str, list[str]]:
    """What is wrong, rule by rule, with the first places of each. Axe comes once to a page, however often asked."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found = page.evaluate(_JUDGED, list(only))
    assert found["rules"], "axe judged nothing here"
    return dict(found["refused"])


@cache
def _script() -> str:
    return AXE.read_text(encoding="utf-8")
