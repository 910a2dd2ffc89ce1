"""The demo's evidence is a file that readers open and the product takes."""

import io

from pypdf import PdfReader

from judging.management.demo.evidence import one_page
from nominees.core.evidence_file import PDF, kind_of


def test_the_page_is_taken_and_says_what_it_was_told() -> None:
    content = one_page(["Ringkasan (contoh)", "Kabupaten Kupang \\ Ende"])
    (page,) = PdfReader(io.BytesIO(content), strict=True).pages
    assert page.extract_text().splitlines() == ["Ringkasan (contoh)", "Kabupaten Kupang \\ Ende"]
    assert kind_of(content, len(content)) == PDF
