"""Certificates by the hundred: our documents and files against the barest rendering of the same pages.

Run ``python tests/benchmarks/papers.py`` in the root of the project (a minute); another number of certificates as
argument. Each case runs in a process of its own, so that its CPU and its peak of memory are its own; the least CPU of
several runs counts. ``bare`` lays all pages out as one document and writes it, without tags, archive marks and frame;
``printed`` are our documents for the printer, ``files`` our files of one page each, ``alone`` the same files written
one by one from the common layout instead of cut.
"""

import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
RUNS = 3
CASES = ("bare", "printed", "files", "alone")


def main(size: int = 100) -> None:
    """Measure every case and print it with its ratio to the bare one."""
    bare = least("bare", size)
    for case in CASES:
        found = bare if case == "bare" else least(case, size)
        cpu, ratio = found["cpu"], found["cpu"] / bare["cpu"]
        print(
            f"{case:8} {cpu:6.2f} s CPU, {cpu / size * 1000:5.1f} ms each, ratio to bare {ratio:.2f};"
            f" peak memory {found['rss']:.0f} MB, {found['bytes'] / 1e6:.2f} MB written"
        )


def least(case: str, size: int) -> dict[str, Any]:
    """Return the run of the least CPU."""
    return min((run(case, size) for _ in range(RUNS)), key=lambda found: found["cpu"])


def run(case: str, size: int) -> dict[str, Any]:
    """Run one case in a process of its own."""
    command = [sys.executable, __file__, "--case", case, str(size)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "paritrana.settings.test"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env=environment)  # noqa: S603 (our own file)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(case: str, size: int) -> None:
    """Print what the case cost, without imports and data."""
    import django

    django.setup()
    import pikepdf  # noqa: F401 - loaded before the clock starts
    import weasyprint  # noqa: F401

    from judging.documents import samples

    many = [samples.certificate(f"Kabupaten Contoh {number:04d}", serial=number) for number in range(1, size + 1)]
    start = process_time()
    written = sum(len(content) for content in WORK[case](many))
    cpu = process_time() - start
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "rss": rss, "bytes": written}))


def bare(many: list[Any]) -> list[bytes]:
    """One document of all pages."""
    from judging.documents import certificate
    from judging.documents.rendering import to_document

    target = io.BytesIO()
    to_document(certificate._html(many), certificate.LETTERS).write_pdf(target)
    return [target.getvalue()]


def printed(many: list[Any]) -> Any:
    """Documents for the printer."""
    from judging.documents.certificate import render_certificates

    return render_certificates(many)


def files(many: list[Any]) -> Any:
    """One file per certificate."""
    from judging.documents.certificate import render_certificate_files

    return render_certificate_files(many)


def alone(many: list[Any]) -> Any:
    """One file per certificate, each written from its page of the common layout."""
    from judging.documents import certificate
    from judging.documents.rendering import to_bytes
    from judging.documents.stamping import put_under

    for start in range(0, len(many), certificate.PAGES_PER_DOCUMENT):
        chunk = many[start : start + certificate.PAGES_PER_DOCUMENT]
        document = certificate._laid_out(certificate._html(chunk), chunk)
        for page, one in zip(document.pages, chunk, strict=True):
            yield put_under(to_bytes(document.copy([page]), one.number), certificate._ground(one.design))


WORK: dict[str, Callable[[list[Any]], Any]] = {"bare": bare, "printed": printed, "files": files, "alone": alone}

if __name__ == "__main__":
    if sys.argv[1:2] == ["--case"]:
        measured(sys.argv[2], int(sys.argv[3]))
    else:
        main(*(int(word) for word in sys.argv[1:2]))
