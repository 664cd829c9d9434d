#!powershell

# SPDX-License-Identifier: GPL-3.0-or-later

# The WinRM endpoint of the tests knows this module by its name and runs no PowerShell.

#AnsibleRequires -CSharpUtil Ansible.Basic

$module = [Ansible.Basic.AnsibleModule]::Create($args, @{ options = @{}; supports_check_mode = $true })
$module.ExitJson()
