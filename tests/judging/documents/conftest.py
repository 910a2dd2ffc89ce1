"""Each paper is rendered once and read by many tests; reading helpers stand in ``reading``."""

from dataclasses import replace

import pytest

from judging.documents import minutes_samples, samples
from judging.documents.certificate import render_certificate
from judging.documents.minutes import render_minutes
from judging.documents.ranking_sheet import render_ranking_sheet
from judging.documents.ranking_workbook import render_ranking_workbook
from judging.documents.workbook_sample import workbook

from .reading import HOSTILE


@pytest.fixture(scope="session")
def certificate_pdf() -> bytes:
    return render_certificate(samples.certificate(samples.LONGEST_REGENCY))


@pytest.fixture(scope="session")
def hostile_certificate_pdf() -> bytes:
    hostile = replace(samples.certificate(HOSTILE, signatures=1), demo_mark="", category="{{ certificate.number }}")
    return render_certificate(hostile, "F4")


@pytest.fixture(scope="session")
def ranking_pdf() -> bytes:
    sheet = samples.ranking_sheet(14)
    hostile = replace(sheet.unranked[0], reason=HOSTILE)
    return render_ranking_sheet(replace(sheet, unranked=(hostile, *sheet.unranked[1:])))


@pytest.fixture(scope="session")
def minutes_pdf() -> bytes:
    return render_minutes(minutes_samples.minutes())


@pytest.fixture(scope="session")
def workbook_bytes() -> bytes:
    return render_ranking_workbook(workbook())
