"""Charts drawn by the server: one layout, shown as SVG by a template or as a PNG for Word.

On a page::

    chart = Chart(
        kind=Kind.COLUMNS, title="Số buổi tuyên truyền quý IV/2026", unit="buổi",
        category_name="Tháng", categories=["10/2026", "11/2026", "12/2026"],
        series=[Series("Toàn phường", [41, None, 0])],
    )
    context["drawing"] = draw(chart)
    {% include "_chart.html" with drawing=drawing %}          (css/parts/chart.css in the head)

The figures stand below it in a table that opens; ``with drawing=drawing bare=True`` where the
page has them in a table of its own. In a document::

    for picture in pictures(chart):  # a chart of 150 units is cut to fit pages
        document.picture(picture, width=WIDTH_MM, description=chart.description)
    document.centred(f"Biểu đồ 1. {chart.title}")

``png(chart, caption="Biểu đồ 1. …")`` is one picture with its caption, to be pasted by hand.
None is a gap, 0 is a drawn zero. A share is a number from 0 to 100 with ``is_share``.
"""

from core.charts.layout import Drawing, draw
from core.charts.model import MOST_CATEGORIES, MOST_SERIES, Chart, Kind, Series
from core.charts.picture import WIDTH_MM, pictures, png

__all__ = [
    "MOST_CATEGORIES",
    "MOST_SERIES",
    "WIDTH_MM",
    "Chart",
    "Drawing",
    "Kind",
    "Series",
    "draw",
    "pictures",
    "png",
]
