"""The application that gunicorn and `flask --app app` load."""

import sys

from wellbeing import create_app
from wellbeing.config import ConfigurationMistakes
from wellbeing.help.lines import HelpMistakes
from wellbeing.keyring import SecretsRefused
from wellbeing.web.catalogues import CataloguesMissing

try:
    app = create_app()
except (CataloguesMissing, ConfigurationMistakes, HelpMistakes, SecretsRefused) as mistake:
    sys.exit(str(mistake))  # a host reads what to mend, and nothing of how we found out
