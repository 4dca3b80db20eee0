"""Sessions in the database, as Django keeps them; read with SQL that is built once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField
from django.utils import timezone

from core.statements import Given, Question

_FIXED = (str, int, float, bool, type(None))
_DATA = Question(
    lambda: Session.objects.filter(
        session_key=Given("key", CharField()), expire_date__gt=Given("now", DateTimeField())
    ).values_list("session_data")
)


class SessionStore(DatabaseStore):
    # Whoever asks for the session together with something else puts the asking here. It gives
    # the text of the session that holds now, or None where it cannot tell.
    ask_beside: Callable[[SessionStore], str | None] | None = None
    was_ended = False  # signed out by the request that holds this

    def flush(self) -> None:
        super().flush()
        self.was_ended = True

    def load(self) -> dict[str, Any]:
        text = self.ask_beside(self) if self.ask_beside else None
        if text is None:
            found = _DATA.ask(key=self.session_key, now=timezone.now())
            if not found:
                self._session_key = None
                return {}
            text = found[0][0]
        return _decoded(self, text)


_READ: OrderedDict[str, dict[str, Any]] = OrderedDict()
MOST = 2000


def _decoded(store: SessionStore, text: str) -> dict[str, Any]:
    """What ``text`` says. The same text is read once: its signature costs more than the query.

    Only where nothing in it can be changed by whoever gets it.
    """
    known = _READ.get(text)
    if known is not None:
        return dict(known)
    data = store.decode(text)
    if all(isinstance(one, _FIXED) for one in data.values()):
        _READ[text] = dict(data)
        if len(_READ) > MOST:
            _READ.popitem(last=False)
    return data
