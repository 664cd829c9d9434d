# SPDX-License-Identifier: GPL-3.0-or-later
"""A secret goes to the helper and nowhere else."""

from __future__ import annotations

import json
import subprocess

import pytest
from ansible_playbook import AnsibleCore, run_playbook, task

PASSWORD = 'pass"wörd-8461'
VALUE = "license-5523"
IN_VAULT = "vault-9917"
MISPLACED = "misplaced-3306"
SECRETS = (PASSWORD, VALUE, IN_VAULT, MISPLACED)


def written_forms(secret: str) -> set[str]:
    return {secret, secret.replace('"', '\\"'), secret.replace("ö", "\\u00f6"), secret.replace('"', '\\"').replace("ö", "\\u00f6")}


def in_vault(core: AnsibleCore, folder, text: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vault-password").write_text("open sesame", encoding="ascii")
    done = subprocess.run([core.program("ansible-vault"), "encrypt_string", "--vault-password-file", str(folder / "vault-password"), text],
                          env=core.environment(folder), capture_output=True, text=True, check=True)
    return done.stdout


def plays(core: AnsibleCore, folder, leaky: str, crashes: str) -> str:
    variables = {
        "password": PASSWORD,
        "packages": [{"path": "a.msi", "secret_properties": [{"name": "KEY", "value": VALUE}]}],
        "secret_properties": {"KEY": MISPLACED},
    }
    tasks = [
        task("leaks", "msi_product_version", helper=leaky, **variables),
        task("lost", "msi_product_version", helper=crashes, **variables),
        task("async", "msi_product_version", {"async": 60, "poll": 1}, helper=leaky, **variables),
    ]
    vaulted = in_vault(core, folder, IN_VAULT).replace("\n", "\n" + " " * 8).rstrip()
    return "".join(f"- {json.dumps(one)}\n" for one in tasks) + f"""\
- name: vault
  ignore_errors: true
  upshift.windows.msi_product_version:
    helper: {leaky}
    path: a.msi
    secret_properties:
      - name: KEY
        value: {vaulted}
"""


@pytest.fixture(scope="module")
def secret_run(core: AnsibleCore, tmp_path_factory, stand_in):
    """What was printed and returned, what the helper got last, and what the one that crashes got."""
    folder = tmp_path_factory.mktemp("secrets")
    # Keeps what it was given, then lets it slip in every way that it has.
    leaky = stand_in("leaky", f"""\
        cat >{folder}/received.json
        cat {folder}/received.json >&2
        printf '{{"changed": false, "failed": false, "msg": "told", "received": %s}}\\n' "$(cat {folder}/received.json)"
        """)
    crashes = stand_in("crashes", f"""\
        tee -a {folder}/received-by-crashes.json
        head -c 390 /dev/zero | tr '\\0' x >&2
        cat {folder}/received-by-crashes.json >&2
        exit 9
        """)
    run = run_playbook(core, folder, plays(core, folder, leaky, crashes), "-vvvvv", "--diff",
                       "--vault-password-file", str(folder / "vault-password"))
    return run, (folder / "received.json").read_text(encoding="utf-8"), (folder / "received-by-crashes.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_never_printed(secret_run, secret):
    run = secret_run[0]
    assert "TASK [vault]" in run.output
    for form in written_forms(secret):
        assert form not in run.output


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_in_no_result(secret_run, secret):
    run = secret_run[0]
    assert len(run.rows) == 4
    for row in run.rows:
        for form in written_forms(secret):
            assert form not in str(row)


def test_the_helper_received_the_secrets(secret_run):
    _run, from_vault, earlier = secret_run
    assert json.loads(from_vault)["secret_properties"] == [{"name": "KEY", "value": IN_VAULT}]
    assert json.loads(earlier)["password"] == PASSWORD


def test_the_rest_of_the_arguments_is_shown(secret_run):
    run = secret_run[0]
    shown = run.result("leaks")["invocation"]["module_args"]
    assert shown["packages"] == [{"path": "a.msi", "secret_properties": [{"name": "KEY", "value": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}]}]
    assert shown["password"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert shown["secret_properties"] == {"KEY": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}
