"""The application that gunicorn and `flask --app app` load."""

from wellbeing import create_app

app = create_app()
