#!/usr/bin/python
# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: run_helper
short_description: Runs the Upshift helper beside the playbook (internal)
description:
  - Internal to this collection. The other modules run the helper through it; playbooks do not.
  - Starts one operation of the helper on the host of a local connection, and returns the helper's answer.
version_added: 0.1.0
author:
  - The Upshift maintainers (@upshift-project)
options:
  command:
    description:
      - The command that starts the helper, ending with the operation.
    type: list
    elements: str
    required: true
  arguments:
    description:
      - The arguments of the operation, as JSON. They reach the helper on its standard input.
    type: str
    required: true
  secrets:
    description:
      - Texts that must not be shown, wherever they turn up.
    type: list
    elements: str
    default: []
extends_documentation_fragment:
  - ansible.builtin.action_common_attributes
attributes:
  check_mode:
    support: full
    description: The helper is told about check mode in its arguments.
  diff_mode:
    support: full
    description: The helper is told about diff mode in its arguments.
  platform:
    support: full
    platforms: posix
notes:
  - Not a stable interface. Its options change without notice.
seealso:
  - module: upshift.windows.hyperv_vm_version
  - module: upshift.windows.msi_product_version
"""

EXAMPLES = r"""
- name: Ask a helper for the virtual machines of a described host
  upshift.windows.run_helper:
    command:
      - /usr/local/bin/upshift
      - hyperv_vm_version_info
    arguments: '{"simulation": "/srv/rehearsal/hv01.json"}'
"""

RETURN = r"""
msg:
  description:
    - The helper's answer in one sentence, or what kept it from answering.
    - The other fields of the answer are described where the operation is, in the module of the same name.
  returned: always
  type: str
  sample: '8 virtual machines on 1 host'
"""

import errno
import json
import signal
import subprocess
import tempfile

from ansible.module_utils.basic import AnsibleModule

WAY_OUT = 'In a checkout of the sources scripts/build makes it; the option "helper" names another one.'


def run(command, arguments):
    """Returns exit code, stdout and stderr.

    Both streams go to files: the first process of a Wine prefix leaves its stderr open in Wine's services, so the end
    of a pipe would come seconds after the end of the helper, or never. AnsibleModule.run_command waits for that end.
    """
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        # pylint: disable-next=ansible-bad-function
        done = subprocess.run(command, input=arguments.encode(), stdout=stdout, stderr=stderr, check=False)
        stdout.seek(0)
        stderr.seek(0)
        return done.returncode, stdout.read(), stderr.read().decode(errors="replace")


def not_started(command, error):
    program = command[0]
    if error.errno == errno.ENOENT and len(program.split()) > 1:
        return (
            'The helper "%s" is not there. A command of several words is given as a list: helper: [%s]'
            % (program, ", ".join(program.split()))
        )
    if error.errno == errno.ENOENT:
        return 'The helper "%s" is not there. %s' % (program, WAY_OUT)
    if error.errno == errno.EACCES:
        return 'The helper "%s" may not be executed by this user (chmod +x, become). %s' % (program, WAY_OUT)
    if error.errno == errno.ENOEXEC:
        return (
            'The helper "%s" is no program for this machine. upshift.exe runs under Wine:'
            " helper: [/usr/lib/wine/wine64, /path/to/upshift.exe]" % program
        )
    return 'The helper "%s" could not be started: %s. %s' % (program, error.strerror, WAY_OUT)


def ending(exit_code):
    if exit_code >= 0:
        return "ended with exit code %d" % exit_code
    try:
        return "was ended by signal %d (%s)" % (-exit_code, signal.Signals(-exit_code).name)
    except ValueError:
        return "was ended by signal %d" % -exit_code


def parse_answer(stdout):
    """Returns the one JSON object that every answer is, otherwise nothing."""
    try:
        answer = json.loads(stdout.decode("ascii"))
    except ValueError:
        return None
    is_answer = isinstance(answer, dict) and isinstance(answer.get("changed"), bool) and isinstance(answer.get("failed"), bool)
    return answer if is_answer else None


def excerpt(text, secrets):
    """Hides secrets before anything is cut or joined: a part of one would no longer be recognised."""
    for secret in secrets:
        for written in (secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]):
            text = text.replace(written, "********")
    text = " ".join(text.split())
    return "nothing" if not text else '"%s"' % (text if len(text) <= 400 else "..." + text[-400:])


def unusable(command, exit_code, stdout, stderr, secrets):
    return (
        "The helper gave no answer that can be used: the command %s %s. On standard output it wrote %s, on standard error %s."
        " Whether it changed anything is not known; run the module of the same name ending in _info, or run the task"
        " again in check mode. %s"
        % (
            json.dumps(command),
            ending(exit_code),
            excerpt(stdout.decode(errors="replace"), secrets),
            excerpt(stderr, secrets),
            WAY_OUT,
        )
    )


def fail(module, message):
    """Fails in the form that the helper's own failures have."""
    error = {"kind": "internal", "attempted": "run the helper", "object": module.params["command"][0]}
    module.fail_json(msg=message, comment=message, changed=False, reboot_required=False, targets=[], error=error)


def main():
    module = AnsibleModule(
        argument_spec={
            "command": {"type": "list", "elements": "str", "required": True},
            "arguments": {"type": "str", "required": True, "no_log": True},
            "secrets": {"type": "list", "elements": "str", "default": [], "no_log": True},
        },
        supports_check_mode=True,
    )
    command = module.params["command"]
    problem = None
    try:
        exit_code, stdout, stderr = run(command, module.params["arguments"])
    except OSError as error:
        problem = not_started(command, error)
    # Outside of the handler: Ansible would add its traceback to the message.
    if problem:
        fail(module, problem)

    answer = parse_answer(stdout)
    # 0 is an answer without failure, 1 one with, 64 arguments that could not be used (docs/contract.md).
    if answer is None or exit_code not in ((1, 64) if answer["failed"] else (0,)):
        fail(module, unusable(command, exit_code, stdout, stderr, module.params["secrets"]))
    for warning in answer.pop("warnings", []):
        module.warn(warning)
    module.exit_json(**answer)


if __name__ == "__main__":
    main()
