"""The full text as a flat list of :class:`Node`, each with its parent: nothing is left out."""

from plans.reader.body import Place
from plans.reader.header import Head
from plans.reader.lines import Line
from plans.reader.normalise import is_rule
from plans.reader.reading import Node
from plans.reader.tail import Tail


class _Tree:
    def __init__(self) -> None:
        self.nodes: list[Node] = []

    def add(self, line: Line, role: str, *, text: str = "", parent: int | None = None,
            numeral: str = "", heading: str = "") -> int:  # fmt: skip
        position = len(self.nodes)
        self.nodes.append(
            Node(position, parent, numeral, heading, text, role, line.first, line.last)
        )
        return position

    def lines(self, lines: list[Line], role: str) -> None:
        for line in lines:
            if not is_rule(line.text):
                self.add(line, role, text=line.text)

    def place(self, place: Place, parent: int | None) -> None:
        """A section or item and everything below it."""
        is_title = place.is_section or (bool(place.children) and place.is_open)
        position = self.add(
            place.line,
            place.role,
            parent=parent,
            numeral=place.numeral,
            heading=place.text if is_title else "",
            text="" if is_title else (place.line.text if place.row else place.text),
        )
        for child in place.children:
            self.place(child, position)


def tree(lines: list[Line], head: Head, opening: list[Line], sections: list[Place],
         closing: list[Line], foot: list[Line], tail: Tail) -> tuple[Node, ...]:  # fmt: skip
    """Every line of the document in order, the numbered text with its depth."""
    result = _Tree()
    at = head.type_line or 0
    result.lines(lines[:at], "header")
    result.lines(lines[at : at + 1], "type")
    result.lines(lines[at + 1 : head.end], "subject")
    result.lines(opening, "basis")
    for section in sections:
        result.place(section, None)
    result.lines(closing, "closing")
    attached = tail.attached_from if tail.attached_from is not None else len(foot)
    recipients = {recipient.paragraph for recipient in tail.recipients}
    for line in foot[:attached]:
        result.lines([line], "recipient" if line.first in recipients else "signature")
    result.lines(foot[attached:], "attachment")
    return tuple(result.nodes)
