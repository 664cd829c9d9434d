# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import collections
import json

import pytest
from ansible_collections.upshift.windows.plugins.plugin_utils._arguments import CONCEALED, conceal, plain, spoiled_version


class Tagged(str):
    """As ansible-core 2.19 hands texts over."""


class FromVault(collections.abc.Sequence):
    """As ansible-core 2.16 hands over a text that was in a vault: a sequence, but no str."""

    vault = None

    def __init__(self, text):
        self._text = text

    def __getitem__(self, index):
        return self._text[index]

    def __len__(self):
        return len(self._text)

    def __str__(self):
        return self._text


def test_ansible_s_own_texts_and_containers_become_plain_json():
    given = collections.OrderedDict({Tagged("name"): (Tagged("a,b"), FromVault("secret")), "n": 3, "f": 1.5, "b": True, "none": None})
    assert json.loads(json.dumps(plain(given))) == {"name": ["a,b", "secret"], "n": 3, "f": 1.5, "b": True, "none": None}


def test_booleans_do_not_become_numbers():
    assert plain(True) is True


@pytest.mark.parametrize(("arguments", "shown", "secrets"), [
    ({"name": "a"}, {"name": "a"}, []),
    ({"password": "p1"}, {"password": CONCEALED}, ["p1"]),
    ({"password": None}, {"password": None}, []),
    ({"password": ""}, {"password": ""}, []),
    ({"password": 12345}, {"password": CONCEALED}, ["12345"]),
    ({"secret_properties": [{"name": "K", "value": "v1"}]}, {"secret_properties": [{"name": "K", "value": CONCEALED}]}, ["v1"]),
    ({"secret_properties": {"K": "v1"}}, {"secret_properties": {"K": CONCEALED}}, ["v1"]),
    ({"secret_properties": "K=v1"}, {"secret_properties": CONCEALED}, ["K=v1"]),
    ({"packages": [{"path": "p", "secret_properties": [{"name": "K", "value": "v2"}]}, "q"]},
     {"packages": [{"path": "p", "secret_properties": [{"name": "K", "value": CONCEALED}]}, "q"]}, ["v2"]),
    ({"packages": {"secret_properties": [["v3"]]}}, {"packages": {"secret_properties": [[CONCEALED]]}}, ["v3"]),
])
def test_secrets_are_left_out_wherever_they_stand(arguments, shown, secrets):
    before = json.dumps(arguments)
    assert conceal(arguments) == (shown, secrets)
    assert json.dumps(arguments) == before, "the helper still needs them"


@pytest.mark.parametrize(("arguments", "where", "number"), [
    ({"version": 1.1}, "version", 1.1),
    ({"version": 9}, "version", 9),
    ({"packages": [{"version": "1"}, {"version": 2.0}]}, "packages[1].version", 2.0),
    ({"packages": {"version": 2}}, "packages.version", 2),
])
def test_a_version_that_became_a_number_is_found(arguments, where, number):
    assert spoiled_version(arguments) == (where, number)


@pytest.mark.parametrize("arguments", [
    {}, {"version": "1.10"}, {"version": None}, {"version": True}, {"packages": ["x"]}, {"packages": "x"}])
def test_what_the_helper_itself_checks_is_left_to_it(arguments):
    assert spoiled_version(arguments) == (None, None)
