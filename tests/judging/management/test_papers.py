"""Copies of papers for commands."""

from judging.management.papers import FOLDERS
from judging.models import DocumentKind
from judging.selectors.documents import ORDER
from judging.selectors.papers.numbers import PATTERNS
from judging.services.paper_making import MADE
from judging.web.paper_downloads import WORDS


def test_every_kind_has_a_folder_a_number_a_way_of_making_and_a_place_in_the_list() -> None:
    kinds = set(DocumentKind)

    assert set(FOLDERS) == set(ORDER) == set(MADE) == set(WORDS) == kinds
    assert kinds <= set(PATTERNS)
