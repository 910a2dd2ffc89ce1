"""Judging in the administration: to look at, and without any score before its time.

An administrator is no judge: what a sheet or an administrative entry says is not shown at all, and tabulations only
once the round is decided.
"""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from judging.models import (
    Award,
    Ballot,
    CeremonyShow,
    Decision,
    Document,
    Guest,
    HandedWorkbook,
    Motion,
    PaperEntry,
    PaperScan,
    PrintItem,
    PrivateNote,
    Reopening,
    SaveReceipt,
    SecretariatEntry,
    SecretBallot,
    SheetVersion,
    SignedFile,
    SpecialAward,
    Standing,
    TabulationPart,
    TypedSheet,
)
from nominees.core.lifecycle import State
from paritrana.kernel.admin import ReadOnlyAdmin

DECIDED = (State.DECIDED, State.ANNOUNCED, State.CLOSED)


@admin.register(SheetVersion)
class SheetVersionAdmin(ReadOnlyAdmin):
    """Who saved what when; not the marks, nor the hash from which few could be guessed, nor why it was reopened."""

    exclude = ("entries", "content_hash", "reason")
    list_display = ("sheet", "number", "state", "saved_by", "saved_at")
    list_select_related = ("sheet__seat", "sheet__nomination__nominee", "saved_by")


@admin.register(SaveReceipt)
class SaveReceiptAdmin(ReadOnlyAdmin):
    """That a save was answered; not its key, with which the few marks behind a hash in the log could be guessed."""

    exclude = ("key", "content_hash")
    list_display = ("sheet", "user", "revision", "submitted", "at")
    list_display_links = None  # the address of a single one would hold its key
    list_select_related = ("sheet__seat", "sheet__nomination__nominee", "user")


@admin.register(SecretariatEntry)
class SecretariatEntryAdmin(ReadOnlyAdmin):
    """That a score was entered, by whom; not the score."""

    exclude = ("value",)


@admin.register(PaperEntry)
class PaperEntryAdmin(ReadOnlyAdmin):
    """That somebody typed a paper sheet in; not the marks."""

    exclude = ("entries",)


@admin.register(TypedSheet)
class TypedSheetAdmin(ReadOnlyAdmin):
    """What came of a paper sheet; not the draft that it replaced."""

    exclude = ("replaced",)


@admin.register(HandedWorkbook)
class HandedWorkbookAdmin(ReadOnlyAdmin):
    """Who handed in what for whom; not the bytes, which hold marks."""

    exclude = ("content",)


@admin.register(PaperScan)
class PaperScanAdmin(ReadOnlyAdmin):
    """That a scan is there, its hash, who attached it; not the way to the picture."""

    exclude = ("file",)


@admin.register(Reopening)
class ReopeningAdmin(ReadOnlyAdmin):
    """That a sheet was asked to be opened again, and by whom it was answered; not the reasons, which may name marks."""

    exclude = ("reason", "reason_key", "advised_reason", "decided_reason", "ended_reason")


class _DecidedAdmin(ReadOnlyAdmin):
    """Results, shown once their round is decided and hidden again after a step back."""

    round_path = "round"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(**{f"{self.round_path}__state__in": DECIDED})


@admin.register(TabulationPart)
class TabulationPartAdmin(_DecidedAdmin):
    """Inputs and answers."""

    round_path = "tabulation__round"


@admin.register(Standing)
class StandingAdmin(_DecidedAdmin):
    """Places and totals."""

    round_path = "part__tabulation__round"


@admin.register(Award, Decision, Document)
class ResultAdmin(_DecidedAdmin):
    """What was decided and the papers that say so."""


@admin.register(Motion, SpecialAward)
class MotionAdmin(_DecidedAdmin):
    """What the plenary votes on tells places before they are decided."""

    round_path = "plenary__tabulation__round"


@admin.register(Ballot)
class BallotAdmin(_DecidedAdmin):
    """Who voted, in an open vote how."""

    round_path = "motion__plenary__tabulation__round"


@admin.register(PrintItem)
class PrintItemAdmin(_DecidedAdmin):
    """Papers of a batch: their titles name winners."""

    round_path = "batch__round"


@admin.register(SignedFile)
class SignedFileAdmin(_DecidedAdmin):
    """Files that were signed."""

    round_path = "document__round"


@admin.register(CeremonyShow, Guest)
class CeremonyAdmin(_DecidedAdmin):
    """Shows of the reveal, without what they reveal and the address of their screen; and who comes for what."""

    round_path = "ceremony__round"

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "content") if self.model is CeremonyShow else ()


#: Not here at all: what a member writes for nobody else, and the box of a secret vote. Whoever looked into that after
#: each ballot, beside the times at which the seats voted, would know whose each is.
UNSEEN = (PrivateNote, SecretBallot)

for model in apps.get_app_config("judging").get_models():
    if model not in UNSEEN and not admin.site.is_registered(model):
        admin.site.register(model, ReadOnlyAdmin)
