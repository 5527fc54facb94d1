"""The streaming reader gives elements whole, and with `of_root` only those that stand right under the root."""

import io

from pipeline.readers.xml import elements, local_name

LIST = b'<list><entry key="1"><old><entry key="9"/></old></entry><entry key="2"/></list>'


def test_an_element_inside_another_of_its_name_stays_part_of_it():
    told = [
        (element.get("key"), [inner.get("key") for inner in element.iter("entry")][1:])
        for element in elements(io.BytesIO(LIST), "entry", of_root=True)
    ]
    assert told == [("1", ["9"]), ("2", [])]


def test_without_it_the_inner_element_comes_first():
    assert [element.get("key") for element in elements(io.BytesIO(LIST), "entry")] == ["9", "1", "2"]


def test_the_root_can_be_asked_for_too():
    assert [local_name(element) for element in elements(io.BytesIO(LIST), "entry", "list", of_root=True)][-1] == "list"
