"""Units and people: the tree, names in time, duties, groups, memberships, the ward's own card."""

from units.models.links import Device, LinkEvent, PinDoor, UnitLink
from units.models.people import Membership, Role
from units.models.tree import Unit, UnitGroup, UnitName, UnitSuccession
from units.models.ward import ReportingDuty, WardProfile

__all__ = [
    "Device",
    "LinkEvent",
    "Membership",
    "PinDoor",
    "ReportingDuty",
    "Role",
    "Unit",
    "UnitGroup",
    "UnitLink",
    "UnitName",
    "UnitSuccession",
    "WardProfile",
]
