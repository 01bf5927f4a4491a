"""A second person runs a group, counts, and is removed (J8), tap by tap; and a book on a phone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Live
from tests.browser.test_facilitator import phone_of
from tests.cast import Cast
from tests.groups.record import counts_of, workshops_of

BAD = "Ce nombre dépasse celui des personnes présentes."


class Taps:
    """Counts the taps of one person."""

    def __init__(self) -> None:
        self.made = 0

    def on(self, thing: Locator) -> None:
        thing.tap()
        self.made += 1

    def all(self) -> int:
        """How many since the last time this was asked."""
        made, self.made = self.made, 0
        return made


def number(page: Page, question: str, answer: str) -> Locator:
    return page.get_by_role("group", name=question).get_by_role("radio", name=answer, exact=True)


def test_a_co_facilitator_enters_counts_is_corrected_and_is_removed(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    willow = f"/groups/{cast.groups['Willow'].uid}"
    held = workshops_of(cast, cast.groups["Willow"])[0]
    lead, taps = phone_of("Fay", cast, live, new_context), Taps()

    # 1. A link and a QR, for seven days, once: two taps
    lead.goto(willow)
    taps.on(lead.get_by_role("link", name="Équipe", exact=True))
    taps.on(lead.get_by_role("button", name="Inviter une autre personne dans l’équipe"))
    shown = lead.locator("[data-invitation]")
    link = shown.get_attribute("data-invitation")
    assert link is not None
    expect(lead.get_by_text("Lien valable 7 jours, une seule fois.")).to_be_visible()
    (scanned,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(lead.screenshot(full_page=True))))
    assert scanned.text == link
    assert taps.all() <= 2

    # 2. Somebody new opens it: three taps, and their groups are that one
    other = new_context().new_page()
    other.goto(link)
    taps.on(other.get_by_role("checkbox", name="J’ai 15 ans ou plus"))
    taps.on(other.get_by_role("button", name="Continuer sans clé d’accès"))
    taps.on(other.get_by_role("link", name="J’ai gardé ma phrase"))
    other.wait_for_url("**/groups")
    expect(other.get_by_role("link", name="Willow")).to_be_visible()
    expect(other.locator(".group-card")).to_have_count(1)
    assert taps.all() <= 3

    # 3. Nine came, two without a phone, one new: four taps, and the group's page shows nine
    other.goto(willow)
    taps.on(number(other, "Combien de personnes", "9"))
    taps.on(number(other, "dont sans téléphone", "2"))
    taps.on(number(other, "dont nouvelles", "1"))
    taps.on(other.get_by_role("button", name="Enregistrer"))
    expect(other.get_by_text("Enregistré à")).to_be_visible()
    expect(other.get_by_text("Séance du 10 mars\u00a0: 9 personnes présentes, selon l’équipe.")).to_be_visible()
    assert taps.all() <= 4

    # 4. More without a phone than people: said, and nothing saved
    other.get_by_text("Corriger ces nombres").tap()
    number(other, "Combien de personnes", "2").tap()
    number(other, "dont sans téléphone", "3").tap()
    other.get_by_role("button", name="Enregistrer").tap()
    expect(other.get_by_text(BAD)).to_be_visible()
    assert number(other, "dont sans téléphone", "3").is_checked()
    assert counts_of(cast, held) == [(9, 2, 1)]

    # 5. The lead, who had opened the page before, saves ten: it holds, and both are said to the team
    lead.goto(willow)
    lead.get_by_text("Corriger ces nombres").tap()
    number(lead, "Combien de personnes", "10").tap()
    lead.get_by_role("button", name="Enregistrer").tap()
    expect(lead.get_by_text("10 personnes présentes", exact=True)).to_be_visible()
    other.goto(willow)
    expect(other.get_by_text("Corrigé\u00a0: 9, puis 10.")).to_be_visible()
    other.get_by_text("Les 2 comptes de cette séance").tap()
    expect(other.get_by_text("9 personnes présentes. Sans téléphone\u00a0: 2.")).to_be_visible()
    guest = phone_of("Ana", cast, live, new_context)
    guest.goto(willow)
    expect(guest.get_by_text("10 personnes présentes, selon l’équipe.")).to_be_visible()
    expect(guest.get_by_text("Corrigé")).to_have_count(0)
    taps.all()

    # 9. From the team's page two taps end somebody's part in it; what they meet is a group that never was
    lead.goto(f"{willow}/team")
    taps.on(lead.get_by_role("link", name="Retirer de l’équipe"))
    taps.on(lead.get_by_role("button", name="Confirmer le retrait"))
    expect(lead.get_by_text("1 personne anime ce groupe")).to_be_visible()
    assert taps.all() <= 2
    gone = other.goto(willow)
    told = re.sub(r"\b[0-9a-f]{16}\b", "…", other.get_by_role("main").inner_text())
    never = other.goto(f"/groups/{'0' * 32}")
    assert gone is not None
    assert never is not None
    assert gone.status == never.status == 404
    assert "Cette page n’existe pas." in told
    assert told == re.sub(r"\b[0-9a-f]{16}\b", "…", other.get_by_role("main").inner_text())


def test_a_date_is_cancelled_the_trends_are_read_and_a_number_is_doubted(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    """J8, steps 6 to 8. Who chose reminders hears of the cancellation: see tests/reminders/test_news.py."""
    willow = f"/groups/{cast.groups['Willow'].uid}"
    lead, taps = phone_of("Fay", cast, live, new_context), Taps()
    lead.goto(willow)
    number(lead, "Combien de personnes", "9").tap()
    lead.get_by_role("button", name="Enregistrer").tap()
    expect(lead.get_by_text("Enregistré à")).to_be_visible()

    # 6. A date is cancelled in three taps, and the group sees it
    coming = lead.locator(f'main a[href="{willow}/workshops/{workshops_of(cast, cast.groups["Willow"])[1].uid}"]').first
    taps.on(coming)
    taps.on(lead.get_by_role("link", name="Annuler cette séance"))
    expect(lead.get_by_text("L’annulation ne pèse sur le fil de personne.")).to_be_visible()
    taps.on(lead.get_by_role("button", name="Confirmer l’annulation"))
    expect(lead.get_by_text("Séance annulée").first).to_be_visible()
    assert taps.all() <= 3
    guest = phone_of("Ana", cast, live, new_context)
    guest.goto("/workshops")
    expect(guest.get_by_text("Séance annulée")).to_be_visible()

    # 7. Published periods only: none is due yet
    lead.goto(willow)
    taps.on(lead.get_by_role("link", name="Tendances"))
    expect(lead.get_by_text("La première période se clôt quelques semaines après").first).to_be_visible()
    assert taps.all() <= 1

    # 8. Somebody in the group doubts a number in one tap; a steward who does not run it finds it, without who
    guest.goto(willow)
    taps.on(guest.get_by_role("button", name="Ce nombre est faux").first)
    expect(guest.get_by_text("Rien ne dit qui l’a signalé.")).to_be_visible()
    assert taps.all() <= 1
    steward = phone_of("Sam", cast, live, new_context)
    steward.goto("/organisation")
    expect(steward.get_by_text("Nombre signalé comme faux.")).to_be_visible()
    expect(steward.get_by_role("main")).not_to_contain_text("Ana")
    guest.goto(willow)
    guest.get_by_role("button", name="Ce nombre est faux").first.tap()
    expect(guest.get_by_text("Vous avez déjà signalé un nombre de ce groupe.")).to_be_visible()


def test_a_group_is_handed_over_in_three_taps(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    cast.facilitates("Hugo", "Willow")
    page, taps = phone_of("Fay", cast, live, new_context), Taps()
    page.goto(f"/groups/{cast.groups['Willow'].uid}")
    taps.on(page.get_by_role("link", name="Équipe", exact=True))
    taps.on(page.get_by_role("link", name="Quitter l’équipe"))
    taps.on(page.get_by_role("button", name="Quitter maintenant"))
    expect(page.get_by_text("C’est fait. Le groupe continue avec l’équipe.")).to_be_visible()
    assert taps.all() <= 3


def test_somebody_signed_in_enters_a_team_in_one_tap_without_scripts(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    lead = phone_of("Fay", cast, live, new_context, java_script_enabled=False)
    lead.goto(f"/groups/{cast.groups['Willow'].uid}/team")
    lead.get_by_role("button", name="Inviter une autre personne dans l’équipe").tap()
    link = lead.locator("[data-invitation]").get_attribute("data-invitation")
    assert link is not None
    page = phone_of("Ben", cast, live, new_context, java_script_enabled=False)
    page.goto(link)
    page.get_by_role("button", name="Rejoindre l’équipe d’animation").tap()
    page.wait_for_url("**/groups")
    expect(page.get_by_role("link", name="Willow")).to_be_visible()


def test_a_page_of_the_book_is_written_from_the_page_of_a_date(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    held = workshops_of(cast, cast.groups["Willow"])[0]
    page = phone_of("Fay", cast, live, new_context)
    page.goto(f"/groups/{cast.groups['Willow'].uid}/workshops/{held.uid}")
    page.get_by_role("link", name="Mon carnet").tap()
    page.get_by_label("Mon intention").fill("Commencer au sol.")
    page.get_by_label("À adapter").fill("<b>Moins</b> de musique.\nPlus de silence.")
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_text("C’est noté.")).to_be_visible()
    expect(page.get_by_label("À adapter")).to_have_value("<b>Moins</b> de musique.\nPlus de silence.")
    page.goto("/book")
    page.get_by_role("link", name="Danse douce").tap()
    expect(page.get_by_label("Mon intention")).to_have_value("Commencer au sol.")


def test_nothing_is_wider_than_a_small_screen(
    cast: Cast, live: Live, new_context: Callable[..., BrowserContext]
) -> None:
    cast.facilitates("Hugo", "Willow")
    willow = f"/groups/{cast.groups['Willow'].uid}"
    page = phone_of("Fay", cast, live, new_context)
    page.set_viewport_size({"width": 320, "height": 640})
    date = f"{willow}/workshops/{workshops_of(cast, cast.groups['Willow'])[0].uid}"
    page.goto(f"{willow}/team")
    page.get_by_label("Le nom que le groupe verra").fill("Hildegarde-Marguerite " * 5)
    page.get_by_role("button", name="Enregistrer").tap()
    expect(page.get_by_text("Le groupe voit le nom")).to_be_visible()
    page.get_by_role("button", name="Inviter une autre personne dans l’équipe").tap()
    expect(page.locator("[data-invitation]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    for address in (f"{willow}/team", f"{willow}/team/end", date, f"{date}/book", "/book"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
