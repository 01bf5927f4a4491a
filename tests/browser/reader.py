"""What a screen reader has to say, taken from Chromium's own accessibility tree, and a keyboard that counts.

`Reader.said()` is the page from first to last as a reader goes through it: « Noter : difficile, bouton ». Words of
roles and states are those of VoiceOver and NVDA; no-break spaces, which are silent, are read as spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

ROLES = {
    "fr": {"button": "bouton", "link": "lien", "checkbox": "case à cocher", "radio": "bouton radio", "group": "groupe",
           "DisclosureTriangle": "bouton", "heading": "titre", "textbox": "champ", "list": "liste"},
    "en": {"button": "button", "link": "link", "checkbox": "checkbox", "radio": "radio button", "group": "group",
           "DisclosureTriangle": "button", "heading": "heading", "textbox": "field", "list": "list"},
}  # fmt: skip
STATES = {
    "fr": {"true": "cochée", "false": "non cochée", "of": "sur"},
    "en": {"true": "checked", "false": "not checked", "of": "of"},
}
SILENT = {"none", "generic", "InlineTextBox", "LineBreak", "ignored"}
# Said by their text alone; and what is said whole, whatever it is made of. A legend is the name of its group.
ALOUD = {"StaticText", "status", "alert", "caption", "table"}
WHOLE = {"button", "link", "checkbox", "radio", "heading", "DisclosureTriangle", "textbox", "StaticText", "Legend"}
MOST_TABS = 120


@dataclass
class Spoken:
    """One thing the tree holds: its role in ARIA's word, its name, what describes it, its states."""

    role: str
    name: str
    description: str = ""
    states: dict[str, Any] = field(default_factory=dict)
    within: list[Spoken] = field(default_factory=list)

    def all(self) -> list[Spoken]:
        return [self, *(one for part in self.within for one in part.all())]


class Reader:
    """Somebody who does not see the page: reads its tree, moves by Tab, presses Enter or Space, and counts that."""

    def __init__(self, page: Page, language: str = "fr") -> None:
        self.page = page
        self.language = language
        self.activations = 0
        self._browser = page.context.new_cdp_session(page)
        self._browser.send("Accessibility.enable")

    def tree(self) -> Spoken:
        nodes = {node["nodeId"]: node for node in self._browser.send("Accessibility.getFullAXTree")["nodes"]}
        root = next(node for node in nodes.values() if "parentId" not in node)
        return _gathered(root, nodes)

    def things(self, *roles: str) -> list[Spoken]:
        """Everything with one of these roles, in reading order."""
        return [one for one in self.tree().all() if one.role in roles]

    def said(self) -> list[str]:
        """What is said of everything that is named, can be pressed or is read, in reading order."""
        return self._spoken(self.tree(), [])

    def focused(self) -> Spoken:
        """What the focus is on."""
        element = self._browser.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]
        found = self._browser.send(
            "Accessibility.getPartialAXTree", {"objectId": element["objectId"], "fetchRelatives": False}
        )["nodes"][0]
        return _one(found)

    def to(self, role: str, name: str) -> Spoken:
        """Tab until something of this role and name has the focus; raises AssertionError if nothing does."""
        passed = []
        for _ in range(MOST_TABS):
            here = self.focused()
            if here.role == role and here.name.startswith(name):
                return here
            passed.append(f"{here.role} {here.name}")
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no {role} « {name} » by keyboard; there are: {passed}")

    def press(self, role: str, name: str, key: str = "Enter") -> None:
        """Go there and activate it: one activation."""
        self.to(role, name)
        self.page.keyboard.press(key)
        self.activations += 1

    def answer(self, question: str, nth: int) -> None:
        """Choose the nth radio of a question by the arrows of the keyboard: one activation."""
        group = self.page.get_by_role("group", name=question)
        name = group.get_by_role("radio").first.evaluate("radio => radio.name")
        for _ in range(MOST_TABS):
            if self.page.evaluate("() => document.activeElement.name") == name:
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"« {question} » is not reached by keyboard")
        self.page.keyboard.press("Space")
        for _ in range(nth - 1):
            self.page.keyboard.press("ArrowDown")
        self.activations += 1

    def _spoken(self, one: Spoken, choice: list[Spoken]) -> list[str]:
        """This and all within it; `choice` holds the radios among which it stands."""
        words, states = ROLES[self.language], STATES[self.language]
        spoken = [one.name] if one.name and (one.role in words or one.role in ALOUD) else []
        if one.role in words:
            spoken = [", ".join([*spoken, words[one.role]])]
        if one.role == "checkbox":
            spoken[0] += f", {states[str(one.states.get('checked', 'false'))]}"
        if one.role == "radio":
            spoken[0] += f", {choice.index(one) + 1} {states['of']} {len(choice)}"
        if one.role in WHOLE:
            return spoken
        pressed = [part for part in one.all() if part.role in ("radio", "checkbox")]
        if one.role == "LabelText" and pressed:
            return [sentence for part in pressed for sentence in self._spoken(part, choice)]
        if one.role == "group":
            choice = [part for part in pressed if part.role == "radio"]
        return spoken + [sentence for part in one.within for sentence in self._spoken(part, choice)]


def _gathered(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Spoken:
    here = _one(node)
    for child in node.get("childIds", ()):
        if child in nodes:
            found = _gathered(nodes[child], nodes)
            here.within += found.within if found.role in SILENT else [found]
    return here


def _one(node: dict[str, Any]) -> Spoken:
    def value(of: str) -> str:
        return re.sub(r"[\s\u00a0\u202f]+", " ", str(node.get(of, {}).get("value", ""))).strip()

    states = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    return Spoken("ignored" if node.get("ignored") else value("role"), value("name"), value("description"), states)
