"""The database that every journey starts from; ``python -m tests.journeys.world`` builds it.

It holds the demo edition up to its plenary and the edition in scoring, as the demo does, and one round in preparation:
Nusa Tenggara Barat (``2024/52``), with the login ``sekretariat-ntb``; and one in which interviews are to be scheduled
and none is yet: Kalimantan Timur (``2024/64``), with the logins ``sekretariat-kaltim`` and ``unsur-kaltim``; and one
that is decided: Kalimantan Utara (``2024/65``), whose ceremony ``panitia-kaltara`` runs. The key that signs packages of
winners lies beside it.
"""

from datetime import datetime, timedelta
from pathlib import Path

import django

NEWCOMER = "sekretariat-ntb"
SCHEDULER, SEATED = "sekretariat-kaltim", "unsur-kaltim"
PRESENTER = "panitia-kaltara"


def main() -> None:
    """Build the world in the database that the settings name."""
    django.setup()

    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from judging.management.demo.build import build
    from nominees.core.lifecycle import State
    from paritrana.kernel import clock
    from paritrana.kernel.seal import make_key

    now = clock.now()
    make_key(Path(settings.HANDOVER_KEY))
    call_command("migrate", verbosity=0)
    call_command("load_regions")
    round = build(print, at=now, until=State.PLENARY)
    _prepare_another(round.edition, now)
    _prepare_a_schedule(now)
    _prepare_a_ceremony()
    connections.close_all()


def _prepare_another(edition: object, now: datetime) -> None:
    """Set up a round that is still in preparation: one category, the sample rubrics and rules, two people seated."""
    from judging.core.policies import NTT_POLICY
    from judging.management.demo.facts import Facts
    from judging.management.demo.people import person
    from judging.management.demo.rounds import Place, new_round
    from judging.services.panels import add_seats, panel_document, seat_person
    from judging.services.rubrics import add_sample_rubrics
    from judging.services.rules import draft_rules
    from nominees.models import Kind
    from nominees.services.rounds import add_category
    from paritrana.accounts.models import Role, User
    from paritrana.accounts.services import grant_role

    admin = User.objects.get(username="admin")
    round = new_round(edition, Place("52", "Asia/Makassar", "Mataram"), admin, now)  # type: ignore[arg-type]
    secretariat = person(NEWCOMER, "Lalu Wirajaya, S.E. (contoh)", now)
    role = Role.SECRETARIAT
    grant_role(
        user=secretariat,
        role=role,
        actor=admin,
        at=now,
        assessment_year=round.edition.assessment_year,
        region=round.region,
    )
    whom = {"round": round, "actor": secretariat, "at": now}
    add_category(code="pemda", name="Pemerintah Kabupaten/Kota", kind=Kind.GOVERNMENT, **whom)
    draft_rules(policy=NTT_POLICY, note="Peraturan contoh", **whom)
    add_sample_rubrics(**whom)
    seats = add_seats(seats=panel_document()["seats"], **whom)
    today = now.astimezone(Facts().zone).date()
    seat_person(
        seat=seats[0],
        user=person("ketua-ntb", "Baiq Ratna, M.Si. (contoh)", now),
        name="Baiq Ratna, M.Si. (contoh)",
        position_title="Sekretaris Daerah Provinsi",
        starts_on=today,
        actor=secretariat,
        at=now,
    )


def _prepare_a_schedule(now: datetime) -> None:
    """Set up a round with an empty board: two mornings, two rooms, three seats that are all needed, eight nominees."""
    from judging.core.policies import NTT_POLICY
    from judging.management.demo.facts import PASSWORD
    from judging.models import CategoryPlan, InterviewSession, ScheduleMaterial
    from nominees.core.lifecycle import State
    from nominees.models import Round
    from paritrana.accounts.models import Role, User
    from paritrana.kernel.wording import local_day
    from tests.factories import sheets
    from tests.factories.world import make_category, make_nomination, make_round, make_user

    round = make_round(region_code="64", state=State.SCORING)
    days = [local_day(now, round.time_zone) + timedelta(days=ahead) for ahead in (3, 4)]
    Round.objects.filter(pk=round.pk).update(interviews_from=days[0], interviews_until=days[-1], city="Samarinda")
    make_user(Role.SECRETARIAT, round=round, username=SCHEDULER)
    sheets.make_seat(round, 1, user=make_user(Role.PANEL_MEMBER, round=round, username=SEATED))
    for position in (2, 3):
        sheets.make_seat(round, position)
    for user in User.objects.filter(username__in=(SCHEDULER, SEATED)):
        user.set_password(PASSWORD)
        user.save()
    sheets.make_rules(round, **NTT_POLICY | {"min_scores": 3})
    for name in ("Ruang Mahakam", "Ruang Kayan"):
        sheets.make_room(round, name)
    ScheduleMaterial.objects.create(round=round)
    InterviewSession.objects.bulk_create(InterviewSession(round=round, day=day, start=480, end=720) for day in days)
    category = make_category(round)
    sheets.make_rubric(category)
    CategoryPlan.objects.create(category=category, duration=30)
    for number in range(1, 9):
        make_nomination(category, region_code=f"64.{number:02d}" if number < 8 else "64.09")


def _prepare_a_ceremony() -> None:
    """Set up a decided round: one category with three winners, and a special award that nobody comes for."""
    from judging.management.demo.facts import PASSWORD
    from judging.models import Guest
    from paritrana.accounts.models import Role
    from tests.factories.awards import make_decided_round
    from tests.factories.ceremony import make_ceremony, make_special_award
    from tests.factories.world import make_user

    round = make_decided_round((90, 80, 70), region_code="65")
    award = make_special_award(round, "Pemerintah Provinsi Kalimantan Utara (contoh)")
    Guest.objects.create(ceremony=make_ceremony(round), special_award=award, is_absent=True)
    organiser = make_user(Role.ORGANISER, round=round, username=PRESENTER)
    organiser.set_password(PASSWORD)
    organiser.save()


if __name__ == "__main__":
    main()
