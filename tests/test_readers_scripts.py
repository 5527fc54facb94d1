"""The script of a name is told only where it is certain."""

import pytest

from pipeline.readers.scripts import script_of


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Владимир СОЛОВЬЁВ", "Cyrl"), ("Ġemgħa tal-Poplu, 2", "Latn"), ("د. بشار الأسد", "Arab"), ("김정은", "Hang"),
        ("张三", "Hani"), ("Μέτωπο", "Grek"), ("חזבאללה", "Hebr"),
    ],
)  # fmt: skip
def test_the_script_of_a_name_in_one_script(text, script):
    assert script_of(text) == script


@pytest.mark.parametrize("text", ["", "2024-1", "OOO «Вымпел»"])
def test_no_script_is_guessed(text):
    assert script_of(text) is None
