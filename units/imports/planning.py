"""The dry run: what a table would add, change and leave, row by row, with every doubt told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from core.imports import Header, Plan, Row
from core.text import (
    DateFormatError,
    PhoneFormatError,
    first_of_month,
    fold,
    format_date,
    format_phone,
    parse_date,
)
from units.imports.columns import Meaning
from units.imports.kinds import kind_of, kind_word
from units.imports.people import Person, people_in
from units.imports.records import Record, records
from units.imports.standing import Standing
from units.models import Unit

MOST_PEOPLE = 3  # of one unit: more is a list of its members


def plan(
    ward: Unit,
    header: Header,
    columns: Mapping[str, int],
    *,
    actor: Any,
    today: dt.date,
    choices: Mapping[str, str] | None = None,
) -> Plan:
    """What ``header`` with ``columns`` would write in ``ward``; seven queries, nothing written.

    ``choices`` has under "nguoi-<row>" which of two people in a cell is meant.
    """
    standing = Standing(ward, actor, today)
    rows = [
        _Planned(
            record, columns, standing, today, (choices or {}).get(f"nguoi-{record.number}", "")
        ).row()
        for record in records(header, columns)
    ]
    return Plan.of(rows, ward.pk)


class _Planned:
    """One record held against what stands."""

    def __init__(
        self,
        record: Record,
        columns: Mapping[str, int],
        standing: Standing,
        today: dt.date,
        choice: str,
    ) -> None:
        self.record, self.columns, self.standing = record, columns, standing
        self.today, self.choice = today, choice
        self.result = Row(record.number, record.unit)

    def row(self) -> Row:
        result = self.result
        if self._cells_are_readable():
            unit = self._unit()
            if not result.errors:
                self._people(unit)
        result.settle(is_new=any(entry["op"] == "unit" for entry in result.entries))
        return result

    def _text(self, meaning: Meaning) -> str:
        return " ".join(self.record.line.text(self.columns.get(meaning)).split())

    def _where(self, meaning: Meaning) -> str:
        return self.record.line.cell(self.columns.get(meaning)).name

    def _cells_are_readable(self) -> bool:
        for meaning in self.columns:
            cell = self.record.line.cell(self.columns[meaning])
            if cell.error:
                self.result.errors.append(f"Ô {cell.name}: {cell.error}.")
        return not self.result.errors

    # -- The unit --------------------------------------------------------------

    def _unit(self) -> Unit | None:
        """The unit that stands, with its changes planned; None for one that is to be opened."""
        record, standing = self.record, self.standing
        name = " ".join(record.unit.split())
        if len(name) > 200:
            self.result.errors.append(f"Ô {self._where(Meaning.UNIT)}: tên dài quá 200 ký tự.")
            return None
        if first := standing.told_before(name, record.number):
            self.result.errors.append(f"Trùng đơn vị với dòng {first}, dòng này không nhập.")
            return None
        unit = standing.unit_of(name)
        if unit is not None:
            self._change(unit)
            return unit
        code = self._text(Meaning.CODE)
        if bearer := standing.bearer_of(code):
            self.result.errors.append(
                f"Ô {self._where(Meaning.CODE)}: mã “{code}” đang là của {bearer.name}. Nếu đơn vị "
                "đó đổi tên thì ghi ở bước Đổi tên đơn vị."
            )
            return None
        if near := standing.near(name):
            self.result.errors.append(
                f"Ô {self._where(Meaning.UNIT)}: gần giống “{near.name}” đang có. Nếu là một, đồng "
                "chí ghi đúng tên đó; nếu không, mở ở trang Mở đơn vị."
            )
            return None
        self._open(name)
        return None

    def _change(self, unit: Unit) -> None:
        for meaning, attribute, limit in (
            (Meaning.CODE, "code", 20),
            (Meaning.SHORT, "short_name", 60),
        ):
            text, now = self._text(meaning), getattr(unit, attribute)
            if not text or text == now:
                continue
            label = "mã" if attribute == "code" else "tên gọn"
            if len(text) > limit:
                self.result.errors.append(
                    f"Ô {self._where(meaning)}: {label} dài quá {limit} ký tự."
                )
                continue
            if attribute == "code" and self.standing.has_code(text, unit):
                self.result.errors.append(
                    f"Ô {self._where(meaning)}: mã “{text}” đã có ở đơn vị khác."
                )
                continue
            before = f"“{now}”" if now else "chưa có"
            self.result.sentences.append(f"{label.capitalize()}: {before} thành “{text}”.")
            self.result.entries.append(
                {"op": "set", "pk": unit.pk, "field": attribute, "before": now, "after": text}
            )

    def _open(self, name: str) -> None:
        opened_on = self._opened_on()
        kind = kind_of(name, self._text(Meaning.KIND))
        code, short = self._text(Meaning.CODE)[:20], self._text(Meaning.SHORT)[:60]
        if code and self.standing.has_code(code, None):
            self.result.errors.append(
                f"Ô {self._where(Meaning.CODE)}: mã “{code}” đã có ở đơn vị khác."
            )
        if self.result.errors:
            return
        owes = kind in Unit.CELL_KINDS
        duty = first_of_month(max(opened_on, self.today.replace(day=1))) if owes else None
        sentence = f"Mở {name} ({kind_word(kind)}) từ {format_date(opened_on)}"
        if duty:
            sentence += f", báo cáo từ tháng {duty.month}/{duty.year}"
        self.result.sentences.append(f"{sentence}.")
        self.result.entries.append(
            {
                "op": "unit",
                "name": name,
                "kind": kind,
                "code": code,
                "short_name": short,
                "opened_on": opened_on.isoformat(),
                "duty": duty.isoformat() if duty else None,
            }
        )

    def _opened_on(self) -> dt.date:
        text = self._text(Meaning.OPENED)
        if not text:
            return self.today
        try:
            day = parse_date(text)
        except DateFormatError as error:
            self.result.errors.append(f"Ô {self._where(Meaning.OPENED)}: {error}")
            return self.today
        if day > self.today:
            self.result.errors.append(
                f"Ô {self._where(Meaning.OPENED)}: ngày {format_date(day)} chưa đến, đơn vị mở sau "
                "thì ghi ở trang Mở đơn vị."
            )
        return day

    # -- The people ------------------------------------------------------------

    def _people(self, unit: Unit | None) -> None:
        known = self.standing.secretaries(unit)
        try:
            people = people_in(self.record.people_text, self.record.phone_text, known)
        except PhoneFormatError as error:
            self.result.errors.append(f"Ô {self._where(Meaning.PHONE)}: {error} Người không nhập.")
            return
        if len(people) > MOST_PEOPLE:
            self.result.errors.append(
                f"Có {len(people)} người trong một đơn vị, giống danh sách đảng viên; cổng chỉ giữ "
                "bí thư. Người không nhập."
            )
            return
        strangers = [person for person in people if fold(person.name) not in known]
        if len(people) > 1 and strangers:
            people = self._who_is_meant(people)
        for person in people:
            self._person(unit, person, known)

    def _who_is_meant(self, people: list[Person]) -> list[Person]:
        """Two names in one cell: bí thư and phó, or two who report; somebody must say."""
        options = {str(number): [person] for number, person in enumerate(people, 1)}
        options["tat-ca"] = people
        self.result.choices = [
            (value, " và ".join(person.name for person in meant))
            for value, meant in options.items()
        ]
        if self.choice in options:
            self.result.chosen = self.choice
            return options[self.choice]
        self.result.errors.append(
            f"Ô {self._where(Meaning.PERSON)} có {len(people)} người, đồng chí chọn ai là người báo cáo."
        )
        return []

    def _person(self, unit: Unit | None, person: Person, known: Mapping[str, Any]) -> None:
        user = known.get(fold(person.name))
        if user is not None:
            self._phone(user, person)
        elif known:
            names = ", ".join(str(one) for one in known.values())
            self.result.errors.append(
                f"Đang ghi bí thư là {names}; đổi sang {person.name} thì dùng bước Bàn giao bí thư."
            )
        elif refusal := self.standing.refusal(person):
            self.result.errors.append(f"Ô {self._where(Meaning.PHONE)}: {refusal}")
        else:
            account = self.standing.account(person)
            number = f", {format_phone(person.phone)}" if person.phone else ""
            self.result.sentences.append(f"Bí thư: {person.name}{number}.")
            self.result.entries.append(
                {
                    "op": "person",
                    "unit": unit.pk if unit else None,
                    "name": person.name,
                    "phone": person.phone,
                    "user": account.pk if account else None,
                }
            )

    def _phone(self, user: Any, person: Person) -> None:
        if not person.phone or person.phone == user.phone:
            return
        if refusal := self.standing.refusal(person, user):
            self.result.errors.append(f"Ô {self._where(Meaning.PHONE)}: {refusal}")
            return
        before = format_phone(user.phone) if user.phone else "chưa có"
        self.result.sentences.append(
            f"Số điện thoại của {user}: {before} thành {format_phone(person.phone)}."
        )
        self.result.entries.append(
            {"op": "phone", "pk": user.pk, "before": user.phone, "after": person.phone}
        )
