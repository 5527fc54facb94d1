"""Citations of the Federal Register, in the spellings of the Denied Persons List."""

import datetime as dt

import pytest

from pipeline.readers.federal_register import citations


@pytest.mark.parametrize(
    ("text", "number", "published"),
    [
        ("68 F.R. 38290 6/27/03", "68 FR 38290", dt.date(2003, 6, 27)),
        ("80 F.R 57572 9/24/15 ", "80 FR 57572", dt.date(2015, 9, 24)),
        ("81.F.R. 22576 4/18/2016", "81 FR 22576", dt.date(2016, 4, 18)),
        ("46 F.R. 44803 9/8/81", "46 FR 44803", dt.date(1981, 9, 8)),
        ("82 F.R. 16788, 16789 4/6/2017", "82 FR 16788", dt.date(2017, 4, 6)),
        ("85 FR 83420", "85 FR 83420", None),
    ],
)
def test_every_spelling_of_a_citation_is_read(text, number, published):
    (citation,) = citations(text)
    assert citation.number == number
    assert (citation.published.earliest if citation.published else None) == published


def test_several_citations_stand_in_the_order_of_publication_whatever_stands_between_them():
    text = "67 F.R. 56530 9/4/02 67 F.R. 10890 3/11/02; 71 F.R. 38843 7/10/06 and 72 F.R. 4236 1/30/07,  67 F.R. 10890 3/11/02"
    assert [citation.number for citation in citations(text)] == ["67 FR 10890", "67 FR 56530", "71 FR 38843", "72 FR 4236"]


def test_a_page_before_the_next_volume_is_not_swallowed():
    assert [citation.number for citation in citations("67 F.R. 56530, 100 F.R. 12")] == ["67 FR 56530", "100 FR 12"]


def test_a_day_of_another_year_than_the_volume_is_no_day():
    (citation,) = citations("68 F.R. 38290 6/27/13")
    assert citation.published is None


def test_a_citation_without_a_volume_is_none():
    assert citations("F.R. 30823 7/3/2017") == []
    assert citations("NEW F.R. NOTICE TO BE PUBLISHED SOON") == []
