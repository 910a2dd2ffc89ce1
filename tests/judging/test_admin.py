"""The administration looks at judging and changes nothing, and sees no score before its time."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from judging.models import RubricVersion, Standing
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.kernel.admin import ReadOnlyAdmin
from tests.factories.rounds import make_award
from tests.factories.rubrics import make_rubric, make_version
from tests.factories.world import make_round, make_user

pytestmark = pytest.mark.django_db

MODELS = list(apps.get_app_config("judging").get_models())


@pytest.fixture
def superuser(client):
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)
def test_every_model_is_read_only(model, superuser, client, rf):
    registered = admin.site.get_model_admin(model)
    request = rf.get("/")
    request.user = superuser
    assert isinstance(registered, ReadOnlyAdmin)
    assert registered.get_model_perms(request) == {"add": False, "change": False, "delete": False, "view": True}
    assert client.get(reverse(f"admin:judging_{model._meta.model_name}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:judging_{model._meta.model_name}_add")).status_code == 403


def test_posting_a_change_or_a_deletion_is_refused(superuser, client):
    version = make_version(make_rubric(make_round()))
    for page in ("change", "delete"):
        address = reverse(f"admin:judging_rubricversion_{page}", args=[version.pk])
        assert client.post(address, {"content": "{}", "post": "yes"}).status_code == 403
    assert RubricVersion.objects.get().content == version.content


def test_marks_are_not_among_the_fields(superuser, rf):
    request = rf.get("/")
    request.user = superuser
    hidden = {
        "sheetversion": {"entries", "content_hash"},
        "secretariatentry": {"value"},
        "savereceipt": {"content_hash"},
    }
    for name, fields in hidden.items():
        registered = admin.site.get_model_admin(apps.get_model("judging", name))
        shown = {field for _title, part in registered.get_fieldsets(request) for field in part["fields"]}
        assert shown
        assert not shown & fields


def test_standings_show_only_once_decided(superuser, client):
    round = make_round(state=State.PLENARY)
    make_award(round)
    listing = reverse("admin:judging_standing_changelist")
    assert Standing.objects.count() == 1
    assert client.get(listing).context["cl"].result_count == 0
    round.state = State.DECIDED
    round.save()
    assert client.get(listing).context["cl"].result_count == 1


def test_nobody_else_gets_in(client):
    for user in (make_user(Role.PLATFORM_ADMIN), make_user(Role.SECRETARIAT, round=make_round())):
        client.force_login(user)
        assert client.get(reverse("admin:judging_seat_changelist")).status_code in (302, 403)
