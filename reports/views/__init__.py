"""The secretary's pages: one thing a screen, plain HTML."""

from reports.views.hand_in import check, discard, receipt
from reports.views.held import held
from reports.views.helper import confirm_helper
from reports.views.home import home, show
from reports.views.live import save, state, worker
from reports.views.paper import print_page
from reports.views.photos import photo, photos_page, remove_photo, sheet
from reports.views.picture import receipt_picture
from reports.views.screens import edit
from reports.views.send import send
from reports.views.text import text
from reports.views.text_size import text_size
from reports.views.word import word
from reports.views.year import year
from reports.views.zero import zero

__all__ = [
    "check",
    "confirm_helper",
    "discard",
    "edit",
    "held",
    "home",
    "photo",
    "photos_page",
    "print_page",
    "receipt",
    "receipt_picture",
    "remove_photo",
    "save",
    "send",
    "sheet",
    "show",
    "state",
    "text",
    "text_size",
    "word",
    "worker",
    "year",
    "zero",
]
