"""Who is in the running, to look at; changes go through the pages and their services."""

from django.contrib import admin

from paritrana.kernel.admin import ReadOnlyAdmin

from .models import (
    BusinessProfile,
    Category,
    Contact,
    CountedIndicator,
    Edition,
    Evidence,
    ImportBatch,
    Nomination,
    Nominee,
    Pool,
    Round,
)


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Editions by assessment year."""

    list_display = ("assessment_year", "name", "period_start", "period_end", "is_demo")


@admin.register(Round)
class RoundAdmin(ReadOnlyAdmin):
    """Rounds and where they stand."""

    list_display = ("edition", "region", "practice", "level", "state", "time_zone", "ceremony_on")
    list_filter = ("edition", "state")
    list_select_related = ("edition", "region")


@admin.register(Category, Pool)
class CategoryAdmin(ReadOnlyAdmin):
    """Categories and pools of a round."""

    list_display = ("round", "code", "name", "places")
    list_filter = ("round",)
    list_select_related = ("round__edition", "round__region")


@admin.register(Nominee)
class NomineeAdmin(ReadOnlyAdmin):
    """Nominees of all rounds."""

    list_display = ("name", "kind", "region")
    list_filter = ("kind", "is_practice")
    search_fields = ("name", "=region__code", "=business__nib")
    list_select_related = ("region",)


@admin.register(BusinessProfile)
class BusinessProfileAdmin(ReadOnlyAdmin):
    """What only businesses have."""

    list_display = ("legal_name", "sector", "size_class", "nib")
    search_fields = ("legal_name", "=nib")


@admin.register(Nomination)
class NominationAdmin(ReadOnlyAdmin):
    """Nominations with their status."""

    list_display = ("number", "nominee", "category", "status", "round")
    list_filter = ("round", "status")
    search_fields = ("nominee__name",)
    list_select_related = ("nominee", "category", "round__edition", "round__region")


@admin.register(Contact)
class ContactAdmin(ReadOnlyAdmin):
    """How to reach a delegation."""

    list_display = ("nomination", "person")
    list_select_related = ("nomination__nominee",)


@admin.register(CountedIndicator)
class CountedIndicatorAdmin(ReadOnlyAdmin):
    """Counts behind computed criteria."""

    list_display = ("nomination", "criterion", "count", "base", "source", "as_of")
    list_select_related = ("nomination__nominee",)


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    """Workbooks and what became of them; their rows are on the import's own page."""

    list_display = ("file_name", "round", "state", "uploaded_by", "uploaded_at")
    list_filter = ("round", "state")
    list_select_related = ("round__edition", "round__region", "uploaded_by")
    exclude = ("rows",)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    """Which evidence there is; what it says is read on the nominee's page, under its rules."""

    list_display = ("nomination", "title", "kind", "added_at", "withdrawn_at")
    exclude = ("file", "address")
    list_select_related = ("nomination__nominee",)
