"""Languages and time. French and English are complete; Spanish and Portuguese for the interface."""

from .paths import LOCALE

LANGUAGES = [("fr", "Français"), ("en", "English"), ("es", "Español"), ("pt", "Português")]
LANGUAGE_CODE = "en"  # the language messages are written in
OFFICE_LANGUAGE = "fr"
LOCALE_PATHS = [LOCALE]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
