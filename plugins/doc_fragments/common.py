# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    # What every module shares: where it looks, how it gets there, and which helper does the work.
    DOCUMENTATION = r"""
options:
  simulation:
    description:
      - Path of a file on the controller that describes a host. The task works on this description and opens no connection.
      - An answer of the module of the same name ending in C(_info), saved as JSON, is such a file.
      - What the task changes goes to a file of the same name with C(.state) at its end. Delete that to start over.
      - A relative path starts at the folder in which C(ansible-playbook) was started.
    type: path
  endpoint:
    description:
      - URLs of WS-Management endpoints that the helper speaks to itself.
      - Not yet available.
    type: list
    elements: str
  username:
    description:
      - Who logs on to O(endpoint).
      - Not yet available.
    type: str
  password:
    description:
      - The password of O(username). It is never shown or logged.
      - Not yet available.
    type: str
  auth:
    description:
      - How to log on to O(endpoint).
      - Not yet available.
    type: str
    choices: [negotiate, basic, certificate]
    default: negotiate
  ca_path:
    description:
      - File or folder with the certificates that the certificate of O(endpoint) is checked against.
      - Not yet available.
    type: path
  client_cert:
    description:
      - Certificate to log on with where O(auth=certificate).
      - Not yet available.
    type: path
  client_key:
    description:
      - Key of O(client_cert).
      - Not yet available.
    type: path
  validate_certs:
    description:
      - Whether the certificate of O(endpoint) is checked.
      - Not yet available.
    type: bool
    default: true
  allow_unencrypted:
    description:
      - Whether messages may go to O(endpoint) in clear.
      - Not yet available.
    type: bool
    default: false
  http_proxy:
    description:
      - URL of a proxy on the way to O(endpoint).
      - Not yet available.
    type: str
  helper:
    description:
      - The command that starts the helper, the program first.
      - One text is the program alone. It is never split.
      - The default is the helper that comes with the collection. On a Windows host it is placed below C(%ProgramData%\Upshift\bin).
      - On a Windows host it is the path of an C(upshift.exe) there, alone. Nothing is placed then.
      - With C(upshift.exe) and Wine the task works on the products of a Wine prefix, which O(ignore:environment) names with C(WINEPREFIX).
    type: list
    elements: str
attributes:
  action:
    support: full
  action_group:
    description: Use C(group/upshift.windows.all) in C(module_defaults) to set defaults for all modules of the collection.
    support: full
    membership:
      - upshift.windows.all
  async:
    support: partial
    details:
      - Works on Windows hosts and where the connection is V(local). Refused where O(simulation) replaces another connection.
      - On a Windows host a restart loses a run with async. Without async the task takes it up again afterwards.
      - Together with check mode it needs ansible-core 2.17 or later.
  become:
    support: partial
    details: Applies to the helper on Windows hosts, and where the connection is V(local). Does not where O(simulation)
      replaces another connection.
  bypass_host_loop:
    support: none
  check_mode:
    support: full
    details: Answers with the plan, made from what is there. On a Windows host the helper itself is placed all the same where it is not yet there.
  connection:
    support: partial
    details: Those to Windows hosts (winrm, psrp, ssh), and V(local). With O(simulation) the task runs on the controller, and no other
      connection is opened.
  delegation:
    support: full
  diff_mode:
    support: full
    details: One line per target, before and after.
  platform:
    support: full
    platforms: posix, windows
    details: Runs on Windows hosts over their connection, where the connection is V(local), and on the controller where O(simulation)
      is given.
notes:
  - The task keyword C(timeout) ends Ansible's waiting and not the helper. Use the module's own options for time.
  - On a Windows host a run goes on when the connection is lost, and the task asks it until its answer is there. The variable
    C(upshift_poll_seconds) says how many seconds one question takes, by default 20.
  - On Windows hosts, and where the connection is V(local), C(become) and C(environment) apply to the helper. Where O(simulation) replaces
    another connection, C(environment) applies and C(become) does not.
"""
