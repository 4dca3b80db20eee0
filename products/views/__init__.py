"""The residents' pages. See :mod:`products.public` for what they share."""

from products.public import public_page
from products.views.barcodes import barcode
from products.views.events import promotion, promotions
from products.views.goods import card, detail, product_context
from products.views.home import home
from products.views.listing import product_list
from products.views.makers import maker, makers
from products.views.outlets import outlet, outlets
from products.views.recognitions import recognitions
from products.views.rights import rights

__all__ = [
    "barcode",
    "card",
    "detail",
    "home",
    "maker",
    "makers",
    "outlet",
    "outlets",
    "product_context",
    "product_list",
    "promotion",
    "promotions",
    "public_page",
    "recognitions",
    "rights",
]
