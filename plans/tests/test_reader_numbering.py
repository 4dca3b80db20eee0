"""The numbers that Word shows and does not write into the text."""

from plans.reader.extract import paragraphs
from plans.tests.packages import level, package, paragraph

LEVELS = level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "lowerLetter", "%3)")
LISTS = (
    f'<w:abstractNum w:abstractNumId="1">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="1">'
    '<w:startOverride w:val="4"/></w:lvlOverride></w:num>'
)


def texts(body, *, numbering=LISTS, styles=""):
    data = package(body, numbering=numbering, styles=styles)
    return [p.text for p in paragraphs(data, "x.docx")]


def test_levels_count_and_start_again_below_a_higher_one():
    body = "".join(
        paragraph(text, number=5, level=depth)
        for text, depth in [("A", 0), ("b", 1), ("c", 1), ("d", 2), ("E", 0), ("f", 1)]
    )

    assert texts(body) == ["I. A", "1. b", "2. c", "a) d", "II. E", "1. f"]


def test_an_override_starts_where_it_says():
    body = paragraph("a", number=5, level=1) + paragraph("b", number=6, level=1)

    assert texts(body) == ["1. a", "4. b"]


def test_a_level_that_never_restarts_goes_on():
    levels = level(0, "upperRoman", "%1.") + level(
        1, "decimal", "%2.", extra='<w:lvlRestart w:val="0"/>'
    )
    lists = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = "".join(paragraph("x", number=5, level=depth) for depth in (0, 1, 0, 1))

    assert texts(body, numbering=lists) == ["I. x", "1. x", "II. x", "2. x"]


def test_numbering_comes_from_a_style_and_from_what_it_is_based_on():
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="5"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="MucCon">'
        '<w:basedOn w:val="Muc"/></w:style>'
    )
    body = paragraph("a", style="Muc") + paragraph("b", style="MucCon")

    assert texts(body, styles=styles) == ["I. a", "II. b"]


def test_bullets_read_as_dashes_and_cells_go_on_counting():
    lists = LISTS + (
        f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "&#xF0B7;")}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="2"/></w:num>'
    )
    cell = f"<w:tc>{paragraph('b', number=5)}</w:tc>"
    body = paragraph("a", number=5) + f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"
    body += paragraph("c", number=7)

    assert texts(body, numbering=lists) == ["I. a", "II. b", "- c"]


def test_a_compound_number_shows_its_parents():
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2.")
    lists = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    )
    body = "".join(paragraph("x", number=5, level=depth) for depth in (0, 0, 1))

    assert texts(body, numbering=lists) == ["1. x", "2. x", "2.1. x"]
