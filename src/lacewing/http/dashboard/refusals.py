"""A refusal in the language of the page: by its sentence or its code, or else as the core says it."""

import re

from lacewing.http.dashboard.forms import Mistake
from lacewing.http.dashboard.language import Language
from lacewing.http.dashboard.words import german_refusals, text_of

_NUMBER = re.compile(r"\d+")


def sentence_of(language: Language, mistake: Mistake) -> str:
    translated = text_of(language, mistake.sentence)
    if language is not Language.GERMAN or translated != mistake.sentence:
        return translated
    known = german_refusals().get(mistake.code)
    numbers = _NUMBER.findall(mistake.message)
    if known is None or ("{n}" in known and not numbers):
        return mistake.sentence
    words = known.replace("{n}", numbers[0]).replace("{last}", numbers[-1]) if numbers else known
    return f"{words[0].upper()}{words[1:]}." if mistake.is_of_field else words
