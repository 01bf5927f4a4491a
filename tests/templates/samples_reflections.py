"""Samples of before and after a workshop: asked, refused, answered, shown back, and what another device had said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from wellbeing.domain.reflections import Part
from wellbeing.reflections.forms import AfterForm, BeforeForm
from wellbeing.reflections.queries.meetings import Meeting
from wellbeing.reflections.queries.words import Copy, Kept, Past
from wellbeing.web.forms import filled

ASKED = Meeting(
    id=1,
    uid="w-sample",
    group_id=1,
    title="Danse douce",
    group="Saule",
    zone="Europe/Paris",
    contact="Dominique, à l’accueil",
    starts_at=datetime(2026, 11, 24, 17, 30, tzinfo=UTC),
    minutes=90,
    local_date=date(2026, 11, 24),
    cancelled=False,
    there=False,
    joined_at=datetime(2026, 1, 6, tzinfo=UTC),
    before={},
    after={},
)
FIVE = {"interaction": 5, "cooperation": 4, "exchange": 4, "safety": 2, "return": 5}
TOLD = replace(ASKED, uid="w-told", before={"mood": 2, "calm": 2}, after={"mood": 4, "calm": 4, **FIVE, "size": 2})
ITEMS = ("interaction", "cooperation", "exchange", "safety", "return")
SENTENCE = "Choisissez une des cinq réponses."


def scale(name: str = "mood", **more: Any) -> dict[str, Any]:
    drawn = name in ("mood", "calm")
    plain = {"name": name, "question": "Et maintenant\u202f?", "levels": range(1, 6), "drawn": drawn, "chosen": "4"}
    return plain | {"family": name if drawn else "scale", "refused": "", "contact": ""} | more


def before(form: BeforeForm | None, **more: Any) -> dict[str, Any]:
    plain = {"meeting": ASKED, "time": "18\u00a0h\u00a030", "form": form, "started": False, "version": 1}
    return plain | {"refused": "", "sentence": ""} | more


def after(form: BeforeForm | None, **more: Any) -> dict[str, Any]:
    plain = {
        "meeting": TOLD,
        "heading": "",
        "form": form,
        "items": (*ITEMS, "size"),
        "counts": False,
        "version": 1,
        "moods": (),
    }
    return plain | {"down": False, "unsafe": False, "refused": "", "sentence": ""} | more


def unreadable() -> AfterForm:
    without_words = filled(AfterForm)
    del without_words.keepsake
    return without_words


def told(meeting: Meeting, keepsake: str | None, **asks: bool) -> dict[str, Any]:
    return {"meeting": meeting, "keepsake": keepsake, "asks_before": True, "asks_after": True} | asks


SAMPLES: dict[str, dict[str, dict[str, Any]]] = {
    "reflections/_scale.html": {
        "drawn": scale(),
        "words": scale("return"),
        "refused": scale("calm", refused=SENTENCE),
        "safety": scale("safety", contact="Dominique, à l’accueil", chosen="2"),
    },
    "reflections/_before.html": {
        "asked": before(filled(BeforeForm, op_id="", next="/")),
        "late": before(filled(BeforeForm, op_id="", next="/", mood="3"), started=True),
        "refused": before(filled(BeforeForm, calm="9"), refused="calm", sentence=SENTENCE),
        "closed": before(filled(BeforeForm), sentence="L’avant se note jusqu’à la fin de la séance."),
        "answered": before(None),
    },
    "reflections/_after.html": {
        "asked": after(filled(AfterForm, op_id=""), counts=True),
        "on a phone without network": after(filled(AfterForm, op_id=""), heading="Danse douce, mardi 24 novembre"),
        "belonging": after(filled(AfterForm, **{"return": "5"}), items=(*ITEMS, "belong")),
        "refused": after(filled(AfterForm, keepsake="…"), refused="keepsake", sentence="C’est trop long."),
        "closed": after(filled(AfterForm), sentence="L’après se note jusqu’à deux jours après."),
        "unreadable words": after(unreadable()),
        "lifted": after(None, moods=(2, 4)),
        "stirred up": after(None, moods=(4, 2), down=True, unsafe=True),
    },
    "reflections/_invitation.html": {"over": {"meeting": ASKED}},
    "reflections/_back.html": {"the last time": {"kept": Kept("w-told", date(2026, 11, 17), "Le rythme à deux.")}},
    "reflections/_told.html": {
        "all": told(TOLD, "Le rythme à deux."),
        "unreadable words": told(ASKED, None),
        "nothing yet": told(ASKED, "", asks_before=False),
        "nothing to say": told(ASKED, "", asks_before=False, asks_after=False),
    },
    "reflections/_versions.html": {
        "both": {
            "uid": "w-told",
            "copies": [Copy("a" * 32, "Le silence à la fin."), Copy("b" * 32, None)],
            "pasts": [Past("c" * 32, Part.BEFORE, {"mood": 1, "calm": 3}), Past("d" * 32, Part.AFTER, TOLD.after)],
        },
    },
}
