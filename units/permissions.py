"""The policy: which role may do what, and how far. Everything else asks here.

``POLICY`` is a literal table, role × action × reach, and the whole truth: the
authentication backend answers ``user.has_perm`` from it, querysets take their
scope from it, and a test tries every address of the portal against it.

An action is "app.verb_model", as Django's admin asks. The reach is seen from
the unit of the membership: its **own** rows, those of units **below** it, and
**foreign** ones, anywhere else. A membership without a unit (a city's reader)
stands above all wards.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q


class Role(models.TextChoices):
    SECRETARY = "secretary", "bí thư, người báo cáo của chi bộ"
    OFFICE = "office", "văn phòng"
    PROPAGANDA = "propaganda", "tuyên giáo"
    EDITOR = "editor", "biên tập"
    LEADER = "leader", "lãnh đạo"
    ADMINISTRATOR = "administrator", "quản trị"
    AUDITOR = "auditor", "theo dõi (chỉ xem)"


OWN, BELOW, FOREIGN = "own", "below", "foreign"
Reach = frozenset[str]

_OWN: Reach = frozenset({OWN})
_BELOW: Reach = frozenset({BELOW})
_INSIDE: Reach = frozenset({OWN, BELOW})

_R = Role
_STAFF = (_R.OFFICE, _R.PROPAGANDA, _R.EDITOR, _R.LEADER, _R.ADMINISTRATOR, _R.AUDITOR)
_REVIEWERS = (_R.OFFICE, _R.PROPAGANDA)
_MANAGERS = (_R.OFFICE, _R.ADMINISTRATOR)
_PLANNERS = (_R.OFFICE, _R.PROPAGANDA)
_EDITORS = (_R.OFFICE, _R.PROPAGANDA, _R.EDITOR)
_APPROVERS = (_R.OFFICE, _R.PROPAGANDA, _R.LEADER)


def _to(roles: tuple[Role, ...], reach: Reach) -> dict[Role, Reach]:
    return dict.fromkeys(roles, reach)


POLICY: dict[str, dict[Role, Reach]] = {
    "office.enter": _to(_STAFF, _INSIDE),
    # Units and people
    "units.view_unit": _to(_STAFF, _INSIDE) | {_R.SECRETARY: _OWN},
    "units.add_unit": _to(_MANAGERS, _INSIDE),
    "units.change_unit": _to(_MANAGERS, _INSIDE),
    "units.view_unitimport": _to(_MANAGERS, _INSIDE),
    "units.add_unitimport": _to(_MANAGERS, _INSIDE),
    "units.hand_over_unit": _to(_MANAGERS, _BELOW),
    "units.view_unitgroup": _to(_STAFF, _INSIDE),
    "units.add_unitgroup": _to(_MANAGERS, _INSIDE),
    "units.change_unitgroup": _to(_MANAGERS, _INSIDE),
    "units.view_reportingduty": _to(_STAFF, _INSIDE),
    "units.add_reportingduty": _to(_MANAGERS, _INSIDE),
    "units.change_reportingduty": _to(_MANAGERS, _INSIDE),
    "units.view_wardprofile": _to(_STAFF, _INSIDE),
    "units.change_wardprofile": _to(_MANAGERS, _INSIDE),
    "units.view_membership": _to(_MANAGERS, _INSIDE) | _to((_R.LEADER, _R.AUDITOR), _INSIDE),
    "units.add_membership": _to((_R.ADMINISTRATOR,), _INSIDE),
    "units.change_membership": _to((_R.ADMINISTRATOR,), _INSIDE),
    # Who took which list out as a table
    "core.view_exportlog": _to((_R.ADMINISTRATOR, _R.LEADER), _INSIDE),
    # The way in of a unit: its link, its PIN, its phones
    "units.view_unitlink": _to(_MANAGERS, _INSIDE),
    "units.change_unitlink": _to(_MANAGERS, _INSIDE),
    # The address alone, to be told to the unit in a reminder (docs/decisions/0011)
    "units.tell_unitlink": _to(_REVIEWERS, _BELOW),
    "accounts.view_user": _to(_MANAGERS, _INSIDE),
    "accounts.add_user": _to((_R.ADMINISTRATOR,), _INSIDE),
    "accounts.change_user": _to((_R.ADMINISTRATOR,), _INSIDE),
    # Plans belong to the ward
    "plans.view_plan": _to(_STAFF, _INSIDE),
    "plans.add_plan": _to(_PLANNERS, _INSIDE),
    "plans.change_plan": _to(_PLANNERS, _INSIDE),
    "plans.approve_plan": _to((_R.LEADER,), _INSIDE),
    "plans.view_legalinstrument": _to(_STAFF, _INSIDE),
    "plans.change_legalinstrument": _to(_PLANNERS, _INSIDE),
    # Reports: a reviewer answers for the units below, never for the own one
    "reports.view_monthlyreport": _to(_STAFF, _INSIDE) | {_R.SECRETARY: _OWN},
    "reports.submit_monthlyreport": {_R.SECRETARY: _OWN},
    "reports.review_monthlyreport": _to(_REVIEWERS, _BELOW),
    "reports.view_indicator": _to(_STAFF, _INSIDE),
    "reports.add_indicator": _to(_REVIEWERS, _INSIDE),
    "reports.change_indicator": _to(_REVIEWERS, _INSIDE),
    "reports.view_indicatortarget": _to(_STAFF, _INSIDE),
    "reports.add_indicatortarget": _to(_REVIEWERS, _INSIDE),
    "reports.change_indicatortarget": _to(_REVIEWERS, _INSIDE),
    # The ward's own report: drawn and finalised by who reviews, read by all of the office
    "reports.view_consolidatedreport": _to(_STAFF, _INSIDE),
    "reports.add_consolidatedreport": _to(_REVIEWERS, _INSIDE),
    "reports.change_consolidatedreport": _to(_REVIEWERS, _INSIDE),
    "reports.approve_consolidatedreport": _to((_R.LEADER,), _INSIDE),
    "reports.view_deadlinerule": _to(_STAFF, _INSIDE),
    "reports.add_deadlinerule": _to(_REVIEWERS, _INSIDE),
    "reports.change_deadlinerule": _to(_REVIEWERS, _INSIDE),
    "reports.view_extension": _to(_STAFF, _INSIDE),
    "reports.add_extension": _to(_REVIEWERS, _BELOW),
    "reports.change_extension": _to(_REVIEWERS, _BELOW),
    "reports.view_holiday": _to(_STAFF, _INSIDE),
    "reports.add_holiday": _to(_REVIEWERS, _INSIDE),
    "reports.change_holiday": _to(_REVIEWERS, _INSIDE),
    # What units tell twice is one event of the ward
    "outreach.view_event": _to(_STAFF, _INSIDE),
    "outreach.add_event": _to(_REVIEWERS, _INSIDE),
    "outreach.change_event": _to(_REVIEWERS, _INSIDE),
    # What people ask about their own data
    "privacy.view_personalrequest": _to((*_MANAGERS, _R.LEADER), _INSIDE),
    "privacy.add_personalrequest": _to(_MANAGERS, _INSIDE),
    "privacy.change_personalrequest": _to(_MANAGERS, _INSIDE),
    # The forms of a content; approved by a second person (outreach.content.rules)
    "outreach.view_article": _to(_STAFF, _INSIDE),
    "outreach.add_article": _to(_EDITORS, _INSIDE),
    "outreach.change_article": _to(_EDITORS, _INSIDE),
    "outreach.approve_article": _to(_APPROVERS, _INSIDE),
    "outreach.view_shorttext": _to(_STAFF, _INSIDE),
    "outreach.add_shorttext": _to(_EDITORS, _INSIDE),
    "outreach.change_shorttext": _to(_EDITORS, _INSIDE),
    "outreach.approve_shorttext": _to(_APPROVERS, _INSIDE),
    "outreach.view_poster": _to(_STAFF, _INSIDE),
    "outreach.add_poster": _to(_EDITORS, _INSIDE),
    "outreach.change_poster": _to(_EDITORS, _INSIDE),
    "outreach.approve_poster": _to(_APPROVERS, _INSIDE),
    "outreach.view_bulletin": _to(_STAFF, _INSIDE),
    "outreach.add_bulletin": _to(_EDITORS, _INSIDE),
    "outreach.change_bulletin": _to(_EDITORS, _INSIDE),
    "outreach.approve_bulletin": _to(_APPROVERS, _INSIDE),
    # The loudspeakers: when they speak, how a word is said, how fast
    "outreach.view_slot": _to(_STAFF, _INSIDE),
    "outreach.add_slot": _to(_REVIEWERS, _INSIDE),
    "outreach.change_slot": _to(_REVIEWERS, _INSIDE),
    "outreach.view_spokenword": _to(_STAFF, _INSIDE),
    "outreach.add_spokenword": _to(_EDITORS, _INSIDE),
    "outreach.change_spokenword": _to(_EDITORS, _INSIDE),
    "outreach.view_voice": _to(_STAFF, _INSIDE),
    "outreach.add_voice": _to(_REVIEWERS, _INSIDE),
    "outreach.change_voice": _to(_REVIEWERS, _INSIDE),
    # Opinions: each role one thing, and no other role anything (MODEL, Opinions)
    "opinions.add_opinionnote": {_R.SECRETARY: _OWN},
    "opinions.view_opinionnote": {_R.PROPAGANDA: _INSIDE},
    "opinions.change_opinionsetting": _to((_R.ADMINISTRATOR, _R.LEADER), _INSIDE),
    # What a leader is asked to approve from a link; the kind of document has an action of its own
    "approvals.view_approvalrequest": _to(_STAFF, _INSIDE),
    "approvals.add_approvalrequest": _to(_PLANNERS, _INSIDE),
    # Products belong to the ward
    "products.view_product": _to(_STAFF, _INSIDE),
    "products.add_product": _to(_EDITORS, _INSIDE),
    "products.change_product": _to(_EDITORS, _INSIDE),
    # By a second person: never who proposed or checked it (products.rules)
    "products.approve_product": _to((_R.OFFICE, _R.PROPAGANDA, _R.LEADER), _INSIDE),
    "products.view_category": _to(_STAFF, _INSIDE),
    "products.add_category": _to(_EDITORS, _INSIDE),
    "products.change_category": _to(_EDITORS, _INSIDE),
    "products.view_producer": _to(_STAFF, _INSIDE),
    "products.add_producer": _to(_EDITORS, _INSIDE),
    "products.change_producer": _to(_EDITORS, _INSIDE),
    "products.view_outlet": _to(_STAFF, _INSIDE),
    "products.add_outlet": _to(_EDITORS, _INSIDE),
    "products.change_outlet": _to(_EDITORS, _INSIDE),
    "products.view_sale": _to(_STAFF, _INSIDE),
    "products.add_sale": _to(_EDITORS, _INSIDE),
    "products.change_sale": _to(_EDITORS, _INSIDE),
    "products.view_recognition": _to(_STAFF, _INSIDE),
    "products.add_recognition": _to(_EDITORS, _INSIDE),
    "products.change_recognition": _to(_EDITORS, _INSIDE),
    "products.view_promotion": _to(_STAFF, _INSIDE),
    "products.add_promotion": _to(_EDITORS, _INSIDE),
    "products.change_promotion": _to(_EDITORS, _INSIDE),
    "products.view_productimport": _to(_STAFF, _INSIDE),
    "products.add_productimport": _to(_EDITORS, _INSIDE),
    # What residents say: read by all of the office; who answers also sees how to reach the sender
    "products.view_suggestion": _to(_STAFF, _INSIDE),
    "products.change_suggestion": _to(_EDITORS, _INSIDE),
}

# Reading only: what a membership without a unit may ever do. Opinions are read in their ward alone.
READING = frozenset(
    action
    for action in POLICY
    if action == "office.enter" or action.split(".")[1].startswith("view_")
) - {"opinions.view_opinionnote"}


def active_memberships(user: Any) -> list[Any]:
    """The memberships of ``user`` that hold today, with their units; one query a request."""
    if not hasattr(user, "_active_memberships"):
        user._active_memberships = user.memberships.model.held_by(user)
    return user._active_memberships


def reach_of(membership: Any, action: str) -> Reach:
    """How far ``membership`` carries for ``action``; empty when not at all."""
    if membership.unit_id is None and action not in READING:
        return frozenset()
    return POLICY.get(action, {}).get(Role(membership.role), frozenset())


def may(user: Any, action: str, unit: Any = None) -> bool:
    """May ``user`` do ``action`` on what belongs to ``unit``; without one: on anything at all."""
    if not user.is_active or user.is_anonymous:
        return False
    memberships = active_memberships(user)
    if unit is None:
        return any(reach_of(membership, action) for membership in memberships)
    return any(_place(m, unit) in reach_of(m, action) for m in memberships)


def own_unit(user: Any, action: str, pk: int) -> Any | None:
    """The unit ``pk`` if it is the scope of a membership that carries ``action`` there; no query."""
    for membership in active_memberships(user):
        if membership.unit_id == pk and may(user, action, membership.unit):
            return membership.unit
    return None


def ward_paths(user: Any, action: str) -> set[str]:
    """The wards in which ``user`` may do ``action`` on something; "*" for all of them; no query."""
    held = [one for one in active_memberships(user) if reach_of(one, action)]
    return {one.unit.ward_path if one.unit else "*" for one in held}


# What these lead to is always a ward, the root of its tree (MODEL).
_TO_A_WARD = ("owner__", "ward__")


def scope_q(user: Any, action: str, *, prefix: str) -> Q:
    """The rows on which ``user`` may do ``action``.

    ``prefix`` leads from the row to its unit ("unit__", "owner__", "" for units
    themselves). Nothing for people without a membership that holds.
    """
    if not user.is_active or user.is_anonymous:
        return Q(pk__in=[])
    allowed = Q(pk__in=[])
    for membership in active_memberships(user):
        allowed |= _membership_q(membership, reach_of(membership, action), prefix)
    return allowed


def _membership_q(membership: Any, reach: Reach, prefix: str) -> Q:
    if not reach:
        return Q(pk__in=[])
    if membership.unit is None:
        return Q(**{f"{prefix}path__startswith": ""})
    if OWN in reach and prefix.endswith(_TO_A_WARD) and membership.unit.is_ward:
        # By its key, which the rows have an index on: a city reads no row of another ward.
        return Q(**{prefix.removesuffix("__"): membership.unit_id})
    own = Q(**{f"{prefix}path": membership.unit.path})
    inside = Q(**{f"{prefix}path__startswith": membership.unit.path})
    if reach >= _INSIDE:
        return inside
    return own if OWN in reach else inside & ~own


def _place(membership: Any, unit: Any) -> str:
    if membership.unit is None:
        return BELOW
    if unit.path == membership.unit.path:
        return OWN
    return BELOW if unit.path.startswith(membership.unit.path) else FOREIGN
