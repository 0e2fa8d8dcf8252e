"""Stable ids: what makes two duties the same, and what does not."""

import re

from qingdan_xl.documents import parse
from qingdan_xl.documents.identity import Identities

ROLE = "党支部"


def ids(text: str) -> list[str]:
    """The ids of the duties of a document."""
    return [duty.id for duty in parse("清单.txt", text.encode())[0].duties]


def test_id_is_eight_signs_of_base32() -> None:
    """An id is short enough to read aloud."""
    assert re.fullmatch("[a-z2-7]{8}", Identities("清单").of(ROLE, "每月巡河一次。"))


def test_white_space_punctuation_and_placeholders_do_not_matter() -> None:
    """The same duty typed with other commas, blanks, full-width signs or another placeholder keeps its id."""
    wanted = Identities("2026年清单").of(ROLE, "向*局报告，每年1次。")

    for text in ("向XX局报告,每年1次", "向____局报告， 每年１次。", "向某局报告；每年1次。", "向XXX局报告\n每年1次"):
        assert Identities("2026年清单").of(ROLE, text) == wanted


def test_next_year_keeps_the_id_and_another_role_or_text_does_not() -> None:
    """The year in the title does not matter; role, text and title do."""
    wanted = Identities("2026年镇长清单").of("镇长", "每月巡河一次。")

    assert Identities("2027年镇长清单").of("镇长", "每月巡河一次。") == wanted
    assert Identities("二〇二七年镇长清单").of("镇长", "每月巡河一次。") == wanted
    assert Identities("2026年镇长清单").of("河长", "每月巡河一次。") != wanted
    assert Identities("2026年镇长清单").of("镇长", "每月巡河两次。") != wanted
    assert Identities("2026年书记清单").of("镇长", "每月巡河一次。") != wanted


def test_repeated_text_in_a_role_is_counted() -> None:
    """A text that stands twice under a role gets -2; under another role it has an id of its own."""
    found = ids(
        "青禾镇清单\n一、镇长职责\n1.按时报送材料。\n2.按时报送材料。\n二、书记职责\n1.按时报送材料。\n2.带队检查。\n"
    )

    assert found[1] == f"{found[0]}-2"
    assert found[2] not in found[:2]


def test_a_copy_with_other_placeholders_has_the_same_ids() -> None:
    """Two copies of a list, one with * and one with XX, have the same ids duty by duty."""
    text = "2026年*镇河长责任清单\n1.每月向*镇党委报告1次。\n2.落实*河巡查。\n"

    assert ids(text) == ids(text.replace("*", "XX"))


def test_a_taken_id_is_not_given_again() -> None:
    """An id that another duty holds already is passed over, and so is the next one."""
    plain = Identities("清单").of(ROLE, "每月巡河一次。")

    assert Identities("清单", (plain, f"{plain}-2")).of(ROLE, "每月巡河一次。") == f"{plain}-3"
