"""Arabic and Hebrew without a shaping engine: joined letters, and each line in its visual order."""

from __future__ import annotations

import unicodedata
from functools import cache

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

_STRONG_RIGHT = frozenset({"R", "AL"})
_TURNS = _STRONG_RIGHT | {"AN"}
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_FIRST_TURN = "\u0590"
_FIRST_JOINED = "\u0621"
"""Before Hebrew nothing runs from right to left (Annex 9, table 4), before hamza no letter joins."""
_TATWEEL = "\u0640"
_LAM = "\u0644"
_PRESENTATION_FORMS = ((0xFB50, 0xFDFF), (0xFE70, 0xFEFF))


def runs_right(text: str) -> bool:
    """Return whether any character makes the order of a line other than its spelling."""
    return max(text, default="") >= _FIRST_TURN and any(
        unicodedata.bidirectional(one) in _TURNS for one in text
    )


def join(text: str) -> str:
    """Return text whose Arabic letters have the shape that their neighbours ask for.

    The shapes are Unicode's presentation forms; which letters join follows from which shapes exist.
    """
    if max(text, default="") < _FIRST_JOINED:
        return text
    forms = _forms()
    letters = list(text)
    joined: list[str] = []
    place = 0
    while place < len(letters):
        letter, step = letters[place], 1
        pair = letter + _next_letter(letters, place)
        if letter == _LAM and pair in forms:
            letter, step = pair, _distance(letters, place)
        shapes = forms.get(letter)
        if shapes is None:
            joined.append(letters[place])
        else:
            before = _joins_onward(_previous_letter(letters, place), forms)
            after = "<initial>" in shapes and _joins_back(_next_letter(letters, place + step - 1), forms)
            wanted = (
                ("<medial>" if after else "<final>") if before else "<initial>" if after else "<isolated>"
            )
            joined.append(shapes.get(wanted, letters[place]))
            joined += letters[place + 1 : place + step - 1]
        place += step
    return "".join(joined)


def visual(line: str, paragraph: str) -> str:
    """Return a line's characters from left to right as they stand on paper (Unicode Annex 9).

    The first letter of the paragraph that the line was cut from decides its main direction.
    """
    if not runs_right(line):
        return line
    strong = next(
        (one for one in map(unicodedata.bidirectional, paragraph) if one in _STRONG_RIGHT | {"L"}), "L"
    )
    direction = TextDirection.RTL if strong in _STRONG_RIGHT else TextDirection.LTR
    ordered = BidiParagraph(line, base_direction=direction).get_reordered_characters()
    return "".join(
        one.character.translate(_MIRRORED) if one.embedding_level % 2 else one.character for one in ordered
    )


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return each letter's shapes by kind, read from Unicode's own compatibility decompositions."""
    found: dict[str, dict[str, str]] = {}
    for first, last in _PRESENTATION_FORMS:
        for code in range(first, last + 1):
            kind, *base = unicodedata.decomposition(chr(code)).split() or [""]
            letters = "".join(chr(int(one, 16)) for one in base)
            if kind in {"<isolated>", "<final>", "<initial>", "<medial>"} and _is_letter(letters):
                found.setdefault(letters, {}).setdefault(kind, chr(code))
    return found


def _is_letter(letters: str) -> bool:
    """Return whether a decomposition is one letter, or lam with an alef, the only ligature in duty."""
    return (len(letters) == 1 and letters != " ") or (
        len(letters) == 2 and letters[0] == _LAM and letters[1] in "\u0622\u0623\u0625\u0627"
    )


def _transparent(letter: str) -> bool:
    return unicodedata.category(letter) == "Mn"


def _previous_letter(letters: list[str], place: int) -> str:
    return next((one for one in reversed(letters[max(0, place - 8) : place]) if not _transparent(one)), "")


def _next_letter(letters: list[str], place: int) -> str:
    return next((one for one in letters[place + 1 : place + 9] if not _transparent(one)), "")


def _distance(letters: list[str], place: int) -> int:
    """Return how many characters a letter, the marks on it and the next letter take."""
    step = 1
    while _transparent(letters[place + step]):
        step += 1
    return step + 1


def _joins_onward(letter: str, forms: dict[str, dict[str, str]]) -> bool:
    return letter == _TATWEEL or "<initial>" in forms.get(letter, {})


def _joins_back(letter: str, forms: dict[str, dict[str, str]]) -> bool:
    return letter == _TATWEEL or "<final>" in forms.get(letter, {})
