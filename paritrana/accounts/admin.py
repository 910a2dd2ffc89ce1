"""People and roles, to look at; logins and roles are given by services."""

from django.contrib import admin
from django.contrib.auth import admin as _groups  # noqa: F401 - registers groups, so that they can be taken out
from django.contrib.auth.models import Group

from paritrana.kernel.admin import ReadOnlyAdmin

from .models import RoleGrant, User

# Roles are grants; groups are not used.
if admin.site.is_registered(Group):
    admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People, without their passwords."""

    list_display = ("username", "display_name", "is_active", "is_staff", "last_login")
    search_fields = ("username", "display_name")
    fields = (
        "username",
        "display_name",
        "email",
        "phone",
        "is_active",
        "is_staff",
        "is_superuser",
        "date_joined",
        "last_login",
    )


@admin.register(RoleGrant)
class RoleGrantAdmin(ReadOnlyAdmin):
    """Who is what in which round."""

    list_display = ("user", "role", "assessment_year", "region", "granted_at", "revoked_at")
    list_filter = ("role", "assessment_year")
    list_select_related = ("user", "region")
