# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from ansible_collections.upshift.windows.plugins.modules.run_helper import ending, excerpt, parse_answer


@pytest.mark.parametrize("stdout", [b"", b"[]", b"{}", b'{"changed": 1, "failed": false}', b'{"changed": true}',
                                    b'{"changed": true, "failed": false}\n{}', b'{"changed": true, "failed": false, "msg": "\xc3\xa4"}'])
def test_what_is_no_answer_is_not_taken_for_one(stdout):
    assert parse_answer(stdout) is None


def test_an_answer_is_one_object_in_ascii():
    assert parse_answer(b'{"changed": true, "failed": false, "msg": "\\u00e4"}\n') == {"changed": True, "failed": False, "msg": "ä"}


@pytest.mark.parametrize(("exit_code", "text"), [
    (3, "ended with exit code 3"), (-15, "was ended by signal 15 (SIGTERM)"), (-99, "was ended by signal 99")])
def test_the_end_of_the_helper_is_told_as_people_know_it(exit_code, text):
    assert ending(exit_code) == text


def test_an_excerpt_hides_a_secret_before_it_cuts_through_it():
    secret = 's3"krät'
    for written in (secret, 's3\\"krät', 's3\\"kr\\u00e4t'):
        shown = excerpt("x" * 100 + written + "y" * 395, [secret])
        assert "kr" not in shown and "s3" not in shown
        assert shown.startswith('"...') and len(shown) == 405


def test_an_excerpt_of_nothing_says_so():
    assert excerpt(" \r\n", []) == "nothing"
