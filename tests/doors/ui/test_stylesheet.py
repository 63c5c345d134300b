"""Contrasts and distances, computed again from the stylesheet: a drop fails here."""

from __future__ import annotations

import math
import re
from itertools import combinations
from pathlib import Path

import pytest

_SHEETS = Path(__file__).parents[3] / "src/parvis/doors/ui/static/ui"
CSS = (_SHEETS / "parvis.css").read_text(encoding="utf-8")
PRINT = (_SHEETS / "print.css").read_text(encoding="utf-8")
TOKEN = re.compile(r"--([a-z0-9-]+): (#[0-9A-Fa-f]{6});")
THEMES = ("cooperation", "solidarity", "climate", "rights", "remembrance", "culture", "europe", "innovation")


def _tokens() -> dict[str, dict[str, str]]:
    tokens = CSS[CSS.index("@layer tokens") : CSS.index("@layer base {")]
    light, dark = tokens.split("@media screen and (prefers-color-scheme: dark)")
    return {"light": dict(TOKEN.findall(light)), "dark": dict(TOKEN.findall(light)) | dict(TOKEN.findall(dark))}


TOKENS = _tokens()


def linear(code: str) -> list[float]:
    values = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(code: str) -> float:
    red, green, blue = linear(code)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


TEXT = [
    ("ink", "paper"),
    ("ink", "stone"),
    ("ink-2", "paper"),
    ("ink-2", "stone"),
    ("ink-3", "paper"),
    ("ink-3", "stone"),
    ("accent", "paper"),
    ("accent", "stone"),
    ("on-accent", "accent"),
    ("accent-deep", "accent-soft"),
    ("honey", "honey-soft"),
    ("good", "good-soft"),
    ("bad", "bad-soft"),
    ("on-footer", "footer"),
    ("on-footer-2", "footer"),
    ("paper", "ink"),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_from_its_ground(scheme, text, ground):
    tokens = TOKENS[scheme]

    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_of_controls_and_marks_stand_out(scheme):
    tokens = TOKENS[scheme]
    marks = ["line-strong", "honey-line", *(f"theme-{theme}" for theme in THEMES), "dot-agreement", "dot-project"]
    faint = [name for name in marks if contrast(tokens[name], tokens["paper"]) < 3]

    assert faint == []


# Machado, Oliveira and Fernandes 2009, severity 1.0.
SEEN_BY = {
    "all": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(code: str, eye: str) -> tuple[float, float, float]:
    rgb = linear(code)
    seen = [min(1, max(0, sum(weight * value for weight, value in zip(row, rgb, strict=True)))) for row in SEEN_BY[eye]]
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    white = (0.95047, 1.0, 1.08883)
    xyz = [sum(w * v for w, v in zip(row, seen, strict=True)) / ref for row, ref in zip(matrix, white, strict=True)]
    f = [value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in xyz]
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def distance(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """CIEDE2000."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c7 = ((math.hypot(a1, b1) + math.hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - math.sqrt(mean_c7 / (mean_c7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = math.degrees(math.atan2(b1, a1)) % 360, math.degrees(math.atan2(b2, a2)) % 360
    dh = 0 if not c1 * c2 else (h2 - h1 + 180) % 360 - 180
    dl, dc, dh_ = l2 - l1, c2 - c1, 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    mh = (h1 + h2) / 2 if abs(h1 - h2) <= 180 or not c1 * c2 else (h1 + h2 + 360) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(mh - 30))
        + 0.24 * math.cos(math.radians(2 * mh))
        + 0.32 * math.cos(math.radians(3 * mh + 6))
        - 0.20 * math.cos(math.radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / math.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    rt = -2 * math.sqrt(mc**7 / (mc**7 + 25**7)) * math.sin(math.radians(60 * math.exp(-(((mh - 275) / 25) ** 2))))
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh_ / sh) ** 2 + rt * (dc / sc) * (dh_ / sh))


@pytest.mark.parametrize("eye", SEEN_BY)
@pytest.mark.parametrize(("scheme", "least"), [("light", 11.5), ("dark", 10.5)])
def test_no_two_themes_look_alike_to_any_eye(eye, scheme, least):
    colours = {theme: lab(TOKENS[scheme][f"theme-{theme}"], eye) for theme in THEMES}
    near = {pair: round(distance(colours[pair[0]], colours[pair[1]]), 1) for pair in combinations(THEMES, 2)}

    assert {pair: apart for pair, apart in near.items() if apart < least} == {}


def test_no_component_names_a_colour():
    components = CSS[CSS.index("@layer base {") :]

    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", components) == []


def test_every_token_used_is_declared():
    declared = set(re.findall(r"--([a-z0-9-]+):", CSS))

    assert sorted(set(re.findall(r"var\(--([a-z0-9-]+)", CSS + PRINT)) - declared) == []
