"""What somebody typed becomes the name of a file on any system."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.file_names import invoice_file_name, safe_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc passwd"),
        ('Müller / Söhne: "GmbH" <1>', "Müller Söhne GmbH 1"),
        ("C:\\Windows\\x|y?*", "C Windows x y"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Console", "Console"),
        ("...", "mail"),
        ("", "mail"),
        ("a\r\nb\0c\u202ecod.exe", "a b c cod.exe"),
        ("Praxis. ", "Praxis"),
    ],
)
def test_names_are_safe(title: str, name: str) -> None:
    assert safe_name(title, "mail") == name


@given(st.text(max_size=400))
def test_any_title_gives_a_name(title: str) -> None:
    name = safe_name(title, "mail")
    assert 0 < len(name.encode()) <= 121
    assert not set(name) & set('<>:"/\\|?*\0\r\n')
    assert name == name.strip(". ")


def test_a_number_of_any_length_gives_a_name_that_every_system_takes() -> None:
    assert len(invoice_file_name("Entwurf-" + "9" * 290, ".pdf")) < 140
    assert invoice_file_name("RE-2022-0001", ".pdf") == "RE-2022-0001.pdf"
