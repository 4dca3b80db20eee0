import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.charts import WIDTH_MM, Chart, Kind, Series, draw, pictures, png
from core.charts.shapes import WIDTH, Box, Line, Mark, Words
from core.docx import PARTY_HD05, OfficialDocument

MONTHS = [f"{number}/2026" for number in range(1, 13)]
LONG = "Ban Công tác Mặt trận Tổ dân phố số {}"


def chart(**changes):
    given = {
        "kind": Kind.COLUMNS,
        "title": "Số buổi tuyên truyền",
        "categories": ["10/2026", "11/2026", "12/2026"],
        "series": [Series("Toàn phường", [1234, None, 0])],
        "unit": "buổi",
        "category_name": "Tháng",
    }
    return Chart(**{**given, **changes})


def of_kind(drawing, kind, tone=None):
    found = [one for one in drawing.shapes if isinstance(one, kind)]
    return [one for one in found if tone is None or one.tone == tone]


def test_missing_value_is_a_dash_and_a_zero_is_drawn():
    drawing = draw(chart())

    assert [box.told for box in of_kind(drawing, Box)] == ["10/2026: 1.234", "12/2026: 0"]
    assert [one.text for one in of_kind(drawing, Words) if one.text == "–"] == ["–"]


def test_column_is_as_high_as_its_part_of_the_axis():
    drawing = draw(chart(series=[Series("Toàn phường", [1000, 500, 250])], unit=""))

    assert [box.height for box in of_kind(drawing, Box)] == [220, 110, 55]


def test_line_is_broken_where_a_value_is_missing():
    lines = chart(
        kind=Kind.LINE, categories=MONTHS[:6], series=[Series("x", [1, 2, None, 3, None, 0])]
    )

    drawing = draw(lines)

    assert [len(line.points) for line in of_kind(drawing, Line, "s1")] == [2]
    assert [mark.told for mark in of_kind(drawing, Mark)] == [
        "1/2026: 1", "2/2026: 2", "4/2026: 3", "6/2026: 0",
    ]  # fmt: skip


def test_stacked_columns_stand_on_each_other():
    parts = [Series("Đúng hạn", [60]), Series("Nộp muộn", [None]), Series("Chưa nộp", [40])]

    boxes = of_kind(draw(chart(kind=Kind.STACKED, categories=["11/2026"], series=parts)), Box)

    on_time, missing = boxes[-2:]
    assert (on_time.height, missing.height) == (132, 88)
    assert missing.y + missing.height == on_time.y


def test_long_names_of_150_units_are_all_written_in_rows():
    names = [LONG.format(number) for number in range(150)]

    drawing = draw(chart(categories=names, series=[Series("Số buổi", list(range(150)))]))

    text = " ".join(one.text for one in of_kind(drawing, Words))
    assert all(f" số {number} " in f"{text} " for number in range(150))
    assert len(of_kind(drawing, Box)) == 150


def test_squares_tell_what_is_missing_from_what_is_zero():
    squares = chart(
        kind=Kind.HEAT,
        categories=["Chi bộ 1", "Chi bộ 2"],
        series=[Series("10/2026", [0, None]), Series("11/2026", [5, 20])],
    )

    drawing = draw(squares)

    assert [box.tone for box in of_kind(drawing, Box)] == ["h0", "h2", "gap", "h4"]


def test_share_is_measured_against_a_hundred():
    drawing = draw(chart(series=[Series("Đúng hạn", [50, None, 12.34])], is_share=True, unit=""))

    words = [one.text for one in of_kind(drawing, Words)]
    assert words[:6] == ["Đơn vị tính: %", "0%", "25%", "50%", "75%", "100%"]
    assert [box.told for box in of_kind(drawing, Box)] == ["10/2026: 50,0%", "12/2026: 12,3%"]


def test_nothing_at_all_is_said():
    drawing = draw(chart(series=[Series("Toàn phường", [None, None, None])]))

    assert [one.text for one in drawing.shapes] == ["Chưa có số để vẽ."]


def test_description_tells_the_ends_and_the_gaps():
    assert chart().description == (
        "Biểu đồ cột: Số buổi tuyên truyền. Lớn nhất 1.234 buổi (10/2026); "
        "nhỏ nhất 0 buổi (12/2026). 1 chỗ chưa có số."
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"categories": [], "series": [Series("x", [])]},
        {"categories": ["x"] * 151, "series": [Series("x", [1] * 151)]},
        {"series": []},
        {"series": [Series("x", [1, 2, 3])] * 7},
        {"series": [Series("x", [1, 2])]},
        {"series": [Series("x", [1, -2, 3])]},
        {"series": [Series("x", [1, float("nan"), 3])]},
    ],
)
def test_what_cannot_be_drawn_honestly_is_refused(changes):
    with pytest.raises(ValueError):
        chart(**changes)


VALUES = st.one_of(st.none(), st.integers(0, 10_000_000), st.floats(0, 1e7))


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(Kind),
    categories=st.lists(
        st.sampled_from([LONG.format(2), "Chi bộ 12", "10/2026", "Nghiêngggggggggggggggggggggg"]),
        min_size=1,
        max_size=150,
    ),
    series_count=st.integers(1, 6),
    is_time=st.booleans(),
    data=st.data(),
)
def test_everything_stays_inside(kind, categories, series_count, is_time, data):
    size = len(categories)
    series = [
        Series(f"Loại {n}", data.draw(st.lists(VALUES, min_size=size, max_size=size)))
        for n in range(series_count)
    ]

    drawing = draw(chart(kind=kind, categories=categories, series=series, is_time=is_time))

    for box in of_kind(drawing, Box):
        assert -0.2 <= box.x <= box.x + box.width <= WIDTH + 2
        assert -0.2 <= box.y <= box.y + box.height <= drawing.height + 0.2
        assert box.width > 0
    for words in of_kind(drawing, Words):
        assert 0 < words.y <= drawing.height


def test_page_has_plain_shapes_without_style_and_a_table_beside():
    html = render_to_string("_chart.html", {"drawing": draw(chart(), key="so-buoi")})

    svg = ElementTree.fromstring(re.search(r"<svg.*</svg>", html, re.S)[0])
    assert svg.get("aria-labelledby") == "so-buoi-goi so-buoi-ta"
    assert [child.text for child in svg[:2]] == ["Số buổi tuyên truyền", chart().description]
    assert "style=" not in html
    assert re.findall(r'<th scope="row">([^<]*)</th><td class="table__number">([^<]*)', html) == [
        ("10/2026", "1.234"), ("11/2026", "–"), ("12/2026", "0"),
    ]  # fmt: skip


def test_names_are_escaped():
    html = render_to_string("_chart.html", {"drawing": draw(chart(title="<b>&"))})

    assert "<b>" not in html
    assert "&lt;b&gt;&amp;" in html


def test_picture_is_sixteen_centimetres_at_300_dots():
    picture = Image.open(io.BytesIO(png(chart(), caption="Biểu đồ 1. " + LONG.format(12) * 4)))

    plain = Image.open(io.BytesIO(png(chart())))
    assert picture.width == plain.width == 1890
    assert picture.height > plain.height
    assert [round(dots) for dots in picture.info["dpi"]] == [300, 300]


def test_picture_shows_the_column_in_its_colour():
    picture = Image.open(io.BytesIO(png(chart()))).convert("RGB")

    colours = {colour for count, colour in picture.getcolors(100_000) if count > 5000}
    assert (31, 62, 110) in colours


def test_tall_chart_is_cut_into_pictures_of_a_page_on_one_scale():
    names = [LONG.format(number) for number in range(150)]
    tall = chart(categories=names, series=[Series("Số buổi", [*range(149), 900])])

    made = [Image.open(io.BytesIO(one)) for one in pictures(tall)]

    assert len(made) > 1
    assert all(one.height / 300 * 2.54 <= 20.5 for one in made)
    first = replace(tall, categories=names[:1], series=[Series("Số buổi", [90])], top=900)
    bar = of_kind(draw(first), Box)[0]
    whole = of_kind(draw(replace(first, series=[Series("Số buổi", [900])])), Box)[0]
    assert bar.height * 10 == whole.height


def test_each_part_of_a_tall_chart_has_its_caption():
    tall = chart(
        categories=[LONG.format(number) for number in range(150)],
        series=[Series("Số buổi", [*range(150)])],
    )

    bare, told = pictures(tall), pictures(tall, caption="Biểu đồ. Số buổi")

    heights = [[Image.open(io.BytesIO(part)).height for part in parts] for parts in (bare, told)]
    assert len(bare) == len(told) > 1
    assert all(below > alone for alone, below in zip(*heights, strict=True))


def test_word_document_holds_the_picture_with_its_description():
    document = OfficialDocument(PARTY_HD05)
    document.picture(png(chart()), width=WIDTH_MM, description=chart().description)
    document.centred("Biểu đồ 1. Số buổi tuyên truyền")

    saved = docx.Document(io.BytesIO(document.save()))

    shape = saved.inline_shapes[0]
    assert round(shape.width.mm) == 160
    assert shape._inline.docPr.get("descr") == chart().description
    assert saved.paragraphs[-1].text == "Biểu đồ 1. Số buổi tuyên truyền"
