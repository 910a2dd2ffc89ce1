"""One result, many renderings: screen, data, papers, workbook, CSV and package print the same places and scores.

The expected strings come from the page of the ranking; exact ones from the data of each explanation.
"""

import csv
import io
import json
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from html import unescape
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook  # noqa: TID253 - tests may read at once what they check

from judging.documents.ranking_sheet import render_ranking_sheet
from judging.documents.ranking_workbook import render_ranking_workbook
from judging.models import Tabulation
from judging.selectors.papers.ranking import ranking_sheet_data
from judging.selectors.papers.workbook import workbook_data
from tests.factories.decided import make_decided
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT
from tests.judging.documents.reading import text

pytestmark = pytest.mark.django_db
RANKING = "/2024/53/peringkat/"
SUBJECTS = ("kategori=pemda", "umum=umum")


@dataclass(frozen=True)
class Line:
    """A row of the ranking as printed: ``cells`` criterion by criterion."""

    number: int
    name: str
    place: str
    title: str
    score: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """The decided round, and somebody who reads it in Indonesian."""

    scored: Scored
    tabulation: Tabulation
    client: Client

    def html(self, address: str) -> str:
        return self.client.get(address, headers={"accept-language": "id"}).content.decode()

    def data(self, address: str) -> Any:
        return self.client.get(address).json()

    def ranking(self, subject: str) -> list[Line]:
        """What stands in the table of the ranking page."""
        table = self.html(f"{RANKING}?{subject}").split("<table", 1)[1].split("</table>", 1)[0]
        return [_line(row) for row in table.split("<tr>")[2:]]


def _line(row: str) -> Line:
    number, name = re.findall(r'<a href="(\d+)/[^"]*">([^<]+)</a>', row)[0]
    place, title = re.findall(r"<strong>([^<]+)</strong>(?: <span[^>]*>([^<]+)</span>)?", row)[0]
    cells = re.findall(r"<div>(\d+,\d+)", row)
    score = re.findall(r"<strong>(\d+,\d+)</strong>", row)[0]
    return Line(int(number), unescape(name), place, title, score, tuple(cells))


@pytest.fixture
def decided(client: Client) -> Decided:
    scored = make_scored_round()
    tabulation = make_decided(scored)
    client.force_login(scored.chair)
    return Decided(scored, tabulation, client)


def two_digits(value: str | float) -> str:
    """A number as screens print it."""
    exact = Fraction(str(value))
    printed = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return str(printed).replace(".", ",")


def on_paper(value: str) -> str:
    """An exact number as the explanation sheet prints it: whole, or to six digits behind the sign of approximation."""
    exact = Fraction(value)
    decimal = (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.000001"), ROUND_HALF_UP)
    printed = f"{decimal.normalize():f}".replace(".", ",")
    return printed if Fraction(decimal) == exact else f"≈ {str(decimal).replace('.', ',')}"


def leaves_of(explained: Any) -> list[Any]:
    return [node for node in explained["criteria"] if node["source"] != "branch"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_page_of_a_place_and_its_data_say_what_the_ranking_says(decided: Decided, subject: str) -> None:
    lines = decided.ranking(subject)
    assert len(lines) == (4 if subject == "kategori=pemda" else 2)
    for line in lines:
        address = f"{RANKING}{line.number}/?{subject}"
        explained = decided.data(f"{address}&format=json")
        assert (explained["nominee"], explained["place"], explained["title"]) == (line.name, line.place, line.title)
        assert explained["score"].replace(".", ",") == line.score == two_digits(explained["exact"])
        assert tuple(two_digits(node["score"]) for node in leaves_of(explained)) == line.cells
        page = decided.html(address)
        assert tuple(re.findall(r"<summary>[^<]* · (\d+,\d+)", page)) == line.cells
        assert re.search(rf"\b{line.place}\b[^<]*\b{len(lines)}\b[^<]*{line.score}", page)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_sheet_of_a_nominee_prints_the_same_sum(decided: Decided, subject: str) -> None:
    for line in decided.ranking(subject)[:2]:
        explained = decided.data(f"{RANKING}{line.number}/?{subject}&format=json")
        paper = text(decided.client.get(f"{RANKING}{line.number}/lembar-penjelasan.pdf?{subject}").content)
        assert f"{line.name} Peringkat {line.place} dari {explained['ranked']}" in paper
        assert f"Nilai resmi {line.score}" in paper
        for node in explained["criteria"][1:]:
            assert " ".join(on_paper(node[name]) for name in ("score", "weight", "product")) in paper, node["criterion"]


def test_the_ranking_sheet_prints_the_same_rows(decided: Decided) -> None:
    part = decided.tabulation.parts.get(category=decided.scored.category)
    paper = text(render_ranking_sheet(ranking_sheet_data(decided.tabulation, part, "LP-01", AT)))
    seats = {3: "8"}
    for line in decided.ranking("kategori=pemda"):
        n = f" n = {seats.get(line.number, '9')}"
        row = " ".join((line.score, *line.cells[:2], *(cell + n for cell in line.cells[2:])))
        assert re.search(rf"{line.place}\*? {re.escape(line.name)} {line.title}.*? {re.escape(row)}", paper), line


def test_the_workbook_holds_the_same_values(decided: Decided) -> None:
    content = io.BytesIO(render_ranking_workbook(workbook_data(decided.tabulation, "LP-02", AT)))
    page = load_workbook(content, data_only=True).worksheets[0]
    heads = {page.cell(6, column).value: column for column in range(1, page.max_column + 1)}
    scores = [column for head, column in heads.items() if str(head).endswith(("indikator)", "sekretariat)", "panel)"))]
    for row, line in enumerate(decided.ranking("kategori=pemda"), start=7):
        found = [page.cell(row, heads[head]).value for head in ("Peringkat", "Nomine", "Gelar")]
        assert found == [int(line.place), line.name, line.title or None]
        for head in ("Nilai resmi (rumus)", "Nilai resmi (sistem)"):
            assert two_digits(page.cell(row, heads[head]).value) == line.score
        assert tuple(two_digits(page.cell(row, column).value) for column in scores) == line.cells


def test_the_csv_holds_the_marks_of_the_explanations(decided: Decided) -> None:
    answer = decided.client.get(f"{RANKING}nilai.csv?kategori=pemda")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    rows = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    for line in decided.ranking("kategori=pemda"):
        explained = decided.data(f"{RANKING}{line.number}/?format=json")
        marks = {row["Unsur"]: row for row in rows if row["Nomor"] == str(line.number)}
        for node in leaves_of(explained):
            for cell in node["cells"]:
                mark = marks[cell["seat"]][node["title"]]
                expected = cell["value"].replace(".", ",") if cell["state"] == "value" else "Benturan kepentingan"
                assert mark == expected, (line, cell)
            if node["source"] == "secretariat":
                given = Decimal(marks["Sekretariat dan indikator"][node["title"]].replace(",", "."))
                assert {Decimal(entry["value"]) for entry in node["entries"]} == {given}


def test_the_package_holds_the_same_places_and_scores(decided: Decided) -> None:
    run = json.loads(decided.client.get(f"{RANKING}paket.json").content)
    parts = {f"{'umum' if part['kind'] == 'pool' else 'kategori'}={part['code']}": part for part in run["parts"]}
    for subject in SUBJECTS:
        part = parts[subject]
        lines = decided.ranking(subject)
        published = [each for each in part["decided"]["standings"] if each["place"]]
        assert [
            (int(each["nominee"]), each["place"], each["title"], each["score"].replace(".", ",")) for each in published
        ] == [(line.number, line.place, line.title, line.score) for line in lines]
        leaves = [
            node["criterion"] for node in leaves_of(decided.data(f"{RANKING}{lines[0].number}/?{subject}&format=json"))
        ]
        for line in lines:
            nodes = part["answer"]["nominees"][str(line.number)]["nodes"]
            assert tuple(two_digits(nodes[leaf]) for leaf in leaves) == line.cells
