"""A list that loses a field in silence is flagged."""

from pathlib import Path

from conftest import record_register, register_source

from pipeline import fields, stages

BORN = {"name": "ACME", "since": {"ALPHA": "2020-01-01"}, "facts": {"citizen of": "Peru"}}
BARE = {"name": "ACME", "since": {"ALPHA": "2020-01-01"}}


def editions(tmp_path: Path, *filled: int) -> tuple[stages.Edition, ...]:
    """Editions of 100 entries, of which so many have a citizenship."""
    states = {
        f"2022-0{month}-01": {f"A{number}": BORN if number < count else BARE for number in range(100)}
        for month, count in enumerate(filled, start=1)
    }
    place = stages.Place(record_register(tmp_path / "recordings", states), tmp_path / "output")
    source = register_source(expected_entries=(1, 1000))
    return stages.normalize_source(source, stages.judge_documents(source, place), place.output, told=lambda _: None).editions


def test_the_share_of_entries_that_have_a_field(tmp_path: Path) -> None:
    (edition,) = editions(tmp_path, 40)
    shares = fields.shares(edition)
    assert (shares["fact citizenship"], shares["names"], shares["listed date"], shares["addresses"]) == (0.4, 1.0, 1.0, 0.0)


def test_a_field_that_a_fifth_of_the_entries_lost_is_flagged(tmp_path: Path) -> None:
    (told,) = fields.fallen(editions(tmp_path, 80, 60))
    assert told == "fact citizenship: 60% of the entries have one; 80% had one in the edition of 2022-01-01"


def test_a_small_fall_and_a_rise_are_not_flagged(tmp_path: Path) -> None:
    assert fields.fallen(editions(tmp_path, 80, 75)) == []
    assert fields.fallen(editions(tmp_path, 40, 90)[:2]) == []
