"""A newer reading of a plan beside what is stored: what changed, field by field, row by row.

What a person mended on the review page is no change: where the newer file says the same as the
older one did, the stored row stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from core.text import format_date, marked
from plans import due
from plans.likeness import pairs
from plans.models import Plan
from plans.naming import day_or_none, is_person
from plans.pieces import KINDS

LABELS = {
    "code": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "superior": "Cơ quan cấp trên",
    "issue_place": "Địa danh",
    "subject": "Trích yếu",
    "year": "Kế hoạch của năm",
    "closing": "Đoạn kết",
}
NOUNS = {
    "legalbasis": "Căn cứ",
    "contentitem": "Nội dung",
    "target": "Chỉ tiêu",
    "task": "Nhiệm vụ",
    "recipient": "Nơi nhận",
}


@dataclass(frozen=True)
class Incoming:
    """A row as a reading has it: ``shown`` is what people compare, ``values`` what is written."""

    kind: str
    shown: str
    values: dict[str, Any]
    paragraph: int | None


@dataclass(frozen=True)
class Change:
    """One difference that a person may take; ``what`` is changed, added or removed."""

    key: str
    kind: str
    what: str
    label: str
    old: str
    new: str
    row: Any = None
    values: dict[str, Any] = field(default_factory=dict)
    paragraph: int | None = None

    @property
    def words(self) -> list[tuple[str, str]]:
        """(same | old | new, words): the old text turning into the new one."""
        return marked(self.old, self.new)


@dataclass
class Comparison:
    """``changes``, and where the rows that stay stand in the newer text (row -> paragraph)."""

    changes: list[Change] = field(default_factory=list)
    places: list[tuple[Any, int | None]] = field(default_factory=list)

    def of(self, kind: str) -> list[Change]:
        return [change for change in self.changes if change.kind == kind]


def compare(plan: Plan, reading: dict[str, Any]) -> Comparison:
    """What ``reading`` (as ``Reading.as_dict``) says otherwise than the rows of ``plan``."""
    result = Comparison()
    result.changes += _head(plan, reading)
    base, new = incoming(plan.reading), incoming(reading)
    for kind in KINDS:
        _rows(result, kind, _stored(plan, kind), base[kind], new[kind])
    return result


def head_values(reading: dict[str, Any]) -> dict[str, Any]:
    """The plan's own fields as ``reading`` has them."""
    return {
        "code": (reading.get("code") or "")[:80],
        "issued_on": day_or_none(reading.get("issued_on")),
        "issuer": " / ".join(reading.get("issuers") or [])[:300],
        "superior": (reading.get("superior") or "")[:300],
        "issue_place": (reading.get("issue_place") or "")[:120],
        "subject": reading.get("subject") or "",
        "year": reading.get("year"),
        "closing": reading.get("closing") or "",
    }


def _head(plan: Plan, reading: dict[str, Any]) -> list[Change]:
    before, after = head_values(plan.reading), head_values(reading)
    changes = []
    for name, label in LABELS.items():
        stored, value = getattr(plan, name), after[name]
        if value in ("", None, before[name], stored):
            continue
        texts = [_in_words(stored), _in_words(value)]
        changes.append(
            Change(f"plan-{name}", "plan", "changed", label, *texts, values={name: value})
        )
    return changes


def _in_words(value: Any) -> str:
    if value is None:
        return ""
    return format_date(value) if hasattr(value, "isoformat") else str(value)


def incoming(reading: dict[str, Any]) -> dict[str, list[Incoming]]:
    """The rows of a reading by kind."""
    result: dict[str, list[Incoming]] = {kind: [] for kind in KINDS}
    for basis in reading.get("legal_bases", []):
        values = {
            "document_type": basis["document_type"][:60],
            "code": (basis["code"] or "")[:80],
            "issued_on": day_or_none(basis["issued_on"]),
            "issuer": (basis["issuer"] or "")[:300],
            "subject": basis["subject"] or "",
        }
        _put(result, "legalbasis", basis_in_words(values), values, basis["paragraph"])
    for section in reading.get("sections", []):
        kind = {"content": "contentitem", "target": "target"}.get(section["role"])
        if kind:
            for text, paragraph in zip(section["items"], section["item_paragraphs"], strict=True):
                _put(result, kind, text, {"text": text}, paragraph)
    for assignment in reading.get("assignments", []):
        for task in assignment["tasks"]:
            values = {
                "text": task["text"],
                "due": list(task["due"]),
                "deliverable": (task["deliverable"] or "")[:300],
                "person": assignment["unit"][:200] if is_person(assignment["unit"]) else "",
                "lead": assignment["unit"][:300],
                "cooperating": [name[:300] for name in assignment["cooperating"]],
            }
            _put(result, "task", task_in_words(values), values, task["paragraph"])
    for text in reading.get("recipients", []):
        _put(result, "recipient", text[:300], {"text": text[:300]}, None)
    return result


def _put(result: dict[str, list[Incoming]], kind: str, *rest: Any) -> None:
    result[kind].append(Incoming(kind, *rest))


def basis_in_words(values: dict[str, Any]) -> str:
    day = values["issued_on"]
    parts = [
        f"{values['document_type']} {values['code']}".strip(),
        f"ngày {format_date(day)}" if day else "",
        f"của {values['issuer']}" if values["issuer"] else "",
    ]
    cited = " ".join(part for part in parts if part)
    return f"{cited}: {values['subject']}" if values["subject"] else cited


def task_in_words(values: dict[str, Any]) -> str:
    lines = [f"{values['lead']}: {values['text']}" if values["lead"] else values["text"]]
    for label, text in (
        ("Thời hạn", due.list_in_words(values["due"])),
        ("Sản phẩm", values["deliverable"]),
        ("Phối hợp", "; ".join(values["cooperating"])),
    ):
        if text:
            lines.append(f"{label}: {text}.")
    if len(lines) > 1 and not lines[0].endswith((".", ";", "!", "?", "”")):
        lines[0] += "."
    return " ".join(lines)


def _stored(plan: Plan, kind: str) -> list[tuple[Any, str]]:
    """The rows of ``plan`` that count, with the text that people compare."""
    rows = KINDS[kind].objects.filter(plan=plan).order_by("position")
    if kind == "contentitem":
        rows = rows.filter(left_out_from__isnull=True)
    if kind == "legalbasis":
        names = ("document_type", "code", "issued_on", "issuer", "subject")
        return [(row, basis_in_words({name: getattr(row, name) for name in names})) for row in rows]
    if kind != "task":
        return [(row, row.text) for row in rows]
    return [
        (
            row,
            task_in_words(
                {
                    "text": row.text,
                    "due": row.due,
                    "deliverable": row.deliverable,
                    "lead": row.lead.printed_name if row.lead else "",
                    "cooperating": [name.printed_name for name in row.cooperating.all()],
                }
            ),
        )
        for row in rows.select_related("lead").prefetch_related("cooperating")
    ]


def _rows(
    result: Comparison,
    kind: str,
    stored: list[tuple[Any, str]],
    base: list[Incoming],
    new: list[Incoming],
) -> None:
    """Compare the rows of one kind; three sides: stored now, the older file, the newer one."""
    texts = [text for _, text in stored]
    origin = dict(pairs(texts, [item.shown for item in base]))
    follow = pairs(texts, [item.shown for item in new])
    follow |= _through_base(origin, follow, base, new)
    for index, (row, text) in enumerate(stored):
        item = new[follow[index]] if index in follow else None
        was = base[origin[index]].shown if index in origin else None
        label = f"{NOUNS[kind]} {index + 1}"
        if item is not None:
            result.places.append((row, item.paragraph))
            if not row.is_left_out and item.shown not in (text, was):
                key = f"{kind}-{row.pk}"
                change = Change(key, kind, "changed", label, text, item.shown, row, item.values)
                result.changes.append(change)
        elif was is not None and not row.is_left_out:
            key = f"{kind}-{row.pk}"
            result.changes.append(Change(key, kind, "removed", label, text, "", row))
        else:
            result.places.append((row, None))
    known = {item.shown for item in base}
    for index, item in enumerate(new):
        if index not in follow.values() and item.shown not in known:
            key, label = f"{kind}-moi-{index}", f"{NOUNS[kind]} mới"
            change = Change(
                key, kind, "added", label, "", item.shown, None, item.values, item.paragraph
            )
            result.changes.append(change)


def _through_base(
    origin: dict[int, int], follow: dict[int, int], base: list[Incoming], new: list[Incoming]
) -> dict[int, int]:
    """Rows whose own text was rewritten are followed by the text that they came from."""
    free = [at for at in range(len(new)) if at not in follow.values()]
    lost = [at for at in origin if at not in follow]
    found = pairs([base[origin[at]].shown for at in lost], [new[at].shown for at in free])
    return {lost[one]: free[other] for one, other in found.items()}
