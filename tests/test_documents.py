"""Documents: what is kept is read back, and what is broken is told apart before anything is built from it."""

import csv
import datetime as dt
import hashlib
import lzma
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import sources
from pipeline.documents import Document, judgement
from pipeline.documents.judgement import Inspector, Refusal, RefusedError, State, UnkeptError, in_order, inspect
from pipeline.documents.recordings import INDEX_COLUMNS, Recordings, RecordingsError
from pipeline.sources import Format, Source

UN = sources.load(("un_sc",))["un_sc"]
CSV = Format("text/csv", columns=3)
LIST = '<CONSOLIDATED_LIST dateGenerated="{day}T00:00:00Z"><INDIVIDUALS>{people}</INDIVIDUALS></CONSOLIDATED_LIST>'


def un_list(day: str, people: int = 2) -> str:
    return LIST.format(day=day, people="<INDIVIDUAL/>" * people)


@pytest.fixture
def kept(tmp_path: Path) -> Callable[..., Document]:
    """Keeps a text or bytes as a document that was copied on a day."""

    def keep(body: str | bytes, day: str = "2026-03-01", name: str = "list.xml") -> Document:
        path = tmp_path / day / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(body.encode() if isinstance(body, str) else body)
        return Document("un_sc", UN.urls[0], dt.date.fromisoformat(day), None, "application/xml", path, "", 0, "", "")

    return keep


def refused(document: Document, form: Format = UN.document) -> str:
    with pytest.raises(RefusedError) as caught:
        inspect(document, form)
    assert len(str(caught.value)) > 20, "a refusal says what was expected and what came"
    return caught.value.reason


def test_a_compressed_document_is_unpacked_once_and_only_the_one_judged_last_is_kept(
    kept: Callable[..., Document], tmp_path: Path
) -> None:
    text = un_list("2026-02-27", people=3)
    packed = replace(kept(lzma.compress(text.encode()), name="list.xml.xz"), compression="xz")
    older = replace(kept(lzma.compress(un_list("2026-02-20").encode()), "2026-02-21", "list.xml.xz"), compression="xz")
    folder = tmp_path / "unpacked"
    inspector = Inspector(unpacked=folder)
    states = [inspector(document, UN.document) for document in (older, packed)]
    judged = replace(packed, document_id=states[1].sha256)
    assert judged.unpacked_in(folder).compression == ""
    assert judged.unpacked_in(folder).text() == text
    assert [path.name for path in folder.iterdir()] == [judged.document_id]
    assert replace(older, document_id=states[0].sha256).unpacked_in(folder).text() == un_list("2026-02-20")


def test_what_was_refused_is_never_read_from_a_copy(kept: Callable[..., Document], tmp_path: Path) -> None:
    body = un_list("2026-02-27")[:-30].encode()
    packed = replace(kept(lzma.compress(body), name="list.xml.xz"), compression="xz")
    broken = replace(packed, document_id=hashlib.sha256(body).hexdigest())
    with pytest.raises(RefusedError):
        Inspector(unpacked=tmp_path / "unpacked")(broken, UN.document)
    assert broken.unpacked_in(tmp_path / "unpacked") == broken


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
@pytest.mark.parametrize("people", [2, 2_000])
def test_a_good_document_is_not_refused_where_the_disk_is_full(
    kept: Callable[..., Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, people: int
) -> None:
    packed = replace(kept(lzma.compress(un_list("2026-02-27", people).encode()), name="list.xml.xz"), compression="xz")
    monkeypatch.setattr(judgement, "_PART", "/dev/full")
    with pytest.raises((OSError, UnkeptError), match="No space left"):
        Inspector(unpacked=tmp_path / "unpacked")(packed, UN.document)


def test_a_good_document_tells_its_day_and_its_entries(kept: Callable[..., Document]) -> None:
    found = inspect(kept(un_list("2026-02-27", people=3)), UN.document)
    assert (found.published_date, found.entry_count) == (dt.date(2026, 2, 27), 3)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("<html><head><title>403 Forbidden</title></head></html>", "html_page"),
        ("<!DOCTYPE html><html></html>", "html_page"),
        ("<head><body>This object may be found <a HREF='https://example.org/'>here</a></body>", "redirect_stub"),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 18977799\n", "git_lfs_pointer"),
        (un_list("2026-02-27")[:-30], "ill_formed"),
        (un_list("2026-02-27").replace("<INDIVIDUAL/>", "<INDIVIDUAL>\x19</INDIVIDUAL>", 1), "ill_formed"),
        ('<OTHER dateGenerated="2026-02-27"/>', "wrong_root"),
        ("<CONSOLIDATED_LIST/>", "no_date_inside"),
        (un_list("2026-02-31"), "malformed_date_inside"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + un_list("2026-02-27"), "entity_declarations"),
    ],
)
def test_what_is_not_the_list_is_refused_with_its_reason(kept: Callable[..., Document], body: str, reason: str) -> None:
    assert refused(kept(body)) == reason


def test_a_document_over_its_size_is_refused(kept: Callable[..., Document]) -> None:
    small = Format("application/xml", "CONSOLIDATED_LIST", ("INDIVIDUAL",), max_bytes=50)
    assert refused(kept(un_list("2026-02-27")), small) == "too_large"


def test_a_compressed_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xml.xz"
    path.write_bytes(lzma.compress(un_list("2026-02-27", people=5000).encode())[:-20])
    document = Document("un_sc", "u", dt.date(2026, 3, 1), None, "application/xml", path, "xz", 0, "", "")
    assert refused(document) == "unreadable"


@pytest.mark.parametrize("compression", ["xz", "bz2", "gz"])
def test_bytes_that_are_not_compressed_as_told_are_refused(kept: Callable[..., Document], compression: str) -> None:
    told = Document(**{**vars(kept(un_list("2026-02-27"))), "compression": compression})
    assert refused(told) == "unreadable"


def test_json_nested_without_end_is_refused(kept: Callable[..., Document]) -> None:
    assert refused(kept("[" * 200_000, name="list.json"), Format("application/json")) in ("unreadable", "ill_formed")


def test_the_entries_of_a_json_document_are_counted_where_its_source_says_they_are(kept: Callable[..., Document]) -> None:
    form = Format("application/json", entries=("response", "firms"))
    assert inspect(kept('{"response": {"firms": [1, 2, 3]}}', name="list.json"), form).entry_count == 3
    assert refused(kept('{"response": {"error": "try later"}}', name="list.json"), form) == "wrong_root"
    assert refused(kept("[]", name="list.json"), form) == "wrong_root"


def test_bytes_that_are_not_those_of_the_index_are_refused(kept: Callable[..., Document]) -> None:
    document = kept(un_list("2026-02-27"))
    told = Document(**{**vars(document), "document_id": "0" * 64})
    assert refused(told) == "altered"


def test_a_row_with_too_few_columns_means_a_truncated_file(kept: Callable[..., Document]) -> None:
    assert refused(kept('1,"A, B",x\r\n2,C\r\n', name="list.csv"), CSV) == "truncated"


@pytest.mark.parametrize("first", ["Last Updated,02/04/2014", "Last Updated,13/04/2018,", '"Last Updated'])
def test_lines_before_the_header_are_no_rows_whatever_their_width(kept: Callable[..., Document], first: str) -> None:
    form = Format("text/csv", skip=1)
    assert inspect(kept(f"{first}\r\nName,Regime,Group ID\r\nA,x,1\r\n", name="list.csv"), form).entry_count == 2
    assert refused(kept(f"{first}\r\nName,Regime,Group ID\r\nA,x\r\n", name="cut.csv"), form) == "truncated"


def test_an_open_quote_at_the_end_means_a_truncated_file(kept: Callable[..., Document]) -> None:
    assert refused(kept('1,A,x\r\n2,C,"cut in mid', name="list.csv"), CSV) == "truncated"


def test_a_control_z_at_the_end_is_no_row(kept: Callable[..., Document]) -> None:
    assert inspect(kept("1,A,x\r\n2,B,y\r\n\x1a", name="list.csv"), CSV).entry_count == 2


def test_bytes_of_another_encoding_are_refused(kept: Callable[..., Document]) -> None:
    assert refused(kept(b"1,caf\xe9,x\r\n", name="list.csv"), CSV) == "wrong_encoding"


def judged(*documents: Document, source: Source = UN) -> list[str]:
    found = in_order(documents, source, Inspector())
    return ["good" if isinstance(each, State) else each.reason for each in found]


def test_a_copy_older_inside_than_the_one_before_it_is_stale(kept: Callable[..., Document]) -> None:
    first, second = kept(un_list("2021-02-05"), "2021-02-09"), kept(un_list("2021-01-29"), "2021-02-10")
    assert judged(first, second) == ["good", "stale"]


def test_the_same_day_inside_again_is_not_stale(kept: Callable[..., Document]) -> None:
    assert judged(kept(un_list("2021-02-05"), "2021-02-05"), kept(un_list("2021-02-05"), "2021-02-06")) == [
        "good",
        "good",
    ]


def test_a_list_that_lost_most_of_its_entries_is_refused_and_not_measured_against(
    kept: Callable[..., Document],
) -> None:
    long = kept(un_list("2021-02-05", people=100), "2021-02-05")
    short = kept(un_list("2021-02-06", people=10), "2021-02-06")
    again = kept(un_list("2021-02-07", people=99), "2021-02-07")
    assert judged(long, short, again) == ["good", "too_few_entries", "good"]


def test_a_document_from_the_future_is_refused(kept: Callable[..., Document]) -> None:
    assert judged(kept(un_list("2026-03-02"), "2026-03-01")) == ["from_the_future"]


def test_a_document_is_inspected_once(kept: Callable[..., Document]) -> None:
    document = kept(un_list("2026-02-27"))
    first = Inspector()
    first(document, UN.document)
    second = Inspector({key: {**found, "entry_count": 77} for key, found in first.used.items()})
    assert second(document, UN.document).entry_count == 77, "read from memory"
    document.path.write_text(un_list("2026-02-27", people=4), encoding="utf-8")
    assert second(document, UN.document).entry_count == 4, "a changed file is inspected again"


# Recordings


def write_index(folder: Path, **fields: str) -> None:
    row = (
        dict.fromkeys(INDEX_COLUMNS[:12], "")
        | {
            "source_id": "un_sc",
            "url": "https://example.org/",
            "recorded_date": "2026-03-01",
            "path": "list.xml",
            "media_type": "application/xml",
        }
        | fields
    )
    with (folder / "index.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        writer.writeheader()
        writer.writerow(row)


def test_a_document_that_is_added_is_read_back(tmp_path: Path, kept: Callable[..., Document]) -> None:
    document = kept(un_list("2026-02-27"))
    recordings = Recordings(tmp_path / "recordings")
    recordings.folder.mkdir()
    added = recordings.add(document, document.path)
    assert recordings.documents("un_sc") == [added]
    assert added.text().startswith("<CONSOLIDATED_LIST")
    assert recordings.documents("us_ofac_sdn") == []


def test_only_what_was_recorded_by_the_day_is_read(tmp_path: Path) -> None:
    (tmp_path / "list.xml").write_text(un_list("2026-02-27"), encoding="utf-8")
    write_index(tmp_path)
    recordings = Recordings(tmp_path)
    assert len(recordings.documents("un_sc", dt.date(2026, 3, 1))) == 1
    assert recordings.documents("un_sc", dt.date(2026, 2, 28)) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"path": "../secret.xml"}, "leads out of the folder"),
        ({"path": "missing.xml"}, "not there"),
        ({"compression": "zip"}, "not xz, bz2 or gz"),
        ({"recorded_date": "yesterday"}, "yesterday"),
    ],
)
def test_an_index_row_that_cannot_be_used_is_named(tmp_path: Path, fields: dict[str, str], told: str) -> None:
    (tmp_path / "list.xml").write_text(un_list("2026-02-27"), encoding="utf-8")
    write_index(tmp_path, **fields)
    with pytest.raises(RecordingsError, match=told):
        Recordings(tmp_path).documents("un_sc")


def test_a_folder_without_an_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingsError, match=r"no index\.csv"):
        Recordings(tmp_path).documents("un_sc")


def test_a_refused_file_is_kept_apart_with_its_reason(tmp_path: Path, kept: Callable[..., Document]) -> None:
    document = kept("")
    place = Recordings(tmp_path / "recordings").keep_apart(Refusal(document, "empty", "nothing came"), document.path)
    assert place.parent == tmp_path / "recordings" / "refused" / "un_sc" / "2026-03-01"
    assert "empty: nothing came" in place.with_name(place.name + ".reason.txt").read_text(encoding="utf-8")


# The ten real failed downloads


BROKEN = {
    "git_lfs_pointer": ("git_lfs_pointer", UN.document),
    "ofac_sdn_csv_3_rows_2021-01-14": ("too_few_entries", Format("text/csv")),
    "ofac_sdn_csv_empty_2024-05-04": ("empty", Format("text/csv")),
    "un_stale_cdn_2021-02-09_says_2021-02-05": ("good", UN.document),
    "un_stale_cdn_2021-02-10_says_2021-01-29": ("stale", UN.document),
    "un_xml_403_page_2021-08-19": ("html_page", UN.document),
    "un_xml_empty_2023-09-19": ("empty", UN.document),
    "un_xml_low_byte_corrupted_2025-08-16": ("ill_formed", UN.document),
    "un_xml_redirect_stub_2021-02-24": ("redirect_stub", UN.document),
    "us_csl_truncated_2023-11-30": ("truncated", Format("text/csv")),
}


@pytest.mark.recordings
def test_nine_of_the_ten_real_failures_are_refused_with_their_reasons(recordings: Path, tmp_path: Path) -> None:
    found = {}
    before: dict[str, list[Document]] = {
        "ofac_sdn_csv_3_rows_2021-01-14": [_sdn_csv_before(tmp_path)],
        "un_stale_cdn_2021-02-10_says_2021-01-29": [_broken(recordings, "un_stale_cdn_2021-02-09_says_2021-02-05")],
    }
    for name, (_, form) in BROKEN.items():
        source = Source(**{**vars(UN), "document": form})
        found[name] = judged(*before.get(name, []), _broken(recordings, name), source=source)[-1]
    assert found == {name: reason for name, (reason, _) in BROKEN.items()}


def _broken(recordings: Path, name: str) -> Document:
    path = next((recordings / "broken" / name).iterdir())
    compression = "xz" if path.suffix == ".xz" else ""
    day = dt.date.fromisoformat(name[10:][name[10:].find("20") :][:10]) if "_says_" in name else dt.date(2026, 1, 1)
    return Document("un_sc", "https://example.org/", day, None, "application/xml", path, compression, 0, "", "")


def _sdn_csv_before(tmp_path: Path) -> Document:
    path = tmp_path / "sdn.csv"
    path.write_text("1,A,B\r\n" * 9121, encoding="utf-8")
    return Document("un_sc", "https://example.org/", dt.date(2021, 1, 13), None, "text/csv", path, "", 0, "", "")
