"""Somebody leaves a team or is removed from it, at once and whole; a group is never left to nobody."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.cast import Cast
from tests.conftest import Clock
from tests.groups.record import bare, content
from tests.teams.record import ids, invitations, invited, membership, team, team_page
from wellbeing.accounts.operations import entering
from wellbeing.accounts.operations.erasing import erase
from wellbeing.db import db
from wellbeing.domain.refusals import InvitationOpensNothing, Refusal
from wellbeing.models.group import Group
from wellbeing.teams import operations
from wellbeing.teams.refusals import LastOfTheTeam

NOBODYS = "0" * 32
LAST = "Un groupe garde au moins une personne pour l’animer. Invitez quelqu’un d’abord."


@pytest.fixture
def two(cast: Cast) -> Cast:
    """Hugo runs Willow with Fay."""
    cast.facilitates("Hugo", "Willow")
    return cast


def test_a_group_is_handed_over_by_inviting_and_leaving(cast: Cast) -> None:
    fay = cast.browser("Fay")
    page = fay.get(team_page(cast)).text
    assert "Invitez la personne qui prend la suite. Quand elle paraît dans la liste, quittez l’équipe." in page
    path = invited(cast)
    asked = fay.get(f"{team_page(cast)}/end").text
    assert LAST in asked
    assert "Quitter maintenant" not in asked
    assert cast.browser("Ben").post(path, data={}).status_code == 303
    assert "Quitter maintenant" in fay.get(f"{team_page(cast)}/end").text
    for _ in range(2):  # a phone that did not hear the first answer
        answer = fay.post(f"{team_page(cast)}/end")
        assert (answer.status_code, answer.location) == (303, "/?said=fac.left")
    assert "C’est fait. Le groupe continue avec l’équipe." in fay.get(answer.location).text
    assert team(cast) == ids(cast, "Ben")
    assert fay.get("/groups").status_code == 404
    assert fay.get("/journal").status_code == 200  # a private journal stays one's own


def test_whoever_runs_a_group_alone_stays_until_somebody_else_does(cast: Cast) -> None:
    before = content(cast)
    refused = cast.browser("Fay").post(f"{team_page(cast)}/end")
    assert refused.status_code == 422
    assert LAST in refused.text
    assert content(cast) == before


def test_who_is_removed_meets_the_page_of_a_group_that_never_was(two: Cast) -> None:
    hugo, fay, group = two.browser("Hugo"), two.browser("Fay"), f"/groups/{two.groups['Willow'].uid}"
    assert hugo.get(group).status_code == 200
    gone = f"{team_page(two)}/{membership(two, 'Hugo')}/end"
    assert "Cette personne n’ouvrira plus les pages de l’équipe, dès maintenant." in fay.get(gone).text
    for _ in range(2):
        answer = fay.post(gone)
        assert (answer.status_code, answer.location) == (303, f"{team_page(two)}?said=fac.removed")
    assert fay.get(gone).status_code == 404
    for page in ("", "/team", "/workshops", "/trends", "/poster", "/code"):
        mine, absent = bare(hugo, group + page), bare(hugo, f"/groups/{NOBODYS}{page}")
        assert mine == absent
        assert mine[0] == 404
    assert "Cette page n’existe pas." in hugo.get(group).text


def test_what_a_removed_person_counted_and_dated_stays(two: Cast, clock: Clock) -> None:
    before = content(two)
    two.browser("Fay").post(f"{team_page(two)}/{membership(two, 'Hugo')}/end")
    after = content(two)
    assert {name for name in after if after[name] != before[name]} == {"membership"}


def test_a_link_kept_aside_by_who_is_removed_opens_nothing(two: Cast) -> None:
    aside, ours = invited(two, "Hugo"), invited(two, "Fay")
    two.browser("Fay").post(f"{team_page(two)}/{membership(two, 'Hugo')}/end")
    assert two.browser("Hugo").post(aside, data={}).status_code == 404
    assert two.browser("Ben").post(ours, data={}).status_code == 303
    assert team(two) == ids(two, "Fay", "Ben")


def test_who_leaves_may_have_invited_whoever_comes_after(two: Cast) -> None:
    path = invited(two, "Hugo")
    two.browser("Hugo").post(f"{team_page(two)}/end")
    assert two.browser("Ben").post(path, data={}).status_code == 303
    assert all(kept.revoked_at is None for kept in invitations(two))


def test_who_was_removed_may_be_invited_again(two: Cast) -> None:
    used = invited(two)
    two.browser("Ben").post(used, data={})
    two.browser("Fay").post(f"{team_page(two)}/{membership(two, 'Ben')}/end")
    two.browser("Ben").post(used, data={})  # a link that was used leads nowhere back
    assert team(two) == ids(two, "Fay", "Hugo")
    assert two.browser("Ben").post(invited(two), data={}).status_code == 303
    assert team(two) == ids(two, "Fay", "Hugo", "Ben")


def test_nobody_removes_themselves_they_leave(two: Cast) -> None:
    mine = f"{team_page(two)}/{membership(two, 'Fay')}/end"
    for send in (two.browser("Fay").get, two.browser("Fay").post):
        answer = send(mine)
        assert (answer.status_code, answer.location) == (303, f"{team_page(two)}/end")
    assert team(two) == ids(two, "Fay", "Hugo")


@pytest.mark.parametrize("name", ["Ana", "Gus", "Sam"])
def test_whoever_does_not_run_the_group_ends_nobodys_part_in_it(two: Cast, name: str) -> None:
    before = content(two)
    browser = two.browser(name)
    for address in (f"{team_page(two)}/{membership(two, 'Hugo')}/end", f"{team_page(two)}/end"):
        for method in ("GET", "POST"):
            assert browser.open(address, method=method).status_code == 404
        assert two.stranger().post(address).status_code == 401
    assert content(two) == before


def test_a_participant_is_nobody_a_team_can_name(two: Cast) -> None:
    fay, before = two.browser("Fay"), content(two)
    for uid in (membership(two, "Ana", role="participant"), membership(two, "Gus", "Oak"), NOBODYS):
        address = f"{team_page(two)}/{uid}/end"
        assert bare(fay, address) == bare(fay, f"{team_page(two)}/{NOBODYS}/end")
        assert fay.post(address).status_code == 404
    assert content(two) == before


# --- at the same instant ----------------------------------------------------------------------------------------------
def at_once(cast: Cast, *acts: Callable[[], None]) -> list[str]:
    """Everybody begins together, each in a thread and on a connection of their own; what each was told."""
    start = Barrier(len(acts))

    def run(act: Callable[[], None]) -> str:
        with cast.app.app_context():
            start.wait()
            try:
                act()
            except Refusal as refusal:
                return type(refusal).__name__
            return "done"

    with ThreadPoolExecutor(len(acts)) as together:
        return sorted(together.map(run, acts))


def left(cast: Cast, name: str) -> Callable[[], None]:
    return lambda: operations.leave(cast.person(name), willow(cast), cast.now)


def willow(cast: Cast) -> Group:
    return db.session.get_one(Group, cast.groups["Willow"].id)


@pytest.mark.parametrize("_", range(5))
def test_of_two_who_leave_at_the_same_instant_one_is_refused(two: Cast, _: int) -> None:
    assert at_once(two, left(two, "Fay"), left(two, "Hugo")) == [LastOfTheTeam.__name__, "done"]
    assert len(team(two)) == 1


@pytest.mark.parametrize("_", range(3))
def test_of_two_who_remove_one_another_at_the_same_instant_one_stays(two: Cast, _: int) -> None:
    uids = [membership(two, name) for name in ("Hugo", "Fay")]
    acts = [lambda uid=uid: operations.remove(willow(two), uid, two.now) for uid in uids]
    assert at_once(two, *acts) == [LastOfTheTeam.__name__, "done"]
    assert len(team(two)) == 1


@pytest.mark.parametrize("_", range(5))
def test_one_who_leaves_while_the_other_erases_everything_leaves_no_open_group_to_nobody(two: Cast, _: int) -> None:
    said = at_once(two, left(two, "Fay"), lambda: erase(two.person("Hugo"), two.now))
    with two.app.app_context():
        closed = willow(two).closed_at is not None
    if said == ["done", "done"]:  # Fay left first: Hugo was alone when he erased
        assert closed
    else:
        assert (said, closed, team(two)) == ([LastOfTheTeam.__name__, "done"], False, ids(two, "Fay"))


@pytest.mark.parametrize("_", range(3))
def test_two_who_erase_everything_at_the_same_instant_close_the_group(two: Cast, _: int) -> None:
    acts = [lambda name=name: erase(two.person(name), two.now) for name in ("Fay", "Hugo")]
    assert at_once(two, *acts) == ["done", "done"]
    with two.app.app_context():
        assert willow(two).closed_at == two.now


@pytest.mark.parametrize("_", range(3))
def test_a_group_is_not_entered_while_it_closes(cast: Cast, _: int) -> None:
    token = invited(cast).rsplit("/", 1)[1]
    said = at_once(
        cast,
        lambda: erase(cast.person("Fay"), cast.now),
        lambda: entering.use_invitation(cast.person("Ben"), token, cast.now),
    )
    with cast.app.app_context():
        closed = willow(cast).closed_at is not None
    assert (said, closed, team(cast)) in (
        (["done", "done"], False, ids(cast, "Ben")),
        ([InvitationOpensNothing.__name__, "done"], True, set()),
    )
