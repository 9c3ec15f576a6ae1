"""File names: what the customer gets is never a path and fits every system."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laverma_desk.documents.filename import attachment_name


def test_name_is_that_of_the_picture(report):
    assert attachment_name(report) == "Bericht_2022-03-01_ZAP-Dr-Bohrer.pdf"
    assert attachment_name(replace(report, language="en")) == "Report_2022-03-01_ZAP-Dr-Bohrer.pdf"


@pytest.mark.parametrize(
    ("customer", "part"),
    [
        ("Zahnärzte Weiß & Söhne", "_Zahnärzte-Weiß-Söhne"),
        ("Mu\u0308ller", "_Müller"),
        ('a/b\\c:d*e?f"g<h>i|j', "_a-b-c-d-e-f-g-h-i-j"),
        ("../../etc/passwd", "_etc-passwd"),
        (".versteckt. ", "_versteckt"),
        ("CON", "_CON"),
        ("\x00NUL\r\n\t", "_NUL"),
        ("😀🦷", ""),
        ("", ""),
        ("عيادة", "_عيادة"),
        ("\u202egpj.exe", "_gpj-exe"),
        ("x" * 300, "_" + "x" * 80),
    ],
)
def test_customer_names_become_safe(report, customer, part):
    assert attachment_name(replace(report, customer_name=customer)) == f"Bericht_2022-03-01{part}.pdf"


def test_day_is_the_local_one(report):
    late = replace(report, begin=datetime(2022, 3, 1, 23, 30, tzinfo=UTC))
    assert attachment_name(late).startswith("Bericht_2022-03-02_")


@given(customer=st.text(st.characters(), max_size=400))
def test_any_customer_gives_one_plain_name(report, customer):
    name = attachment_name(replace(report, customer_name=customer))
    assert name == PurePosixPath(name).name == PureWindowsPath(name).name
    assert name.endswith(".pdf")
    assert name.count(".") == 1
    assert len(name.encode()) <= 255
    assert name.isprintable()
