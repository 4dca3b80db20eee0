"""People with a second factor, and sessions without one."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from accounts.second_factor import PROVED_AT, SHOWN

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def enrol(user):
    """An app with ``SECRET`` and recovery codes; the app's row."""
    RecoveryCodes.activate(user)
    return TOTP.activate(user, SECRET).instance


def code_now(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def recovery_code(user):
    """The next unused one of ``user``, who gets a second factor where there is none."""
    if not Authenticator.objects.filter(user=user).exists():
        enrol(user)
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return row.wrap().get_unused_codes()[0]


def by_password_alone(client, user):
    """``client`` signed in as ``user`` without the second step."""
    client.force_login(user)
    session = client.session
    del session[SHOWN]
    session.save()


def signed_in_whole(client, user):
    """``client`` signed in as ``user`` with the second step; where no test has made it so."""
    client.force_login(user)
    session = client.session
    session[SHOWN] = user.pk
    session[PROVED_AT] = int(time.time())
    session.save()
