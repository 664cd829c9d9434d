# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# The action plugin of this name does the work. Ansible looks for the documentation beside a module, in the .yml file.
