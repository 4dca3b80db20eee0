"""Office pages of our own for goods."""

from products.office.steps import step_page

__all__ = ["step_page"]
