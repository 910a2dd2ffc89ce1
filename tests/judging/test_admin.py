"""The administration looks at judging and changes nothing, and sees no score before its time."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from judging.admin import UNSEEN
from judging.models import PrivateNote, RubricVersion, SaveReceipt, SecretBallot, SheetVersion, Standing
from judging.services.plenary import open_plenary, record_attendance
from judging.services.proposals import Outside
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role
from paritrana.kernel.admin import ReadOnlyAdmin
from tests.factories.motions import vote
from tests.factories.rounds import make_award
from tests.factories.rubrics import make_rubric, make_version
from tests.factories.scored import make_scored_round
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db

MODELS = [model for model in apps.get_app_config("judging").get_models() if model not in UNSEEN]


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


def test_private_notes_and_the_box_of_a_secret_vote_are_not_there_at_all(superuser, client):
    assert (PrivateNote, SecretBallot) == UNSEEN
    page = client.get(reverse("admin:index")).content.decode().lower()
    for model in UNSEEN:
        assert not admin.site.is_registered(model)
        assert model._meta.model_name not in page


def test_motions_and_ballots_show_only_once_decided(superuser, client):
    scored = make_scored_round()
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
    vote(plenary, Outside("Piagam", "Penerima (contoh)", "inovasi"), actor=scored.secretary)
    pages = [reverse(f"admin:judging_{name}_changelist") for name in ("motion", "ballot", "specialaward")]
    assert [client.get(page).context["cl"].result_count for page in pages] == [0, 0, 0]
    Round.objects.filter(pk=scored.round.pk).update(state=State.DECIDED)
    assert [client.get(page).context["cl"].result_count for page in pages] == [1, 9, 1]


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
        "sheetversion": {"entries", "content_hash", "reason"},
        "reopening": {"reason", "reason_key", "advised_reason", "decided_reason", "ended_reason"},
        "secretariatentry": {"value"},
        "handedworkbook": {"content"},
        "savereceipt": {"key", "content_hash"},
        "ceremonyshow": {"key", "code", "content"},
    }
    for name, fields in hidden.items():
        registered = admin.site.get_model_admin(apps.get_model("judging", name))
        shown = {field for _title, part in registered.get_fieldsets(request) for field in part["fields"]}
        assert shown
        assert not shown & fields


@pytest.mark.parametrize(
    ("model", "question"),
    [
        ("judging_sheetversion", {"entries__contains": '"70.65"'}),
        ("judging_sheetversion", {"content_hash__startswith": "0"}),
        ("judging_secretariatentry", {"value": "8"}),
        ("judging_reopening", {"reason__contains": "90"}),
        ("judging_savereceipt", {"key__startswith": "0"}),
        ("accounts_user", {"password__startswith": "md5"}),
        ("nominees_importbatch", {"rows__contains": "0"}),
    ],
)
def test_a_list_answers_no_question_about_what_it_hides(model, question, superuser, client):
    assert client.get(reverse(f"admin:{model}_changelist"), question).status_code == 400


def test_filters_on_the_page_still_work(superuser, client):
    round = make_round(state=State.PLENARY)
    listing = reverse("admin:nominees_round_changelist")
    for state, found in ((State.PLENARY, 1), (State.CLOSED, 0)):
        assert client.get(listing, {"state__exact": state}).context["cl"].result_count == found
    assert client.get(listing, {"edition__id__exact": round.edition_id}).context["cl"].result_count == 1


def test_the_key_of_a_save_is_shown_nowhere(superuser, client):
    sheet = SheetVersion.objects.filter(sheet__round=make_scored_round().round).first().sheet
    key = "kunci-simpan-uji"
    SaveReceipt.objects.create(key=key, sheet=sheet, user=superuser, revision=1, content_hash="0" * 64, at=AT)
    page = client.get(reverse("admin:judging_savereceipt_changelist"))
    assert page.context["cl"].result_count == 1
    assert key not in page.content.decode()


@pytest.mark.parametrize("name", ["standing", "tabulationpart", "award"])
def test_results_show_only_once_decided(name, superuser, client):
    round = make_round(state=State.PLENARY)
    make_award(round)
    listing = reverse(f"admin:judging_{name}_changelist")
    assert Standing.objects.count() == 1
    assert client.get(listing).context["cl"].result_count == 0
    round.state = State.DECIDED
    round.save()
    assert client.get(listing).context["cl"].result_count == 1


def test_nobody_else_gets_in(client):
    for user in (make_user(Role.PLATFORM_ADMIN), make_user(Role.SECRETARIAT, round=make_round())):
        client.force_login(user)
        assert client.get(reverse("admin:judging_seat_changelist")).status_code in (302, 403)
