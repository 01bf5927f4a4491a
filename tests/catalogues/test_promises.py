"""What we never claim, anywhere a person may read us: page, string, poster, document or store text.

Figures about a small group are made from personal data and stay so. The only sentences that may use these words are
those that say we do not claim it; they are listed here one by one, so that adding one is a decision.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

NEVER_CLAIMED = re.compile(
    r"\banonym\w*|confidentialité différentielle|differential privacy|impossible de savoir|\bguaranteed\b|\bgaranti\w*",
    re.IGNORECASE,
)
NEVER_SAID_OF_A_DEATH = re.compile(r"commettre un suicide|commit(?:s|ted|ting)? suicide|\bdépression\b", re.IGNORECASE)

WE_DO_NOT_CLAIM_IT = (
    "No figure, page or file of Le fil is called anonymous.",
    "The CNIL fined a company in 2024 (SAN-2024-013) for treating pseudonymous health data as anonymous.",
    "The noise is not differential privacy and is never presented as such.",
)

# Where people read us. Code is not here: the rule is about what we say, and tests must be able to name the words.
READ_BY_PEOPLE = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/**/*.md",
    "templates/**/*.*",
    "static/**/*.js",
    "static/**/*.svg",
    "static/**/*.webmanifest",
    "wellbeing/README.md",
    "wellbeing/pwa/*.py",
    "wellbeing/data/**/*.json",
    "wellbeing/translations/*/LC_MESSAGES/messages.po",
)


def what_people_read() -> Iterator[tuple[str, str]]:
    """Every text of ours that reaches a reader: (path, its words on one line, allowed sentences taken out)."""
    for pattern in READ_BY_PEOPLE:
        for path in sorted(ROOT.glob(pattern)):
            words = " ".join(path.read_text("utf-8").split())
            for sentence in WE_DO_NOT_CLAIM_IT:
                words = words.replace(sentence, "")
            yield str(path.relative_to(ROOT)), words


@pytest.mark.parametrize("forbidden", [NEVER_CLAIMED, NEVER_SAID_OF_A_DEATH])
def test_nothing_is_claimed_that_a_small_group_cannot_give(forbidden: re.Pattern[str]) -> None:
    read = list(what_people_read())
    assert any("messages.po" in path for path, _ in read)
    said = [
        f"{path}: …{words[max(0, found.start() - 40) : found.end() + 40]}…"
        for path, words in read
        for found in forbidden.finditer(words)
    ]
    assert not said, "\n".join(said)


@pytest.mark.parametrize(
    "claim",
    [
        "Vos réponses sont anonymes.",
        "Fully anonymised.",
        "Anonymat garanti.",
        "Protected by differential privacy.",
        "Impossible de savoir qui a répondu.",
        "Privacy is guaranteed.",
    ],
)
def test_each_false_promise_would_be_seen(claim: str) -> None:
    assert NEVER_CLAIMED.search(claim)
