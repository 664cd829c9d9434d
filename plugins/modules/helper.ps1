#!powershell

# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

#AnsibleRequires -CSharpUtil Ansible.Basic
#AnsibleRequires -PowerShell ansible_collections.upshift.windows.plugins.module_utils._UpshiftHelper

$spec = @{
    options = (Get-UpshiftHiddenOption) + @{
        state = @{ type = 'str'; choices = 'present', 'absent'; default = 'present' }
    }
    supports_check_mode = $true
}
$module = [Ansible.Basic.AnsibleModule]::Create($args, $spec)
$command = $module.Params._command
if ($command -and $command[0] -eq 'boot_time') {
    $module.Result.boot_time = (Get-CimInstance -ClassName Win32_OperatingSystem).LastBootUpTime.ToFileTimeUtc().ToString()
    $module.ExitJson()
}
if ($command -and $command[0] -eq 'restart') {
    # What a program writes to its standard error would end the module in Windows PowerShell.
    $ErrorActionPreference = 'Continue'
    $null = & shutdown.exe /r /t $command[1] /c 'Restart after an upgrade (Ansible, upshift.windows)' /d p:4:2 2>&1
    # A restart that is under way, or to come, is what was asked for.
    if ($LASTEXITCODE -notin 0, 1115, 1190) {
        $module.FailJson("shutdown.exe ended with $LASTEXITCODE")
    }
    $module.ExitJson()
}

$helper = $module.Params._helper
$path = Get-UpshiftFile -Helper $helper
$module.Result.path = $path
$bin = Split-Path -Path (Split-Path -Path $path)

if ($module.Params.state -eq 'absent') {
    $module.Result.changed = Test-Path -LiteralPath $bin
    if ($module.Result.changed -and -not $module.CheckMode) {
        foreach ($place in (Split-Path -Path $bin), $bin) {
            if (Test-UpshiftLink -Path $place) { $module.FailJson("Nothing is removed: ""$place"" is a reparse point, which leads elsewhere") }
        }
        try {
            Remove-Item -LiteralPath $bin -Recurse -Force -ErrorAction Stop
        }
        catch {
            $module.FailJson("The helper cannot be removed from ""$bin"": $($_.Exception.Message) Is a run going on there?", $_)
        }
    }
    $module.ExitJson()
}
if ($module.CheckMode -and -not $helper.source -and -not (Test-UpshiftFile -Helper $helper)) {
    $module.Result.changed = $true
    $module.ExitJson()
}
$module.Result.path = Find-UpshiftHelper -Module $module -Helper $helper
$module.Result.changed = [bool]$helper.source
$module.ExitJson()
