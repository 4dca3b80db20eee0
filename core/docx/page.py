"""The page: margins, the number at the top, the watermark of a draft, the settings."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm

from core.docx.profiles import Look, Profile
from core.docx.xml import add_run, element, paragraph, run_properties, under

DRAFT = "DỰ THẢO"
VML = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"'
)
WATERMARK = """<w:r {namespaces} {vml}><w:rPr><w:noProof/></w:rPr><w:pict>
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>
<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>
<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>
<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/>
</v:formulas><v:path textpathok="t" o:connecttype="custom"
 o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>
<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>
<v:shape id="DuThao{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" alt="{text}"
 style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:100pt;rotation:315;\
z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;\
mso-position-vertical:center;mso-position-vertical-relative:margin"
 o:allowincell="f" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>
<v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt;font-weight:bold"
 string="{text}"/><w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"""


def set_up(document: Document, profile: Profile, *, is_draft: bool) -> None:
    """The first section, the default fonts, and what holds for the whole file."""
    _set_defaults(document, profile)
    lay_out(document.sections[0], profile)
    document.sections[0].different_first_page_header_footer = True
    _head_of_pages(document.sections[0], profile, is_draft=is_draft)
    settings = document.settings.element
    zoom = settings.find(qn("w:zoom"))
    if zoom is not None:
        zoom.set(qn("w:percent"), "100")
    if profile.page.is_mirrored:
        settings.insert(1, element("mirrorMargins"))
    _be_modern(settings)


def lay_out(section: Section, profile: Profile, *, is_landscape: bool = False) -> None:
    """Size and margins of A4. Turned, the binding edge (left) becomes the top."""
    page = profile.page
    width, height = page.width, page.height
    margins = (page.top, page.right, page.bottom, page.left)
    section.orientation = WD_ORIENT.PORTRAIT
    if is_landscape:
        width, height = height, width
        margins = (page.left, page.top, page.right, page.bottom)
        section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.top_margin, section.right_margin = Mm(margins[0]), Mm(margins[1])
    section.bottom_margin, section.left_margin = Mm(margins[2]), Mm(margins[3])
    section.gutter = Mm(0)
    section.header_distance = Mm(page.number_from_top)
    section.footer_distance = Mm(page.number_from_top)


def text_width(profile: Profile, *, is_landscape: bool) -> float:
    """Millimetres between the side margins."""
    page = profile.page
    return page.height - page.top - page.bottom if is_landscape else page.text_width


def new_section(document: Document, profile: Profile, *, is_landscape: bool) -> None:
    """What follows starts a page of its own, with numbers going on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    lay_out(section, profile, is_landscape=is_landscape)


def foot_of_pages(
    document: Document, profile: Profile, text: str, *, png: bytes, width: float, description: str
) -> None:
    """What stands at the foot of the pages of the last section."""
    footer = document.sections[-1].footer
    footer.is_linked_to_previous = False
    holder = footer._element
    for old in list(holder):
        holder.remove(old)
    made = footer.add_paragraph()
    shape = made.add_run().add_picture(BytesIO(png), width=Mm(width))
    shape._inline.docPr.set("descr", description)
    add_run(made._p, f"  {text}", Look(10, align="left"), profile)


def _head_of_pages(section: Section, profile: Profile, *, is_draft: bool) -> None:
    """The page number, centred at the top, not on the first page; over both the watermark."""
    look = Look(profile.page.number_size)
    for number, header in enumerate((section.first_page_header, section.header)):
        header.is_linked_to_previous = False
        holder = header._element
        for old in list(holder):
            holder.remove(old)
        line = paragraph(look)
        holder.append(line)
        if number:
            _page_number(line, look, profile)
        if is_draft:
            line.append(_watermark(number, profile))


def _page_number(line: Any, look: Look, profile: Profile) -> None:
    for kind in ("begin", "", "separate", "2", "end"):
        if kind == "2":
            add_run(line, "2", look, profile)
            continue
        run = under(line, "r")
        run.append(run_properties(look, profile))
        if kind:
            under(run, "fldChar", fldCharType=kind)
        else:
            under(run, "instrText").text = "PAGE"


def _watermark(number: int, profile: Profile) -> Any:
    return parse_xml(
        WATERMARK.format(
            namespaces=nsdecls("w"), vml=VML, number=number + 1, spid=2049 + number, text=DRAFT,
            font=profile.fonts,
        )
    )  # fmt: skip


def _set_defaults(document: Document, profile: Profile) -> None:
    """The fonts and language of text that carries none of its own."""
    styles = document.styles.element
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is not None:
        styles.remove(defaults)
    defaults = element("docDefaults")
    run_defaults = under(defaults, "rPrDefault")
    run_defaults.append(run_properties(Look(profile.body.size), profile))
    paragraph_defaults = under(under(defaults, "pPrDefault"), "pPr")
    under(paragraph_defaults, "spacing", before=0, after=0, line=240, lineRule="auto")
    styles.insert(0, defaults)
    normal = document.styles["Normal"].element
    for name in ("w:rPr", "w:pPr"):
        found = normal.find(qn(name))
        if found is not None:
            normal.remove(found)


def _be_modern(settings: Any) -> None:
    """Open as a document of today's Word, not in the compatibility mode of 2007."""
    compat = settings.find(qn("w:compat"))
    if compat is None:
        compat = under(settings, "compat")
    for setting in compat.findall(qn("w:compatSetting")):
        compat.remove(setting)
    under(
        compat, "compatSetting", name="compatibilityMode", val="15",
        uri="http://schemas.microsoft.com/office/word",
    )  # fmt: skip
