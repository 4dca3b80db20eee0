"""Sign-in alone. Rights are answered by :class:`units.backends.MembershipBackend`."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User
from core.statements import Given, Question, columns, row_of

_USER = Question(lambda: User.objects.filter(pk=Given("pk")).order_by().values_list(*columns(User)))


class SignInBackend(AuthenticationBackend):
    """Checks the password; knows nothing of groups and permissions, which are not used."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session; asked with every request."""
        found = _USER.ask(pk=int(user_id))
        user = row_of(User, found[0]) if found else None
        return user if user and self.user_can_authenticate(user) else None
