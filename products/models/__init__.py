"""The public catalogue: kinds of goods, makers, goods, what is said of them and where they are sold."""

from products.models.catalogue import Category, Producer
from products.models.imports import ImportPhoto, ProductImport
from products.models.miss import SearchMiss
from products.models.outlet import Outlet, Sale
from products.models.product import Product, ProductPicture, ProductStep
from products.models.promotion import Promotion
from products.models.recognition import LEVELS, Programme, Recognition
from products.models.stamp import CatalogueStamp, touch
from products.models.suggestion import PageRating, Suggestion, SuggestionContact, SuggestionStep

__all__ = [
    "LEVELS",
    "CatalogueStamp",
    "Category",
    "ImportPhoto",
    "Outlet",
    "PageRating",
    "Producer",
    "Product",
    "ProductImport",
    "ProductPicture",
    "ProductStep",
    "Programme",
    "Promotion",
    "Recognition",
    "Sale",
    "SearchMiss",
    "Suggestion",
    "SuggestionContact",
    "SuggestionStep",
    "touch",
]
