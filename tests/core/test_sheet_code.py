"""The code of a paper score sheet is read back as it was printed, and nothing else is one."""

import pytest

from judging.core.sheet_code import SheetCode, read_code

HASH = "3f9a1c07" + "b" * 56


@pytest.mark.parametrize("scope", ["2024/53", "2024/nasional"])
def test_a_printed_code_is_read_back(scope: str) -> None:
    printed = str(SheetCode(scope, "unsur-Dewan_1", 12, HASH))

    assert printed == f"{scope}/unsur-Dewan_1/12/3f9a1c07"
    assert read_code(printed) == SheetCode(scope, "unsur-Dewan_1", 12, "3f9a1c07")
    assert read_code(f" {printed[:9]} {printed[9:]}\n") == read_code(printed)


def test_another_version_of_the_rubric_is_noticed() -> None:
    code = read_code("2024/53/apindo/12/3f9a1c07")

    assert code is not None
    assert code.is_by(HASH)
    assert not code.is_by("a" * 64)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024/53/apindo/12",
        "2024/53/apindo/0/3f9a1c07",
        "2024/53/apindo/x/3f9a1c07",
        "2024/53/apindo/12/3F9A1C07",
        "2024/53/apindo/12/3f9a1c07/1",
        "24/53/apindo/12/3f9a1c07",
        "https://contoh.invalid/2024/53/apindo/12/3f9a1c07",
        "2024/53/../12/3f9a1c07",
        "2024/53/apindo/12/3f9a1c07" + "0" * 500,
    ],
)
def test_anything_else_is_no_code(text: str) -> None:
    assert read_code(text) is None
