"""Makes the story happen: each happening is one of the product's own operations, at its own instant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

from wellbeing.accounts.arrivals import Arrived, Newcomer
from wellbeing.accounts.forms import text_hash
from wellbeing.accounts.operations import arriving, choices, entering
from wellbeing.books import operations as books
from wellbeing.books import queries as book_queries
from wellbeing.check_ups import operations as check_ups
from wellbeing.check_ups.packs import pack_of
from wellbeing.demo import happenings as story
from wellbeing.demo.check_ups import AnswersCheckUp, WantsCheckUp
from wellbeing.demo.circles import Circle
from wellbeing.demo.terms import SCHOOL_ZONE
from wellbeing.domain.codes import normalised
from wellbeing.domain.days import today_in
from wellbeing.domain.reflections import Part
from wellbeing.domain.stages import Hours
from wellbeing.groups.operations import circle, dates, seasons
from wellbeing.groups.queries import meetings
from wellbeing.groups.wishes import STAGE, Counted, Plan, Wanted
from wellbeing.inviting.operations import invite
from wellbeing.journal.feeling import Feeling
from wellbeing.journal.operations import noting
from wellbeing.keeping.operations import let_go
from wellbeing.keyring import Keyring
from wellbeing.models.group import Group
from wellbeing.models.person import Person
from wellbeing.models.workshop import Workshop
from wellbeing.publishing.ledger import NAME
from wellbeing.publishing.operations import freeze
from wellbeing.reflections.operations.telling import say
from wellbeing.reflections.queries import meetings as meetings_of
from wellbeing.reflections.saying import Said
from wellbeing.report import operations as report
from wellbeing.report.typed import nothing_typed
from wellbeing.streak import operations as thread
from wellbeing.teams import operations as teams
from wellbeing.web.locale import speaking
from wellbeing.workshops import operations as presence
from wellbeing.workshops import queries as workshops

LOCALE, ZONE = "fr", "Europe/Paris"
LEADING = ("age_ok", "journal")


class Telling:
    """Who and what has come to be so far, by the names of the story. Needs an application context."""

    def __init__(self, circles: Iterable[Circle], keyring: Keyring, ledger: Path, dice: Random) -> None:
        self._circles = {one.name: one for one in circles}
        self._keyring, self._ledger, self._dice = keyring, ledger / NAME, dice
        self._groups: dict[str, Group] = {}
        self._workshops: dict[tuple[str, object], Workshop] = {}
        self.people: dict[str, Arrived] = {}

    def tell(self, happening: story.Happening) -> None:
        """Make one thing happen. Raises what the operation raises: the story holds nothing that is refused."""
        match happening:
            case story.Pass(at=at):
                freeze(now=at, randbelow=self._dice.randrange, ledger_path=self._ledger)
                let_go(at)
            case story.Starts(at=at, who=who):
                code = normalised(arriving.renew_setup_code(at), length=12) or ""
                self.people[who] = arriving.become_steward(self._newcomer(who, "setup", LEADING), code, at)
            case story.Invites(at=at, steward=steward, who=who):
                token = invite(self._person(steward), None, at)
                if who is not None:
                    self.people[who] = arriving.accept_invitation(self._newcomer(who, "invitation", LEADING), token, at)
            case story.EntersTeam(at=at, by=by, who=who, group=group):
                token = invite(self._person(by), self._groups[group], at)
                self.people[who] = arriving.accept_invitation(self._newcomer(who, "invitation", LEADING), token, at)
                teams.rename(self._person(who), self._groups[group], who)
            case (
                story.Opens() | story.Plans() | story.PlansStage() | story.Cancels() | story.Counts() | story.Reports()
            ):
                self._of_a_group(happening)
            case story.Joins(at=at, who=who, group=group, agreed=agreed):
                self.people[who] = arriving.join(self._newcomer(who, "join", agreed), self._groups[group], at)
            case story.JoinsAlso(at=at, who=who, group=group):
                entering.join_also(self._person(who), self._groups[group], at)
            case _:
                self._of_a_person(happening)

    def _of_a_group(self, happening: story.Happening) -> None:
        match happening:
            case story.Opens(at=at, who=who, group=group):
                self._groups[group] = circle.create_group(self._person(who), _wanted(self._circles[group]), at)
            case story.Plans(group=group):
                self._planned(group, _plan(self._circles[group], happening))
            case story.PlansStage(group=group):
                self._planned(group, _stage(happening))
            case story.Cancels(at=at, group=group, day=day):
                dates.cancel(self._workshops[group, day], at)
            case story.Counts(at=at, group=group, day=day, present=present, without_phone=without, newcomers=new):
                dates.count(self._workshops[group, day], Counted(present, without, new), at)
            case story.Reports(at=at, group=group, since=since, until=until, texts=texts, numbers=numbers):
                typed = {**nothing_typed(), **texts, **numbers, "policy": True, "issued_on": until}
                report.save(self._groups[group], (since, until), typed, "", at)

    def _planned(self, group: str, plan: Plan) -> None:
        made = seasons.plan_workshops(self._groups[group], plan)
        self._workshops |= {(group, workshop.local_date): workshop for workshop in made}

    def _of_a_person(self, happening: story.Happening) -> None:
        match happening:
            case story.Feels(who=who, op_id=op_id):
                noting.log_mood(self._person(who), op_id, _feeling(happening), self._keyring, happening.at)
            case story.WasThere(who=who):
                self._was_there(self._person(who), happening)
            case story.Speaks(who=who):
                self._speaks(self._person(who), happening)
            case story.Pauses(at=at, who=who, until=until):
                thread.pause(self._person(who), until, today_in(ZONE, at))
            case story.Paces(at=at, who=who, goal=goal):
                thread.change_pace(self._person(who), goal, today_in(ZONE, at))
            case story.Hides(who=who):
                thread.hide(self._person(who), True)
            case story.Chooses(at=at, who=who, purpose=purpose, given=given):
                choices.choose(self._person(who), purpose, given, _text_seen(purpose), at)
            case WantsCheckUp() | AnswersCheckUp():
                self._looks_back(happening)
            case story.Writes(who=who):
                self._writes(self._person(who), happening)
            case story.Leaves(at=at, who=who, group=group):
                circle.leave(self._person(who), self._groups[group], at)
            case _:
                raise NotImplementedError(f"nobody can make {type(happening).__name__} happen")

    def _was_there(self, person: Person, happening: story.WasThere) -> None:
        workshop = self._workshops[happening.group, happening.day]
        if happening.by_code:
            code = meetings.check_in_code(workshop) or ""
            presence.check_in(person, self._keyring.keyed_hash("check_in", code), self._keyring, happening.at)
        elif (seen := workshops.workshop_of(person, workshop.uid, happening.at)) is not None:
            presence.declare(person, seen, self._keyring, happening.at)

    def _speaks(self, person: Person, happening: story.Speaks) -> None:
        workshop = self._workshops[happening.group, happening.day]
        if (meeting := meetings_of.meeting_of(person, workshop.uid)) is not None:
            words = happening.keepsake or None
            said = Said(Part(happening.part), dict(happening.answers), words, speaks=words is not None)
            say(person, meeting, said, self._keyring, happening.at)

    def _looks_back(self, happening: WantsCheckUp | AnswersCheckUp) -> None:
        person, today = self._person(happening.who), today_in(ZONE, happening.at)
        if (pack := pack_of(happening.pack, LOCALE)) is None:
            return
        if isinstance(happening, WantsCheckUp):
            check_ups.want(person, pack, True, today)
        else:
            check_ups.answer(person, pack, dict(happening.answers), happening.op_id, today, self._keyring)

    def _writes(self, person: Person, happening: story.Writes) -> None:
        workshop = self._workshops[happening.group, happening.day]
        page = book_queries.dated(person, self._groups[happening.group].uid, workshop.uid)
        if page is not None:
            books.write(person, page, dict(happening.texts), None, self._keyring, happening.at)

    def _person(self, name: str) -> Person:
        return self.people[name].person

    def _newcomer(self, name: str, where: str, agreed: Iterable[str]) -> Newcomer:
        return Newcomer(name, LOCALE, ZONE, where, {purpose: _text_seen(purpose) for purpose in agreed})


def _text_seen(purpose: str) -> str:
    with speaking(LOCALE):
        return text_hash("consent.age" if purpose == "age_ok" else f"consent.{purpose}")


def _wanted(one: Circle) -> Wanted:
    return Wanted(one.name, one.activity, one.place, ZONE, SCHOOL_ZONE, one.safety_contact, shown_name=one.leader)


def _plan(one: Circle, planned: story.Plans) -> Plan:
    return Plan(one.title, planned.starts_on, one.starts_at, one.minutes, one.repeat, planned.until)


def _stage(planned: story.PlansStage) -> Plan:
    (day, at, minutes), *others = planned.slots
    return Plan(planned.title, day, at, minutes, STAGE, slots=tuple(Hours(*other) for other in others))


def _feeling(felt: story.Feels) -> Feeling:
    return Feeling(felt.mood, felt.energy, felt.calm, felt.emotions, felt.felt_at, felt.note or None)
