"""What the verifier of packages found, as a code with facts, so that each is told in the reader's language.

The verifier stands alone and speaks English. Its words are recognised here; what is not falls back to the code of the
check, whose sentence is general.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that differs: ``code`` of its sentence, the ``facts`` in it, and ``where`` in the package."""

    code: str
    where: str
    facts: Mapping[str, str] = field(default_factory=dict)


#: Code of the check -> (the verifier's words, code of the sentence), the first that fits. Named groups are facts.
_WORDS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "handover_unreadable": (
        (r"it is larger than", "problem_too_large"),
        (r"it cannot be opened", "problem_not_opened"),
        (r"the file is missing", "problem_file_missing"),
        (r"it is not written the way", "problem_archive_written"),
        (r"this file does not belong", "problem_file_strange"),
        (r"the file is there twice", "problem_file_twice"),
        (r"the file is packed or locked", "problem_file_packed"),
        (r"it cannot be read|not built as described", "problem_file_unreadable"),
    ),
    "handover_file": (
        (r"it is not written the way", "problem_file_written"),
        (r"the file is not the one", "problem_file_other"),
    ),
    "handover_manifest": (
        (r"the manifest says (?P<told>.*), the files say (?P<found>.*)", "problem_manifest_field"),
        (r"it lists (?P<told>.*), not (?P<found>.*)", "problem_manifest_list"),
    ),
    "handover_signature": (
        (r"the signature does not fit", "problem_signature_broken"),
        (r"the manifest names another key", "problem_signature_key"),
        (r"the fingerprint is not", "problem_signature_fingerprint"),
    ),
    "handover_log": (
        (r"an event is missing", "problem_log_order"),
        (r"it does not follow", "problem_log_chain"),
        (r"its content was altered", "problem_log_content"),
        (r"the log ends with", "problem_log_end"),
    ),
    "handover_run": (
        (r"(?P<place>.*): recounted (?P<counted>.*), in the file (?P<told>.*)", "problem_run_recounted"),
        (r"it is not what the log says was frozen", "problem_run_frozen"),
        (r"the file was changed after", "problem_run_changed"),
    ),
    "handover_decisions": (
        (r"it rests on a decision", "problem_decision_strange"),
        (r"it leaves out what was decided about (?P<subject>.*)", "problem_decision_missing"),
    ),
    "handover_winners": (
        (r"the winners within the quota are (?P<names>.*?) \((?=\d+ / |: |\))", "problem_winners_others"),
        (r"the quota is (?P<logged>\d+) in the log, not (?P<told>\d+)", "problem_winners_quota"),
        (r"the category is called (?P<name>.*) in the run", "problem_winners_category"),
        (r"it is not built as described, or lies", "problem_winners_shape"),
    ),
    "handover_certificates": (
        (r"a certificate is listed twice", "problem_certificate_twice"),
        (r"the certificate is missing", "problem_certificate_missing"),
        (r"the certificate is not the one", "problem_certificate_other"),
    ),
    "handover_evidence": (
        (r"nominee (?P<number>.*) is no winner", "problem_evidence_stranger"),
        (r"the evidence is not", "problem_evidence_other"),
    ),
    "handover_edition": ((r"it is of (?P<edition>.*)", "problem_edition"),),
    "handover_province": ((r"there is no province (?P<province>.*)", "problem_province"),),
}


def problem_of(code: str, where: str, told: str) -> Problem:
    """Return what to tell about one fault of a package, ``told`` being the verifier's own words."""
    for words, sentence in _WORDS.get(code, ()):
        found = re.match(words, told, re.DOTALL)
        if found:
            return Problem(sentence, where, found.groupdict())
    return Problem(code, where)
