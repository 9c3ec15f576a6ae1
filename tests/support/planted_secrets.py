"""Secrets that were planted, and every form in which a file might hold them."""

from __future__ import annotations

import base64
import html
import io
import json
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_TELLING = 6
"""Letters of its beginning or end that give a secret away."""


def forms(secret: str) -> dict[str, bytes]:
    """Return a secret as it may lie in a file, by the name of the form."""
    whole = secret.encode()
    found = {
        "plain": whole,
        "Latin-1": secret.encode("latin-1"),
        "UTF-16": secret.encode("utf-16-le"),
        "the other way round": secret[::-1].encode(),
        "hexadecimal": whole.hex().encode(),
        "HEXADECIMAL": whole.hex().upper().encode(),
        "in an address": quote(secret, safe="").encode(),
        "in a form": quote_plus(secret).encode(),
        "JSON": json.dumps(secret)[1:-1].encode(),
        "bytes of Python": repr(whole)[2:-1].encode(),
        "HTML": html.escape(secret).encode("ascii", "xmlcharrefreplace"),
        "quoted-printable": quopri.encodestring(whole),
        "its beginning": secret[:_TELLING].encode(),
        "its end": secret[-_TELLING:].encode(),
    }
    for before in range(3):
        # Of the letters that stand for three bytes, those at the edges also stand for what is beside it.
        coded = base64.b64encode(b"\0" * before + whole)[(0, 2, 3)[before] :].rstrip(b"=")[:-1]
        found[f"base64, {before} behind"] = coded
        found[f"base64 of addresses, {before} behind"] = coded.translate(bytes.maketrans(b"+/", b"-_"))
    return found


def found_in(content: bytes, secrets: dict[str, str]) -> set[str]:
    """Return which secrets lie in bytes, and how, also inside of archives and PDFs."""
    readings = list(_readings(content))
    return {
        f"{name}: {form}"
        for name, secret in secrets.items()
        for form, coded in forms(secret).items()
        if any(coded in reading for reading in readings)
    }


def found_below(folder: Path, secrets: dict[str, str]) -> dict[str, set[str]]:
    """Return the files below a folder in which secrets lie, or whose names have them."""
    hits = {
        str(path): found_in(path.read_bytes() if path.is_file() else b"", secrets)
        | found_in(str(path).encode(), secrets)
        for path in folder.rglob("*")
    }
    return {path: found for path, found in hits.items() if found}


def _readings(content: bytes) -> Iterator[bytes]:
    yield content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for one in archive.infolist():
                yield one.filename.encode()
                yield from _readings(archive.read(one))
    for packed in _STREAM.findall(content):
        try:
            yield zlib.decompress(packed)
        except zlib.error:
            continue
