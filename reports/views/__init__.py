"""The secretary's pages: one thing a screen, plain HTML."""

from reports.views.hand_in import check, discard, receipt, zero
from reports.views.home import home, show
from reports.views.screens import edit
from reports.views.send import send

__all__ = ["check", "discard", "edit", "home", "receipt", "send", "show", "zero"]
