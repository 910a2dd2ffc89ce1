"""Official codes, to look at."""

from django.contrib import admin

from paritrana.kernel.admin import ReadOnlyAdmin

from .models import Region


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    """Areas by code."""

    list_display = ("code", "full_name", "kind", "vintage", "is_current")
    list_filter = ("kind", "is_current", "vintage")
    search_fields = ("=code", "name")
