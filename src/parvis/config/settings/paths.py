"""Where things lie. All that Parvis makes stands in one folder, ``var``, which git ignores."""

from pathlib import Path

from .environment import asked

PROJECT = Path(__file__).resolve().parents[4]
VAR = Path(asked("PARVIS_VAR")).resolve() if asked("PARVIS_VAR") else PROJECT / "var"
RELEASES = VAR / "releases"
SECRETS = VAR / "secret"
STATIC = VAR / "static"
MAIL = VAR / "mail"
VAULT = VAR / "vault"
LOCALE = PROJECT / "locale"
PACKAGES = PROJECT / "node_modules"
DATA = PROJECT / "data"
