"""The published goods of a ward in the memory of a process: search, facets and pages without SQL.

See ``docs/decisions/0026-the-catalogue-in-memory.md``.
"""

from products.catalogue.facets import FACETS, Chosen, Facet, Value
from products.catalogue.holding import Catalogue, catalogue_of, forget, stamp
from products.catalogue.ranking import Ranked

__all__ = [
    "FACETS",
    "Catalogue",
    "Chosen",
    "Facet",
    "Ranked",
    "Value",
    "catalogue_of",
    "forget",
    "stamp",
]
