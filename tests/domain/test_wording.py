"""The wording bank: each row sees what it is for, in both languages, and leaves alone what is honest."""

from __future__ import annotations

import pytest

from wellbeing.domain.wording import AVOIDED, avoided_in

SEEN = {
    "proof": ["Cela prouve que", "Nous avons prouvé", "It proves", "proven", "This is proof", "PROUVÉ"],
    "claim": ["Il est démontré", "This demonstrates", "garanti", "des résultats garantis", "guaranteed"],
    "cause": ["grâce à la danse", "Grâce à vous", "thanks to dance", "l’action a permis de", "a entraîné", "caused"],
    "effect": ["un impact sur la santé", "un impact positif sur", "efficacité", "efficace", "effective",
               "effectiveness", "un taux de réussite"],
    "people": ["les patients", "un bénéficiaire", "personnes malades", "usagers", "douze cas", "a case", "patient"],
    "health": ["dépression", "depressed", "anxiété", "anxiety", "guérir", "guéri", "soigner", "cured", "healing",
               "treat", "treatment", "art-thérapie", "therapy", "diagnostic", "symptômes", "symptoms"],
    "number": ["significatif", "significant", "augmente de 15", "augmentation de 3", "80 % de bien-être",
               "80\u00a0% de\u202fmieux", "80% de mieux"],
    "secret": ["anonyme", "anonymisé", "anonymous"],
    "hormone": ["ocytocine", "oxytocin", "endorphines", "hormones", "cortisol"],
    "money": ["1 € investi", "1€ investi", "retour sur investissement", "social return"],
    "prescribed": ["prescrit par un médecin", "prescription", "prescribed"],
}  # fmt: skip
LEFT_ALONE = [
    "Ces résultats ne prouvent pas que l’action en est la cause.",
    "Ce n’est pas une preuve.",
    "They do not prove that the activity caused it.",
    "These figures do not prove anything.",
    "En cas de pluie, la séance a lieu à l’intérieur.",
    "Il a été observé que les personnes reviennent, pendant l’action.",
    "It was observed during the activity, and is associated with coming back.",
    "Le bilan d’impact, l’accès aux soins, la casquette, les cassettes, une occasion, le salon, l’héritage.",
    "People report their mood; health and care; a showcase; the staircase; approve, improve.",
    "Coût par présence : 29 €. Sur 80 % des présences.",
    "",
]


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in SEEN.items() for text in texts])
def test_a_word_that_claims_too_much_is_seen(reason: str, text: str) -> None:
    assert [found.reason for found in avoided_in(text)] == [reason]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_an_honest_sentence_is_left_alone(text: str) -> None:
    assert list(avoided_in(text)) == []


def test_every_row_is_tried() -> None:
    assert set(SEEN) == set(AVOIDED)


def test_a_word_is_named_once_and_as_it_was_written() -> None:
    found = list(avoided_in("Grâce à vous, et grâce\u00a0à la salle : c’est Prouvé,\nprouvé et efficace."))
    assert [(one.word, one.reason) for one in found] == [
        ("Prouvé", "proof"),
        ("Grâce à", "cause"),
        ("efficace", "effect"),
    ]


def test_saying_no_proof_does_not_hide_a_proof_beside_it() -> None:
    [found] = avoided_in("Les chiffres ne prouvent pas tout, mais prouvent beaucoup.")
    assert found.word == "prouvent"
