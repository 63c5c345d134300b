"""Languages and time. French and English are complete; Spanish and Portuguese for the interface."""

from zoneinfo import available_timezones

import yaml

from .environment import asked
from .paths import DATA, LOCALE


def city_zone() -> str:
    """The zone of the city's clock: moments are typed and shown as it shows them."""
    file = DATA / asked("PARVIS_CITY") / "city.yaml"
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return "UTC"  # the loader tells what is wrong with the file
    zone = said.get("time_zone") if isinstance(said, dict) else None
    return zone if zone in available_timezones() else "UTC"


LANGUAGES = [("fr", "Français"), ("en", "English"), ("es", "Español"), ("pt", "Português")]
LANGUAGE_CODE = "en"  # the language messages are written in
OFFICE_LANGUAGE = "fr"
LOCALE_PATHS = [LOCALE]
FORMAT_MODULE_PATH = "parvis.config.settings.formats"
TIME_ZONE = city_zone()
USE_I18N = True
USE_TZ = True
