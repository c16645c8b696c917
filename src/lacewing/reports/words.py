"""How text is cut into the words that a search knows: alike for what is stored and what is asked for.

Cut here and not by the databases, whose own ways differ from each other and with the locale.
"""

import re
import unicodedata
from collections.abc import Iterable

from lacewing.storage.fulltext import Phrase, Term

MOST_WORDS = 20_000
MOST_TERMS = 16
LONGEST_WORD = 64
LONGEST_PHRASE = 32
LONGEST_QUERY = 1_000
GAP = "¶"
EVERYTHING: tuple[Term, ...] = (((GAP,),),)
_NUMBER_MARK = "№"
_PROJECT_MARK = "§"

# Scripts that put no space between words: Thai, Lao, Burmese, Khmer, kana, Han, Hangul.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3041-\u3096\u3099-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_PICTURES = "\u2600-\u27bf\U0001f000-\U0001faff"
_RUNS = re.compile(rf"([{_UNSPACED}]+)|[{_PICTURES}]|[^\W_{_UNSPACED}]{{1,{LONGEST_WORD}}}")
_ASCII = re.compile(rf"[a-z0-9]{{1,{LONGEST_WORD}}}")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_CODE = re.compile(r"([a-z0-9]{2,10})-([0-9]{1,9})")


def cut_report(title: str, description: str, parts: Iterable[str]) -> list[str]:
    """The words of one report's texts; a part that its description repeats counts once."""
    return cut([title, description, *(part for part in parts if part not in description)])


def cut(texts: Iterable[str]) -> list[str]:
    """The words of texts in their order, gaps between; last the single characters of unspaced scripts."""
    words: list[str] = []
    alone: set[str] = set()
    for text in filter(None, texts):
        words += _cut(text, alone)
        words.append(GAP)
    words += sorted(alone)
    return words[:MOST_WORDS]


def project_word(serial: int) -> str:
    return f"{_PROJECT_MARK}{serial}"


def number_word(code: str, number: int) -> str:
    """A report's tracking id as one word, which no text contains."""
    return f"{code}{_NUMBER_MARK}{number}"


def terms(text: str) -> tuple[Term, ...]:
    """What a text asks for: every word; words without a space between stand so in the report too."""
    found = [term for chunk in _folded(text[:LONGEST_QUERY]).split() for term in _term(chunk)]
    return tuple(dict.fromkeys(found))[:MOST_TERMS]


def exact_terms(text: str) -> tuple[Term, ...]:
    """Its words one after the other."""
    return tuple((phrase,) for phrase in _phrases(_folded(text[:LONGEST_QUERY])))[:MOST_TERMS]


def _term(chunk: str) -> list[Term]:
    phrases = _phrases(chunk)
    code = _CODE.fullmatch(chunk)
    if code is None:
        return [(phrase,) for phrase in phrases]
    return [(*phrases, (number_word(code[1], int(code[2])),))]


def _phrases(folded: str) -> list[Phrase]:
    """One, but for single characters of an unspaced script: these are stored beside the order."""
    phrase: list[str] = []
    apart: list[Phrase] = []
    for match in _RUNS.finditer(folded):
        run = match[0]
        if match[1] is None:
            phrase.append(run)
        elif len(run) == 1:
            apart.append((run,))
        else:
            phrase += _pairs(run)
    return ([tuple(phrase[:LONGEST_PHRASE])] if phrase else []) + apart


def _cut(text: str, alone: set[str]) -> list[str]:
    folded = _folded(text)
    if folded.isascii():
        return _ASCII.findall(folded)
    words = []
    for match in _RUNS.finditer(folded):
        if match[1] is None:
            words.append(match[0])
        else:
            words += _pairs(match[0])
            alone.update(match[0])
    return words


def _pairs(run: str) -> list[str]:
    """Two characters each, overlapping: in scripts without spaces any two neighbours may be a word."""
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _folded(text: str) -> str:
    """Without case, accents and variants of width; the marks of other scripts stay."""
    if text.isascii():
        return text.lower()
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold()))
    return unicodedata.normalize("NFC", bare)
