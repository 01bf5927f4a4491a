"""What somebody types in their book, as texts or a named refusal. What was typed stays in the form."""

from __future__ import annotations

from wtforms import Form, HiddenField, StringField

from wellbeing.web.forms import private_words


class PageForm(Form):
    """The three texts; one whose field is not there is left alone. `edition` is the one that was shown."""

    edition = HiddenField()
    intention = StringField()
    worked = StringField()
    adapt = StringField()

    def texts(self) -> dict[str, str | None]:
        """Raises NoteTooLong or UnreadableText for the first text that cannot be kept, in the order of the page."""
        return {
            "intention": private_words(self.intention),
            "worked": private_words(self.worked),
            "adapt": private_words(self.adapt),
        }

    def seen(self) -> str | None:
        return (self.edition.data or "") if self.edition.raw_data else None
