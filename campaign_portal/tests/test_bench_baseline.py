"""A ratio that got a fifth worse is told; times, which differ between machines, never."""

import pytest

from bench import baseline
from bench.figures import Row


@pytest.fixture(autouse=True)
def _own_file(monkeypatch, tmp_path):
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")


def rows(*, cost, rate, time=10):
    return [
        Row("page", cost, "ms", floor=10),
        Row("hand-in", rate, "×", at_least=1.5),
        Row("a time", time, "ms", 300),
    ]


def test_only_ratios_that_got_a_fifth_worse_are_told():
    baseline.keep(rows(cost=20, rate=1.6))

    assert list(baseline.worse(rows(cost=23, rate=1.4, time=900))) == []
    assert list(baseline.worse(rows(cost=25, rate=1.3))) == [
        "page: 2.50, was 2.00",
        "hand-in: 1.30, was 1.60",
    ]
    assert list(baseline.worse(rows(cost=1, rate=9))) == []


def test_parts_are_kept_beside_each_other():
    baseline.keep([Row("one", 2, "×")])
    baseline.keep([Row("two", 3, "×")])

    assert list(baseline.worse([Row("one", 3, "×"), Row("new", 9, "×")])) == ["one: 3.00, was 2.00"]
