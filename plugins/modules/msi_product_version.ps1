#!powershell

# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

#AnsibleRequires -CSharpUtil Ansible.Basic
#AnsibleRequires -PowerShell ansible_collections.upshift.windows.plugins.module_utils._UpshiftHelper

$spec = @{
    options = (Get-UpshiftCommonOption) + (Get-UpshiftPackageOption) + @{
        path = @{ type = 'path' }
        packages = @{
            type = 'list'
            elements = 'dict'
            options = (Get-UpshiftPackageOption) + @{ path = @{ type = 'path'; required = $true } }
        }
        engine = @{ type = 'str'; choices = 'auto', 'api', 'msiexec', 'wmi'; default = 'auto' }
        when_absent = @{ type = 'str'; choices = 'fail', 'skip', 'install'; default = 'fail' }
        when_newer = @{ type = 'str'; choices = 'unchanged', 'fail'; default = 'unchanged' }
        when_side_by_side = @{ type = 'str'; choices = 'fail', 'install'; default = 'fail' }
        transaction = @{ type = 'bool'; default = $false }
        installer_timeout = @{ type = 'int'; default = 600 }
        timeout = @{ type = 'int'; default = 3600 }
        restart_manager = @{ type = 'bool'; default = $true }
        stop_on_failure = @{ type = 'bool'; default = $false }
        # Read by the action plugin, and never sent.
        reboot = @{ type = 'bool'; default = $false }
        reboot_timeout = @{ type = 'int'; default = 600 }
    }
    supports_check_mode = $true
}
$module = [Ansible.Basic.AnsibleModule]::Create($args, $spec)
Invoke-UpshiftHelper -Module $module -Operation msi_product_version
