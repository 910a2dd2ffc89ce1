"""The administrators' area looks and never changes, for every model that it shows."""

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client, RequestFactory
from django.urls import reverse

from paritrana.accounts.models import User
from paritrana.kernel.admin import ReadOnlyAdmin
from tests.factories.nominees import make_field
from tests.factories.world import make_nomination, make_user

pytestmark = pytest.mark.django_db

OWN = [model for model in admin.site._registry if model._meta.app_label in {"regions", "accounts", "audit", "nominees"}]

LIBRARIES = {"axes", "django_tasks_database"}


def test_the_tasks_of_the_worker_are_only_looked_at(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = make_user(is_staff=True, is_superuser=True)
    (page,) = (page for model, page in admin.site._registry.items() if model._meta.app_label == "django_tasks_database")
    allowed = page.has_add_permission(request), page.has_change_permission(request), page.has_delete_permission(request)
    assert allowed == (False, False, False)


def test_every_model_of_ours_is_read_only() -> None:
    ours = {model: page for model, page in admin.site._registry.items() if model._meta.app_label not in LIBRARIES}

    assert len(ours) >= len(OWN) > 10
    assert [model for model, page in ours.items() if not isinstance(page, ReadOnlyAdmin)] == []


@pytest.mark.parametrize("model", OWN, ids=lambda model: model._meta.label_lower)
def test_even_a_superuser_only_looks(client: Client, model: type[models.Model]) -> None:
    field = make_field()
    make_nomination(field.governments)
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    found = model._default_manager.first()

    assert client.get(reverse(f"{name}_changelist")).status_code == 200
    assert client.get(reverse(f"{name}_add")).status_code == 403
    if found is not None:
        assert client.get(reverse(f"{name}_change", args=[found.pk])).status_code == 200
        assert client.post(reverse(f"{name}_change", args=[found.pk]), {}).status_code == 403
        assert client.post(reverse(f"{name}_delete", args=[found.pk]), {"post": "yes"}).status_code == 403
        assert model._default_manager.filter(pk=found.pk).exists()


def test_only_staff_looks(client: Client) -> None:
    request = RequestFactory().get("/")
    request.user = make_user()

    assert not admin.site._registry[User].has_view_permission(request)
    client.force_login(request.user)
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


def test_passwords_are_not_shown(client: Client) -> None:
    user = make_user(is_staff=True)
    client.force_login(user)

    page = client.get(reverse("admin:accounts_user_change", args=[user.pk])).content.decode()

    assert user.username in page
    assert user.password not in page
