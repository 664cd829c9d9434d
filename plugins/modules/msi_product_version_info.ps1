#!powershell

# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

#AnsibleRequires -CSharpUtil Ansible.Basic
#AnsibleRequires -PowerShell ansible_collections.upshift.windows.plugins.module_utils._UpshiftHelper

$spec = @{
    options = (Get-UpshiftCommonOption) + @{
        name = @{ type = 'list'; elements = 'str' }
        product_code = @{ type = 'list'; elements = 'str' }
        upgrade_code = @{ type = 'list'; elements = 'str' }
        path = @{ type = 'list'; elements = 'path' }
    }
    supports_check_mode = $true
}
$module = [Ansible.Basic.AnsibleModule]::Create($args, $spec)
Invoke-UpshiftHelper -Module $module -Operation msi_product_version_info
