"""A page with the interactive map and its list, served under the policy of the public site."""

from __future__ import annotations

import json
import threading
from functools import cached_property
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from parvis.config.settings.security import policy_text
from parvis.doors.ui.finders import packages_folder
from parvis.observatory.maps.files import map_files
from parvis.observatory.maps.towns import world
from tests.observatory.towns import subject

_STATIC = Path(__file__).parents[3] / "src/parvis/doors/ui/static"
_MAPLIBRE = packages_folder() / "maplibre-gl/dist"
_TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".css": "text/css",
    ".geojson": "application/json",
}


def _row(town) -> str:
    name = escape(town.name)
    return (
        f'<li data-point data-key="{town.key}" data-lon="{town.lon}" data-lat="{town.lat}"'
        f' data-tie="{town.tie}" data-name="{name}" data-said="{town.tie}">'
        f'<a href="/partners/{town.key}">{name}</a></li>'
    )


def page(subject_=None) -> str:
    """The page as the portal writes it: the list, the plate, the button."""
    subject_ = subject_ or subject("en")
    rows = "".join(map(_row, subject_.towns))
    city = escape(json.dumps({"name": "Paris", "lon": 2.35, "lat": 48.85}))
    vendor = 'data-maplibre="/vendor/maplibre-gl.mjs" data-worker="/vendor/maplibre-gl-worker.mjs"'
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Map</title>
<link rel="stylesheet" href="/static/ui/parvis.css"><link rel="stylesheet" href="/static/parvis/drawings.css">
<link rel="stylesheet" href="/static/parvis/map.css"></head><body><main><h1>Map</h1>
<div class="map" data-parvis-map {vendor}
 data-land="/map/land.geojson" data-borders="/map/borders.geojson" data-list="places" data-city="{city}">
<div data-map-plate>{world(subject_).svg}</div>
<button type="button" class="button" data-map-open hidden>Explore the map</button>
<p role="status" data-map-status class="map-note"></p></div>
<ul id="places">{rows}</ul></main><script type="module" src="/static/parvis/map.js"></script></body></html>"""


class MapSite:
    """A server of one page on a free port of this machine. ``asked`` lists every address it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @cached_property
    def _page(self) -> bytes:
        return page().encode()

    def answer(self, path: str) -> bytes | None:
        self.asked.append(path)
        kind, _, rest = path.strip("/").partition("/")
        if kind in ("", "partners"):
            return self._page
        if kind == "map":
            return map_files().get(rest)
        if kind == "static" and rest.startswith("fonts/"):
            return next(packages_folder().rglob(Path(rest).name)).read_bytes()
        if kind == "favicon.ico":
            return b""
        folder = {"static": _STATIC, "vendor": _MAPLIBRE}.get(kind)
        file = folder / rest if folder else None
        return file.read_bytes() if file and file.is_file() else None

    def _handler(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                body = site.answer(self.path.partition("?")[0])
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Type", _TYPES.get(Path(self.path).suffix, "text/html; charset=utf-8"))
                self.send_header("Content-Security-Policy", policy_text())
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_args):
                pass

        return Handler
