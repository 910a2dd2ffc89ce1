"""The place of a nominee who did not come can be taken by another interview."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("judging", "0014_invitations"),
        ("nominees", "0004_evidence"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="interview", name="interview_room_start_once"),
        migrations.AddConstraint(
            model_name="interview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "no_show"), _negated=True),
                fields=("room", "starts_at"),
                name="interview_room_start_once",
            ),
        ),
    ]
