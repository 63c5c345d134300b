"""No test asserts how fast something is: a busy machine is slow, and benchmarks measure (CONTRIBUTING.md)."""

from __future__ import annotations

import ast

import hypothesis

from tests.support.source import code, name_of, tree

#: Clocks that serve to say how fast something was. A test that waits for something looks at time.monotonic().
STOPWATCHES = {"perf_counter", "perf_counter_ns", "process_time", "process_time_ns", "thread_time"}


def read_in(path):
    return {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)} & STOPWATCHES


def test_no_test_holds_a_stopwatch():
    assert {name_of(path): read_in(path) for path in code("tests") if read_in(path)} == {}


def test_no_drawn_example_has_to_be_quick():
    assert hypothesis.settings().deadline is None
