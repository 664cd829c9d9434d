# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.upshift.windows.plugins.plugin_utils._upshift_action import UpshiftAction


class ActionModule(UpshiftAction):
    operation = "msi_product_version_info"
