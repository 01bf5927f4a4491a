"""A page as a browser would read it: its elements, the forms a person could fill in, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]
TYPED = ("text", "search", "tel", "url", "email", "password")


@dataclass
class Field:
    """One field of a form, and what it would send if nobody touched it; `typed` if a person writes in it."""

    name: str
    value: str
    typed: bool


@dataclass
class Form:
    """Where it is sent to, and its fields; of the buttons that say something, the first is pressed."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def sent(self, words: str | None = None, **more: str) -> dict[str, list[str]]:
        """What leaves the browser, with `words` in every field that somebody writes in."""
        said: dict[str, list[str]] = {}
        for each in self.fields:
            said.setdefault(each.name, []).append(words if each.typed and words is not None else each.value)
        return said | {name: [value] for name, value in more.items()}


class Page(HTMLParser):
    """`elements` are (name, attributes) in the order they stand; `title` is the page's, `forms` its forms."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Attributes]] = []
        self.forms: list[Form] = []
        self.title = ""
        self._within: list[str] = []
        self._form: Form | None = None
        self._area: Field | None = None
        self._choice: Field | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        self._within.append(tag)
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and "disabled" not in given:
            self._field(tag, given)

    def _field(self, tag: str, given: Attributes) -> None:
        assert self._form is not None
        name, kind = given.get("name", ""), given.get("type", "text")
        if tag == "textarea" and name:
            self._area = self._added(name, "", typed=True)
        elif tag == "select" and name:
            self._choice = self._added(name, "")
        elif tag == "option" and self._choice is not None:
            if "selected" in given or not self._choice.value:
                self._choice.value = given.get("value", "")
        elif tag == "button" and name and name not in {each.name for each in self._form.fields}:
            self._added(name, given.get("value", ""))
        elif tag == "input" and name and kind in ("radio", "checkbox"):
            first = kind == "checkbox" or name not in {each.name for each in self._form.fields}
            if first or "checked" in given:
                self._form.fields = [each for each in self._form.fields if each.name != name or kind == "checkbox"]
                self._added(name, given.get("value", "on"))
        elif tag == "input" and name:
            self._added(name, given.get("value", ""), typed=kind in TYPED)

    def _added(self, name: str, value: str, typed: bool = False) -> Field:
        assert self._form is not None
        self._form.fields.append(Field(name, value, typed))
        return self._form.fields[-1]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._choice = None
        if tag in self._within:
            while self._within and self._within.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._within[-1:] == ["title"]:
            self.title += data
        elif self._area is not None:
            self._area.value += data

    def links(self) -> list[tuple[str, str, str]]:
        """Every address it names, as (element, attribute, address)."""
        named = ("href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href")
        return [
            (tag, name, value)
            for tag, given in self.elements
            for name, value in given.items()
            if name in named or (name.startswith("data-hx-") and value.startswith(("/", "http")))
        ]
