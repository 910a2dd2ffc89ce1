"""The history on a nominee's page shows every kind of event, also those that other packages record."""

import pytest
from django.db import transaction
from django.test import Client

from judging import audit_actions
from nominees.web.parts import address
from paritrana.accounts.models import Role
from paritrana.audit.record import record
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user


@pytest.mark.django_db
def test_a_nomination_that_came_from_a_province_can_be_opened():
    round = make_round()
    user = make_user(Role.SECRETARIAT, round=round)
    nomination = make_nomination(make_category(round))
    with transaction.atomic():
        record(
            action=audit_actions.NOMINATION_RECEIVED,
            actor=user,
            at=AT,
            target=nomination,
            chain=round.scope,
            payload={"from": 7, "to": 1},
        )
    client = Client()
    client.force_login(user)

    response = client.get(address("nominees:detail", round, number=nomination.number))

    assert response.status_code == 200
    assert len(response.context["history"]["rows"]) == 1
