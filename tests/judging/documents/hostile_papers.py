"""A process of its own that makes every kind of paper with names that mean harm, and tells what came of it as JSON.

Argument: an address that nobody may ask. It stands in the names as everything that could be followed.
"""

import io
import json
import resource
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from time import process_time
from typing import Any

#: Fields that people fill in: names of nominees, people, rooms, categories.
NAMES = frozenset({"nominee", "recipient", "name", "holder", "room", "leader", "category", "award", "origin"})
LONG = "Nama sangat panjang " * 500
BOMB = "data:image/svg+xml,<!DOCTYPE s [<!ENTITY a '" + "b" * 50 + "'><!ENTITY c '&a;&a;&a;&a;'>]><svg>&c;</svg>"


def harm(address: str) -> str:
    """One name with an image, a link, an attachment, a style sheet, an object, a file, a redirect and a data bomb."""
    return (
        f'"><img src="{address}/i.png"><a href="{address}/a" rel=attachment download>x</a>'
        f'<link rel=attachment href="{address}/l"><link rel=stylesheet href="{address}/s.css">'
        f"<style>@import url({address}/m.css); p {{ background: url({address}/b.png) }}</style>"
        f'<object data="{address}/o"></object><embed src="{address}/e"><iframe src="file:///etc/passwd"></iframe>'
        f'<meta http-equiv=refresh content="0; url={address}/r"><img src="{BOMB}">{{{{ 7|add:7 }}}}'
    )


def renamed(data: Any, words: str, *, only: str = "", beside: str = "") -> Any:
    """Return ``data`` with ``words`` in every field that people fill in, at any depth.

    Or in those alone that say ``only``; those that say ``beside`` stay.
    """
    if isinstance(data, tuple):
        return tuple(renamed(one, words, only=only, beside=beside) for one in data)
    if not is_dataclass(data) or isinstance(data, type):
        return data
    told = {one.name: getattr(data, one.name) for one in fields(data)}
    changed = {
        name: words
        if name in NAMES and value and isinstance(value, str) and value == (only or value) != beside
        else renamed(value, words, only=only, beside=beside)
        for name, value in told.items()
    }
    return replace(data, **changed)


def first_name(data: Any) -> str:
    """The first nominee's, or else person's, name in ``data``."""
    if isinstance(data, tuple):
        return next(filter(None, map(first_name, data)), "")
    if not is_dataclass(data) or isinstance(data, type):
        return ""
    told = {one.name: getattr(data, one.name) for one in fields(data)}
    own = next((told[name] for name in ("nominee", "recipient", "name") if isinstance(told.get(name), str)), "")
    return own or next(filter(None, map(first_name, told.values())), "")


def papers() -> dict[str, tuple[Callable[[Any], bytes], Any]]:
    """Every kind of paper: what renders it, and small data for it."""
    from judging.documents import explanation_samples, minutes_samples, samples, schedule_samples, schedule_sheet
    from judging.documents.amendment import render_amendment
    from judging.documents.attendance_list import render_attendance_list
    from judging.documents.certificate import render_certificate
    from judging.documents.decree import render_decree
    from judging.documents.decree_samples import decree
    from judging.documents.explanation_sheet import render_explanation_sheet
    from judging.documents.invitation import render_invitations
    from judging.documents.labels import Label, Labels, render_labels
    from judging.documents.minutes import render_minutes
    from judging.documents.ranking_sheet import render_ranking_sheet
    from judging.documents.score_sheet import render_score_sheets
    from judging.documents.score_sheet_samples import score_sheets

    from .test_ceremony_papers import book as ceremony
    from .test_ceremony_papers import render_announcer_script
    from .test_letters_labels import LETTER, render_winner_letter

    label = Labels(issuing_body="x", title="x", day=samples.DAY, labels=(Label(above="I", name="x", below="x"),))
    minutes, book = minutes_samples.minutes(), schedule_samples.book(2)
    return {
        "certificate": (render_certificate, samples.certificate()),
        "ranking": (render_ranking_sheet, samples.ranking_sheet(1)),
        "minutes": (render_minutes, replace(minutes, results=minutes.results[:1], recusals=minutes.recusals[:1])),
        "amendment": (render_amendment, minutes_samples.amendment()),
        "decree": (render_decree, replace(decree(), groups=decree().groups[:1])),
        "explanation": (render_explanation_sheet, explanation_samples.explanation_sheet()),
        "invitation": (lambda one: render_invitations([one]), schedule_samples.letter()),
        "letter": (render_winner_letter, LETTER),
        "labels": (render_labels, label),
        "table": (schedule_sheet.render_schedule_table, book),
        "doors": (schedule_sheet.render_door_signs, book),
        "attendance": (render_attendance_list, schedule_samples.book(1)),
        "score_sheet": (render_score_sheets, score_sheets(1)),
        "script": (render_announcer_script, ceremony()),
    }


def told(render: Callable[[Any], bytes], data: Any) -> dict[str, Any]:
    """Make one paper: seconds of processor, attachments, links, and whether it was refused."""
    from pypdf import PdfReader

    from judging.documents.certificate import CertificateDoesNotFit

    began = process_time()
    try:
        content = render(data)
    except CertificateDoesNotFit:
        return {"seconds": process_time() - began, "attachments": 0, "links": 0, "refused": True}
    seconds, reader = process_time() - began, PdfReader(io.BytesIO(content))
    links = sum("/A" in one.get_object() for page in reader.pages for one in page.get("/Annots", []))
    return {"seconds": seconds, "attachments": len(reader.attachments), "links": links, "refused": False}


def main(address: str) -> None:
    """Make all papers with one name of ten thousand letters and harm in all others, and print what came of each."""
    import django

    django.setup()
    found = {}
    for kind, (render, data) in papers().items():
        long = renamed(data, LONG, only=first_name(data))
        found[kind] = told(render, renamed(long, harm(address), beside=LONG))
    sys.stdout.write(json.dumps({"papers": found, "memory": peak()}))


def peak() -> float:
    """Return the most memory that this process held, in MB.

    Not ``ru_maxrss``: on Linux that begins with what the process held that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.read_text("ascii").partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main(sys.argv[1])
