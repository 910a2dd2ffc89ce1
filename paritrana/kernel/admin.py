"""The administrators' area looks and never changes: every write goes through a service."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows a model to staff; adding, changing and deleting do not exist here, whoever asks."""

    actions = None
    show_facets = admin.ShowFacets.NEVER

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Only the filters on the page: Django takes any field of the model in the address, hidden ones too.

        Whoever may ask "which sheets hold a 70" needs not see the marks to read them, nor a password's hash.
        """
        offered = tuple(name for name in self.list_filter if isinstance(name, str))
        is_offered = lookup in offered or lookup.startswith(tuple(f"{name}__" for name in offered))
        return is_offered and bool(super().lookup_allowed(lookup, value, request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
