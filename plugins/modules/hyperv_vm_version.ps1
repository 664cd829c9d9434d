#!powershell

# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

#AnsibleRequires -CSharpUtil Ansible.Basic
#AnsibleRequires -PowerShell ansible_collections.upshift.windows.plugins.module_utils._UpshiftHelper

$spec = @{
    options = (Get-UpshiftCommonOption) + @{
        name = @{ type = 'list'; elements = 'str' }
        id = @{ type = 'list'; elements = 'str' }
        exclude = @{ type = 'list'; elements = 'str' }
        when_absent = @{ type = 'str'; choices = 'fail', 'skip'; default = 'fail' }
        version = @{ type = 'str'; default = 'default' }
        when_running = @{ type = 'str'; choices = 'fail', 'skip', 'shut_down'; default = 'fail' }
        when_saved = @{ type = 'str'; choices = 'fail', 'skip', 'discard'; default = 'fail' }
        when_checkpoint_saved = @{ type = 'str'; choices = 'fail', 'skip', 'discard'; default = 'fail' }
        shutdown_timeout = @{ type = 'int'; default = 300 }
        force_off = @{ type = 'bool'; default = $false }
        restart = @{ type = 'bool'; default = $true }
        replica = @{ type = 'str'; choices = 'refuse', 'allow'; default = 'refuse' }
        parallel = @{ type = 'int'; default = 16 }
        timeout = @{ type = 'int'; default = 1800 }
        stop_on_failure = @{ type = 'bool'; default = $false }
        cluster = @{ type = 'bool'; default = $false }
    }
    supports_check_mode = $true
}
$module = [Ansible.Basic.AnsibleModule]::Create($args, $spec)
Invoke-UpshiftHelper -Module $module -Operation hyperv_vm_version
