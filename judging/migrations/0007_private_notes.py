"""Private notes. No trigger keeps them: they are their author's to delete."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ("judging", "0006_reopening"),
        ("nominees", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.CreateModel(
            name="PrivateNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="private note")),
                ("saved_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="nominees.nomination"
                    ),
                ),
            ],
            options={
                "constraints": (
                    models.UniqueConstraint(fields=("author", "nomination"), name="private_note_once"),
                    models.CheckConstraint(condition=~models.Q(text=""), name="private_note_not_empty"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("text"), models.Value(2000)
                        ),
                        name="private_note_not_too_long",
                    ),
                ),
            },
        ),
    )
