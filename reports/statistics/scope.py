"""Of which units a figure tells: a whole ward, a subtree of it, or a group of its units."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from units.models import Unit, UnitGroup


@dataclass(frozen=True, slots=True)
class Scope:
    """``root`` is a unit of ``ward`` with all below it; ``group`` one of the ward's groups.

    At most one of them is set; the whole ward else.
    """

    ward: Unit
    root: Unit | None = None
    group: UnitGroup | None = None

    @property
    def is_whole(self) -> bool:
        return self.root is None and self.group is None

    @property
    def name(self) -> str:
        return str(self.root or self.group or self.ward)

    def units(self, prefix: str = "") -> Q:
        """The rows of these units; ``prefix`` leads from the row to its unit ("unit__")."""
        if self.root is not None:
            return Q(**{f"{prefix}path__startswith": self.root.path})
        inside = Q(**{f"{prefix}path__startswith": self.ward.path})
        if self.group is None:
            return inside
        chosen = UnitGroup.members.through.objects.filter(unitgroup=self.group).values("unit_id")
        kinds = Q(**{f"{prefix}kind__in": self.group.kinds})
        return inside & (kinds | Q(**{f"{prefix}pk__in": chosen}))

    def rows(self, prefix: str = "") -> Q:
        """The reports and values of these units: both repeat their ward."""
        whole = Q(**{f"{prefix}ward": self.ward})
        return whole if self.is_whole else whole & self.units(f"{prefix}unit__")
