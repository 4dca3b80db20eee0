"""The bulletin beside the other forms of a content; imported before their pages are made."""

from outreach.content import kinds
from outreach.loudspeaker.models import Bulletin

kinds.register(
    kinds.Kind(Bulletin, "ban-tin-loa", "Viết bản tin loa", "outreach/loudspeaker/_bulletin.html")
)
