# SPDX-License-Identifier: GPL-3.0-or-later
"""A WinRM endpoint for the tests, driven by the real winrm connection of ansible-core, and by pywinrm."""

from .endpoint import WinRmEndpoint

__all__ = ["WinRmEndpoint"]
