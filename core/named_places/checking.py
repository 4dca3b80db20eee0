"""The syntax tree of a template: only names, loops over our lists, conditions on names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from jinja2 import TemplateError, nodes

from core.named_places.places import Places
from core.named_places.sandbox import environment_of_templates
from core.text import fold

HARMLESS = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.For, nodes.If,
            nodes.Not, nodes.And, nodes.Or)  # fmt: skip
REACHING = (nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Filter, nodes.Test)


def problems_of(sources: list[str], places: Places) -> list[str]:
    """A sentence for each thing that does not fit in ``sources``, the parts of one file."""
    environment = environment_of_templates()
    found: list[str] = []
    used: set[str] = set()
    for source in sources:
        try:
            tree = environment.parse(source)
        except TemplateError as error:
            found.append(_syntax_sentence(source, error))
            continue
        found += _in_tree(tree, places)
        used |= {node.name for node in tree.find_all(nodes.Name)}
    if not found:
        found = [
            f"Mẫu chưa có chỗ cho {places.meanings[name]}: hãy thêm {name}."
            for name in places.needed
            if name not in used
        ]
    return list(dict.fromkeys(found))


def _in_tree(tree: nodes.Template, places: Places) -> Iterator[str]:
    """The sentences about one part of the template."""
    loops = list(tree.find_all(nodes.For))
    targets = {loop.target.name for loop in loops if isinstance(loop.target, nodes.Name)}
    for loop in loops:
        yield from _in_loop(loop, places)
    looped = {id(loop.iter) for loop in loops}
    for node in _all(tree):
        if isinstance(node, REACHING):
            yield (
                f"Mẫu ghi “{_written(node)}”: chỉ được ghi tên chỗ trống, không dùng dấu chấm,"
                " ngoặc vuông, gạch đứng hay lời gọi hàm."
            )
        elif not isinstance(node, HARMLESS):
            yield "Mẫu có câu lệnh không được dùng; chỉ dùng tên chỗ trống, for và if."
        elif isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in targets:
            if node.name not in places.meanings:
                yield _unknown(node.name, places)
            elif node.name in places.lists and id(node) not in looped and _is_shown(tree, node):
                yield (
                    f"“{node.name}” gồm nhiều đoạn; hãy đặt trong {{%p for doan in {node.name} %}}"
                    " … {%p endfor %}."
                )


def _in_loop(loop: nodes.For, places: Places) -> Iterator[str]:
    if not isinstance(loop.target, nodes.Name) or loop.target.name in places.meanings:
        yield "Trong câu for, hãy đặt tên “doan” cho từng đoạn."
    if isinstance(loop.iter, nodes.Name) and loop.iter.name in places.texts:
        yield f"“{loop.iter.name}” chỉ là một dòng, không dùng trong câu for."
    if isinstance(loop.iter, nodes.Name) and loop.iter.name in places.tables:
        yield f"“{loop.iter.name}” là biểu, không dùng trong câu for."
    if any(True for _ in loop.find_all(nodes.For)):
        yield "Mẫu có câu for lồng trong câu for; hãy đặt hai câu for nối tiếp nhau."


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    if not isinstance(node, REACHING):  # one sentence for the whole chain
        for child in node.iter_child_nodes():
            yield from _all(child)


def _is_shown(tree: nodes.Template, wanted: nodes.Name) -> bool:
    outputs = tree.find_all(nodes.Output)
    return any(node is wanted for output in outputs for node in output.nodes)


def _written(node: nodes.Node) -> str:
    """About what stands in the file, for a person to find it."""
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{_written(node.node)}[…]"
    if isinstance(node, nodes.Call):
        return f"{_written(node.node)}(…)"
    if isinstance(node, (nodes.Filter, nodes.Test)):
        return f"{_written(node.node) if node.node else ''} | {node.name}"
    return node.name if isinstance(node, nodes.Name) else "…"


def _unknown(name: str, places: Places) -> str:
    near = difflib.get_close_matches(fold(name), [*places.meanings], 1, 0.7)
    hint = (
        f" Có phải là “{near[0]}” không?" if near else " Mời đồng chí xem danh sách tên bên dưới."
    )
    return f"Không có chỗ trống nào tên là “{name}”.{hint}"


def _syntax_sentence(source: str, error: TemplateError) -> str:
    line = (getattr(error, "lineno", None) or 1) - 1
    lines = source.splitlines()
    text = re.sub(r"<[^>]+>", " ", lines[line]) if 0 <= line < len(lines) else ""
    place = re.search(r"\{[{%].{0,60}", " ".join(text.split()))
    where = f" ở chỗ “{place.group()}”" if place else ""
    return f"Mẫu viết sai dấu ngoặc hoặc thiếu phần đóng{where}; hãy xem lại các dấu {{{{ }}}} và {{% %}}."
