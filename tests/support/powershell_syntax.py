# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads PowerShell without running it: where its syntax is broken, and what the literals in it stand for."""

from __future__ import annotations

import pathlib
import typing

import tree_sitter
import tree_sitter_powershell
from collection_tree import ROOT

MODULES = sorted((ROOT / "plugins" / "modules").glob("*.ps1"))
UTILITIES = sorted((ROOT / "plugins" / "module_utils").glob("*.psm1"))
PARSER = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
CONSTANTS = {"$true": True, "$false": False, "$null": None}


def parse(source: bytes) -> tree_sitter.Node:
    return PARSER.parse(source).root_node


def nodes(node: tree_sitter.Node, *types: str) -> typing.Iterator[tree_sitter.Node]:
    """The node and all below it, in the order of the text; where types are given, those of these types."""
    if not types or node.type in types:
        yield node
    for child in node.children:
        yield from nodes(child, *types)


def broken_lines(source: bytes) -> list[int]:
    """The lines at which the text is no PowerShell."""
    return [node.start_point[0] + 1 for node in nodes(parse(source)) if node.is_error or node.is_missing]


class Literals:
    """Values of hash tables, lists, texts, numbers and constants, sums of hash tables, and functions that only return one."""

    def __init__(self, utilities: list[pathlib.Path]) -> None:
        self._functions = {}
        for file in utilities:
            for function in nodes(parse(file.read_bytes()), "function_statement"):
                self._functions[_text(next(nodes(function, "function_name")))] = function

    def assigned(self, file: pathlib.Path, variable: str) -> typing.Any:
        """What the one assignment to that variable stands for."""
        found = [node for node in nodes(parse(file.read_bytes()), "assignment_expression")
                 if _text(_parts(node)[0]) == variable]
        assert len(found) == 1, f"{file.name}: {len(found)} assignments to {variable}"
        return self.value(_parts(found[0])[-1])

    def value(self, node: tree_sitter.Node) -> typing.Any:
        parts = _parts(node)
        if node.type == "hash_literal_expression":
            entries = [_parts(entry) for body in parts for entry in _parts(body)]
            return {_text(key).strip("'\""): self.value(value) for key, value in entries}
        if node.type == "string_literal":
            assert _text(node).startswith("'"), f"a text with variables in it: {_text(node)}"
            return _text(node)[1:-1].replace("''", "'")
        if node.type == "variable":
            return CONSTANTS[_text(node).lower()]
        if node.type in ("decimal_integer_literal", "hexadecimal_integer_literal"):
            return int(_text(node), 0)
        if node.type == "command":
            function = self._functions[_text(parts[0])]
            return self.value(_parts(next(nodes(function, "statement_list")))[-1])
        if node.type == "array_literal_expression" and len(parts) > 1:
            return [self.value(part) for part in parts]
        if node.type == "additive_expression" and len(parts) > 1:
            left, right = map(self.value, parts)
            assert not set(left) & set(right), f"twice: {set(left) & set(right)}"
            return left | right
        assert len(parts) == 1, f"not a literal: {node.type}: {_text(node)[:60]}"
        return self.value(parts[0])


def _parts(node: tree_sitter.Node) -> list[tree_sitter.Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _text(node: tree_sitter.Node) -> str:
    return node.text.decode()
