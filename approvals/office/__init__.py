"""The office's pages on links for leaders."""

from approvals.office.asking import ask
from approvals.office.listing import approval, approvals, step, today_items

__all__ = ["approval", "approvals", "ask", "step", "today_items"]
