"""Small scripts improve pages that work without them, and each does one thing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live
from tests.browser.until import until

# Builds elements without a parser, as the policy of our pages wants, and starts one behaviour on the first of them.
PUT = """async ([behaviour, build]) => {
  const make = ([tag, attributes, ...children]) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    for (const child of children) element.append(typeof child === "string" ? child : make(child));
    return element;
  };
  const root = make(build);
  document.querySelector("main").append(root);
  const app = document.querySelector("script[type=module]").src;
  const named = behaviour.replace(/-(.)/, (_, letter) => letter.toUpperCase());
  const { start, [named]: joined } = await import(new URL(`behaviours/${behaviour}.js`, app));
  (start ?? joined)(root.matches("[data-start]") ? root : root.querySelector("[data-start]"));
}"""


@pytest.fixture
def page_of_ours(page: Page, live: Live) -> Page:
    page.goto("/help/fr")
    return page


def put(page: Page, behaviour: str, build: list[Any]) -> None:
    page.evaluate(PUT, [behaviour, build])


def box(name: str) -> list[Any]:
    return ["label", {}, ["input", {"type": "checkbox", "name": name}], name]


def test_three_words_are_enough_and_the_fourth_says_so(page_of_ours: Page) -> None:
    page = page_of_ours
    line = ["p", {"data-at-most-says": "Trois mots choisis.", "role": "status"}]
    put(page, "at-most", ["fieldset", {"data-at-most": "3", "data-start": ""}, *map(box, "abcd"), line])
    for name in "abc":
        page.check(f"[name={name}]")
    assert page.get_attribute("[name=d]", "aria-disabled") == "true"
    page.click("[name=d]", force=True)
    assert not page.is_checked("[name=d]")
    assert page.inner_text("[data-at-most-says]") == "Trois mots choisis."
    page.uncheck("[name=a]")
    assert page.inner_text("[data-at-most-says]") == ""
    page.check("[name=d]")
    assert page.is_checked("[name=d]")


@pytest.mark.parametrize(("status", "renewed"), [(200, True), (303, True), (422, False), (503, False)])
def test_a_note_keeps_its_name_until_it_is_saved(page_of_ours: Page, status: int, renewed: bool) -> None:
    page = page_of_ours
    put(page, "op-id", ["form", {"id": "f"}, ["input", {"name": "op_id", "value": "first", "data-start": ""}]])
    page.evaluate(
        """(status) => document.getElementById("f").dispatchEvent(
             new CustomEvent("htmx:after:request", { detail: { ctx: { response: { status } } } }))""",
        status,
    )
    value = page.input_value("[name=op_id]")
    assert (value != "first") is renewed
    assert not renewed or re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", value)


def test_the_seven_words_can_be_kept_in_a_file(page_of_ours: Page) -> None:
    page = page_of_ours
    words = ["rivière", "tambour", "olive", "plume", "marche", "lampe", "sable"]
    put(
        page,
        "download",
        [
            "div",
            {},
            ["ol", {"data-phrase": ""}, *(["li", {}, f" {word}\n"] for word in words)],
            [
                "button",
                {"data-download": "[data-phrase]", "data-download-name": "a.txt", "data-start": "", "hidden": ""},
            ],
        ],
    )
    with page.expect_download() as kept:
        page.click("[data-download]")
    assert kept.value.suggested_filename == "a.txt"
    assert kept.value.path().read_text(encoding="utf-8") == " ".join(words) + "\n"


def test_a_copy_holds_the_words_and_says_that_it_was_made(page_of_ours: Page) -> None:
    page = page_of_ours
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = {"data-copy": "[data-phrase]", "data-copied": "C’est copié.", "data-start": "", "hidden": ""}
    put(page, "copy", ["div", {}, ["p", {"data-phrase": ""}, "rivière olive"], ["button", button, "Copier"]])
    page.click("[data-copy]")
    until(page, "() => document.getElementById('status').textContent === 'C’est copié.'")
    assert page.evaluate("navigator.clipboard.readText()") == "rivière olive"


def test_what_was_typed_in_secret_can_be_seen(page_of_ours: Page) -> None:
    page = page_of_ours
    field = ["input", {"id": "p", "type": "password", "value": "rivière"}]
    put(page, "reveal", ["div", {}, field, ["button", {"data-reveal": "#p", "data-start": "", "hidden": ""}, "Voir"]])
    page.click("[data-reveal]")
    assert (page.get_attribute("#p", "type"), page.get_attribute("[data-reveal]", "aria-pressed")) == ("text", "true")
    page.click("[data-reveal]")
    assert page.get_attribute("#p", "type") == "password"
