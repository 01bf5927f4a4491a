"""What no sentence of ours may hold: voice, typography and promises, one small rule each.

Every rule takes the French and the English catalogue (text by key) and returns the offences it found, each as
`key: text`. The ids (C1, F7, …) are those by which people speak of them; what each one protects stands beside it.
"""

import re
from collections.abc import Callable, Iterable

Catalogue = dict[str, str]
Offences = list[str]
Rule = Callable[[Catalogue, Catalogue], Offences]

NARROW = "\u202f"
NO_BREAK = "\u00a0"


def c1_each_string_lives_in_both_languages(fr: Catalogue, en: Catalogue) -> Offences:
    alone = [f"{key}: in one language only" for key in sorted(fr.keys() ^ en.keys())]
    empty = [f"{key}: empty" for catalogue in (fr, en) for key, text in catalogue.items() if not text.strip()]
    orphans = [f"{key}: has no plural" for key in fr if key.endswith("_one") and key.removesuffix("_one") not in fr]
    return alone + empty + orphans


def c1_no_key_is_written_twice(pairs: Iterable[tuple[str, str]]) -> Offences:
    keys = [key for key, _ in pairs]
    return [f"{key}: written twice" for key in sorted(set(keys)) if keys.count(key) > 1]


def c2_both_languages_are_given_the_same_values(fr: Catalogue, en: Catalogue) -> Offences:
    return [
        f"{key}: {placeholders(fr[key])} in French, {placeholders(en[key])} in English"
        for key in sorted(fr.keys() & en.keys())
        if placeholders(fr[key]) != placeholders(en[key])
    ]


def c3_signs_are_the_printed_ones(fr: Catalogue, en: Catalogue) -> Offences:
    return holding(r"['\"!\n\r]|\.\.\.|  |^\s|\s$", fr, en)


def c4_no_markup_arrow_or_emoji(fr: Catalogue, en: Catalogue) -> Offences:
    return holding("[<>&\u2190-\u21ff\u2600-\u27bf\U0001f000-\U0001faff]", fr, en)


def f1_a_narrow_space_before_a_question(fr: Catalogue, en: Catalogue) -> Offences:
    return holding(f"(?<!{NARROW})[;?]", fr)


def f2_a_space_before_a_colon(fr: Catalogue, en: Catalogue) -> Offences:
    return holding(f"(?<!{NO_BREAK}):", fr)


def f3_french_quotation_marks(fr: Catalogue, en: Catalogue) -> Offences:
    return holding(f"«(?!{NO_BREAK})|(?<!{NO_BREAK})»|[“”]", fr)


def f4_numbers_keep_their_units(fr: Catalogue, en: Catalogue) -> Offences:
    unit = r"[\d}] (?:h\b|min\b|%|€)"
    return holding(rf"{unit}|(?<![^\W\d_])h \d\d|\d \d|\d{{1,2}}:\d\d", fr)


def f5_no_bracketed_or_dotted_agreement(fr: Catalogue, en: Catalogue) -> Offences:
    brackets = r"\w\((?:e|es|s|ne|ve|se|x|rice|trice)\)"
    slashes = r"\w[/-](?:e|es|ne|ve|trice|rice|euse)\b"
    return holding(rf"[·•\u2027]|{brackets}|{slashes}|\b(?:iels?|celleux|toustes)\b", fr)


def f6_vous_never_tu(fr: Catalogue, en: Catalogue) -> Offences:
    return holding(r"\b(?:tu|toi|te|ton|ta|tes|tien|tienne)\b|\bt’", fr)


def f7_nothing_that_agrees_with_the_reader(fr: Catalogue, en: Catalogue) -> Offences:
    place = r"(?! (?:là|ici|en|à|dans|sur|hors|libre)\b)"
    return holding(rf"\bvous (?:êtes|étiez|serez|avez été)\b{place}", fr)


def f8_people_are_called_what_they_are(fr: Catalogue, en: Catalogue) -> Offences:
    alone = r"\banimateurs?\b(?! ou (?:une )?animatrice)"
    return holding(rf"{alone}|\b(?:participants?|utilisateurs?|patients?)\b", fr)


def f9_no_blame_praise_or_false_promise(fr: Catalogue, en: Catalogue) -> Offences:
    stems = (
        "perdu|cassé|brisé|raté|zéro|manqué|dommage|bravo|félicit|retard|échec|échou|performan|objectif|score|normal|"
        "série|flamme|trophée|guéri|anonym|garanti|confidentialité différentielle|impossible de savoir"
    )
    return holding(rf"\b(?:{stems})", without("Rien n’est perdu", fr))


def f10_capitals_carry_their_accents(fr: Catalogue, en: Catalogue) -> Offences:
    start = rf"(?:^|[.?…] |«{NO_BREAK})"
    return holding(rf"{start}(?:A |Ecri|Etes|Etat|Energ|Evol|Egal)", fr, flags=0)


def e1_no_french_spacing_in_english(fr: Catalogue, en: Catalogue) -> Offences:
    return holding(r"\s[;:?.,]|[«»]", en)


def e2_no_blame_praise_or_false_promise(fr: Catalogue, en: Catalogue) -> Offences:
    words = (
        "lost|broken|missed|zero|shame|pity|too bad|well done|great job|streaks?|goals?|scores?|late|"
        "differential privacy|users?|patients?"
    )
    stems = "fail|congrat|normal|anonym|guarantee"
    return holding(rf"\b(?:{words})\b|\b(?:{stems})", without("Nothing is lost", en))


def t1_the_thread_never_says_nought(fr: Catalogue, en: Catalogue) -> Offences:
    return holding(r"\b0\b", family("thread.", fr), family("thread.", en))


def p1_a_lock_screen_gives_nothing_away(fr: Catalogue, en: Catalogue) -> Offences:
    telling = (
        "atelier|séance|groupe|humeur|santé|bien-être|solitude|stress|note|fil|danse|"
        "session|group|mood|health|wellbeing|thread|dance"
    )
    pushed = [family("push.", fr), family("push.", en)]
    values = holding(r"\{(?!(?:time|day)\})", *pushed)
    return values + holding(rf"\b(?:{telling})s?\b", *pushed) + holding(r"^.{61,}", *pushed)


def l1_a_level_is_never_a_verdict(fr: Catalogue, en: Catalogue) -> Offences:
    verdicts = "bon|mauvais|mal|faible|alerte|risque|insuffisant|bad|poor|low|weak|alert|risk"
    return holding(rf"\b(?:{verdicts})s?\b", family("level.", fr), family("level.", en))


def u1_one_sentence_for_every_missing_trend(fr: Catalogue, en: Catalogue) -> Offences:
    told = "Pas assez de participations pour afficher une tendance."
    others = {key: text for key, text in fr.items() if key != "trend.none"}
    changed = [f"trend.none: {fr['trend.none']}"] if fr.get("trend.none", told) != told else []
    return changed + holding("Pas assez de", others)


def w1_the_journal_is_where_we_say_it_is(fr: Catalogue, en: Catalogue) -> Offences:
    return holding("sur ce téléphone|jamais envoyé|bout en bout|on this phone|never sent|end-to-end", fr, en)


def h1_numbers_come_from_the_help_data(fr: Catalogue, en: Catalogue) -> Offences:
    aside = r"\b4[ ,\u00a0\u202f]000\b|\b20\d\d\b"
    spared = [{key: re.sub(aside, "", text) for key, text in catalogue.items()} for catalogue in (fr, en)]
    return holding(r"\d(?:\s?\d){2,}|appelez le \d|call \d", *spared)


RULES: dict[str, Rule] = {
    "C1": c1_each_string_lives_in_both_languages,
    "C2": c2_both_languages_are_given_the_same_values,
    "C3": c3_signs_are_the_printed_ones,
    "C4": c4_no_markup_arrow_or_emoji,
    "F1": f1_a_narrow_space_before_a_question,
    "F2": f2_a_space_before_a_colon,
    "F3": f3_french_quotation_marks,
    "F4": f4_numbers_keep_their_units,
    "F5": f5_no_bracketed_or_dotted_agreement,
    "F6": f6_vous_never_tu,
    "F7": f7_nothing_that_agrees_with_the_reader,
    "F8": f8_people_are_called_what_they_are,
    "F9": f9_no_blame_praise_or_false_promise,
    "F10": f10_capitals_carry_their_accents,
    "E1": e1_no_french_spacing_in_english,
    "E2": e2_no_blame_praise_or_false_promise,
    "T1": t1_the_thread_never_says_nought,
    "P1": p1_a_lock_screen_gives_nothing_away,
    "L1": l1_a_level_is_never_a_verdict,
    "U1": u1_one_sentence_for_every_missing_trend,
    "W1": w1_the_journal_is_where_we_say_it_is,
    "H1": h1_numbers_come_from_the_help_data,
}


def placeholders(text: str) -> list[str]:
    """The distinct `{names}` a string asks for, sorted."""
    return sorted(set(re.findall(r"\{(\w*)\}", text)))


def holding(pattern: str, *catalogues: Catalogue, flags: int = re.IGNORECASE) -> Offences:
    """The strings of these catalogues in which the pattern is found."""
    found = re.compile(pattern, flags)
    return [f"{key}: {text}" for catalogue in catalogues for key, text in catalogue.items() if found.search(text)]


def family(prefix: str, catalogue: Catalogue) -> Catalogue:
    return {key: text for key, text in catalogue.items() if key.startswith(prefix)}


def without(allowed: str, catalogue: Catalogue) -> Catalogue:
    return {key: text.replace(allowed, "") for key, text in catalogue.items()}
