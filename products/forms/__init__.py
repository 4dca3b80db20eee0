"""The office's forms for goods and what stands around them."""

from products.forms.around import (
    CategoryForm,
    OutletForm,
    ProducerForm,
    PromotionForm,
    RecognitionForm,
)
from products.forms.goods import ProductForm

__all__ = [
    "CategoryForm",
    "OutletForm",
    "ProducerForm",
    "ProductForm",
    "PromotionForm",
    "RecognitionForm",
]
