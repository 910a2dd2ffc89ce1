"""What the log says of people and roles."""

from django.utils.translation import gettext_lazy as _

from paritrana.audit.actions import register

USER_CREATED = register("user.created", _("Login created"))
ROLE_GRANTED = register("role.granted", _("Role granted"))
ROLE_REVOKED = register("role.revoked", _("Role revoked"))
