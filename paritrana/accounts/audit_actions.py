"""What the log says of people and roles."""

from django.utils.translation import gettext_lazy as _

from paritrana.audit.actions import register

USER_CREATED = register("user.created", _("Login created"))
USER_DEACTIVATED = register("user.deactivated", _("Login deactivated"))
USER_REACTIVATED = register("user.reactivated", _("Login reactivated"))
PASSWORD_CHANGED = register("user.password_changed", _("Own password changed"))
PASSWORD_RESET = register("user.password_reset", _("Password reset"))
ROLE_GRANTED = register("role.granted", _("Role granted"))
ROLE_REVOKED = register("role.revoked", _("Role revoked"))
