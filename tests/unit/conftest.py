# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the collection importable for plain pytest. ansible-test units has made it so before it comes here."""

from __future__ import annotations

import importlib.util
import pathlib
import sys


def _is_importable() -> bool:
    try:
        return importlib.util.find_spec("ansible_collections.upshift.windows") is not None
    except ModuleNotFoundError:
        return False


if not _is_importable():
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
    from collection_tree import make_collection_tree

    sys.path.insert(0, str(make_collection_tree()))
