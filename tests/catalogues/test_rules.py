"""The words people read are checked before anybody reads them, and every check is shown to bite."""

from io import BytesIO

import pytest
from babel.messages.pofile import read_po

from tests.catalogues.reading import LANGUAGES, catalogue, pairs, source
from tests.catalogues.rules import RULES, c1_no_key_is_written_twice

# One string at least that each rule must refuse: (rule, key, French, English).
BAD = [
    ("C1", "a.b", "Deux", ""),
    ("C1", "a.b_one", "Une", "One"),
    ("C2", "a.b", "Le {date}", "On {day}"),
    ("C3", "a.b", "L'aide", "Help"),
    ("C3", "a.b", "Aide", 'A "word"'),
    ("C3", "a.b", "Attendez...", "Wait"),
    ("C3", "a.b", "Oui", "Yes!"),
    ("C3", "a.b", "Deux  espaces", "Two"),
    ("C3", "a.b", "Fin ", "End"),
    ("C3", "a.b", "Deux\nlignes", "Two lines"),
    ("C4", "a.b", "<b>Oui</b>", "Yes"),
    ("C4", "a.b", "Suite →", "Next"),
    ("C4", "a.b", "Oui", "Yes ☀"),
    ("C4", "a.b", "Oui 🙂", "Yes"),
    ("F1", "a.b", "Ça va ?", "All right?"),
    ("F1", "a.b", "Oui\u00a0; non", "Yes; no"),
    ("F2", "a.b", "Date : lundi", "Date: Monday"),
    ("F3", "a.b", "Touchez « Oui »", "Tap “Yes”"),
    ("F3", "a.b", "Touchez “Oui”", "Tap “Yes”"),
    ("F4", "a.b", "5 min", "5 min"),
    ("F4", "a.b", "{n} %", "{n}%"),
    ("F4", "a.b", "18\u00a0h 30", "6:30 pm"),
    ("F4", "a.b", "4 000 pas", "4,000 steps"),
    ("F4", "a.b", "À 18:30", "At 6:30 pm"),
    ("F5", "a.b", "Inscrit·e", "In"),
    ("F5", "a.b", "Inscrit(e)", "In"),
    ("F5", "a.b", "Seul/e", "Alone"),
    ("F5", "a.b", "Toustes là", "All here"),
    ("F6", "a.b", "Ton fil", "Your thread"),
    ("F6", "a.b", "Je t’écoute", "Listening"),
    ("F7", "a.b", "Vous êtes connecté.", "You are signed in."),
    ("F8", "a.b", "Votre animateur", "Your facilitator"),
    ("F8", "a.b", "Les participants", "People"),
    ("F9", "a.b", "Semaine manquée", "A week"),
    ("F9", "a.b", "Tout est perdu", "All gone"),
    ("F9", "a.b", "Données anonymes", "Data"),
    ("F10", "a.b", "A demain.", "See you."),
    ("F10", "a.b", "Oui. Ecrivez.", "Yes. Write."),
    ("E1", "a.b", "Ça va\u202f?", "All right ?"),
    ("E1", "a.b", "Oui", "«\u00a0Yes\u00a0»"),
    ("E2", "a.b", "Oui", "You missed a week."),
    ("E2", "a.b", "Oui", "All is lost."),
    ("E2", "a.b", "Oui", "Your goal"),
    ("T1", "thread.n", "Votre fil\u00a0: 0 semaine", "Your thread"),
    ("P1", "push.x", "Votre groupe vous attend.", "Hello."),
    ("P1", "push.x", "Bonjour {name}.", "Hello {name}."),
    ("P1", "push.x", "Bonjour.", "A very long reminder that goes on and on well past sixty characters."),
    ("L1", "level.mood.1", "mauvais", "rather hard"),
    ("L1", "level.mood.1", "plutôt difficile", "low"),
    ("U1", "trend.none", "Pas assez de réponses.", "Not enough."),
    ("U1", "a.b", "Pas assez de monde", "Too few"),
    ("W1", "a.b", "Votre journal reste sur ce téléphone.", "Here"),
    ("W1", "a.b", "Chiffré", "End-to-end encrypted"),
    ("H1", "a.b", "Appelez le {n}, ou le 31\u00a014", "Call {n}"),
    ("H1", "a.b", "Aide", "Call 9, then 1"),
]


@pytest.mark.parametrize(("rule", "key", "fr", "en"), BAD)
def test_each_rule_refuses_what_it_is_for(rule: str, key: str, fr: str, en: str) -> None:
    assert RULES[rule]({key: fr}, {key: en})


def test_every_rule_has_a_bad_string_of_its_own() -> None:
    assert {rule for rule, *_ in BAD} == set(RULES)


def test_a_string_in_one_language_only_is_refused() -> None:
    assert RULES["C1"]({"a.b": "Oui"}, {})


def test_a_key_written_twice_is_refused() -> None:
    assert c1_no_key_is_written_twice([("a.b", "Oui"), ("a.b", "Non")])


def test_the_two_sentences_that_say_nothing_is_lost_are_welcome() -> None:
    fr, en = {"a.b": "Rien n’est perdu."}, {"a.b": "Nothing is lost."}
    assert not RULES["F9"](fr, en)
    assert not RULES["E2"](fr, en)


@pytest.mark.parametrize("rule", RULES)
def test_the_words_people_read_keep_every_rule(rule: str) -> None:
    fr, en = catalogue("fr"), catalogue("en")
    assert "mood.q" in fr
    assert not (offences := RULES[rule](fr, en)), "\n".join(offences)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language: str) -> None:
    assert not c1_no_key_is_written_twice(pairs(source(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_lower_case_and_dotted(language: str) -> None:
    for key in catalogue(language):
        assert key.replace(".", "").replace("_", "").isalnum(), key
        assert key == key.lower(), key
        assert "." in key, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_catalogue_escapes_the_rules(language: str) -> None:
    """Gettext reads the same strings as our strict reading; none is stale (fuzzy) or put aside (obsolete)."""
    read = read_po(BytesIO(source(language).encode()), locale=language)
    assert {message.id: message.string for message in read if message.id} == catalogue(language)
    assert not [message.id for message in read if message.fuzzy and message.id]
    assert not read.obsolete
