# Copyright: Contributors to the Upshift project
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# INTERNAL to upshift.windows: not a public interface; it changes without notice.

#AnsibleRequires -CSharpUtil Ansible.Basic

# SYSTEM, Administrators and TrustedInstaller.
$script:TrustedSids = @(
    'S-1-5-18'
    'S-1-5-32-544'
    'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464'
)
# Write and append data, write attributes of both kinds, delete children, delete, change permissions, take ownership, and the
# generic rights that hold these.
$script:AlteringRights = 0x2 -bor 0x4 -bor 0x10 -bor 0x40 -bor 0x100 -bor 0x10000 -bor 0x40000 -bor 0x80000 -bor 0x10000000 -bor 0x40000000

Function Get-UpshiftHiddenOption {
    <#
    .SYNOPSIS
    The options that the action plugin sets and no playbook does.
    #>
    @{
        # sha256, version: which helper; source: the file that was copied for it, compressed by gzip; given: the options that the task sets;
        # required: whether it must be in its place already, since a job cannot ask for it;
        # detach, wait: whether a run may outlive this module, and after how many seconds
        _helper = @{ type = 'dict' }
        # Words for the helper in place of the operation
        _command = @{ type = 'list'; elements = 'str' }
    }
}

Function Get-UpshiftCommonOption {
    <#
    .SYNOPSIS
    The options that the doc fragment "common" describes, and the hidden ones.
    #>
    (Get-UpshiftHiddenOption) + @{
        simulation = @{ type = 'path' }
        endpoint = @{ type = 'list'; elements = 'str' }
        username = @{ type = 'str' }
        password = @{ type = 'str'; no_log = $true }
        auth = @{ type = 'str'; choices = 'negotiate', 'basic', 'certificate'; default = 'negotiate' }
        ca_path = @{ type = 'path' }
        client_cert = @{ type = 'path' }
        client_key = @{ type = 'path' }
        validate_certs = @{ type = 'bool'; default = $true }
        allow_unencrypted = @{ type = 'bool'; default = $false }
        http_proxy = @{ type = 'str' }
        helper = @{ type = 'list'; elements = 'str' }
    }
}

Function Get-UpshiftPackageOption {
    <#
    .SYNOPSIS
    The options that a package has, alone as among several.
    #>
    @{
        properties = @{ type = 'dict' }
        secret_properties = @{
            type = 'list'
            elements = 'dict'
            options = @{
                name = @{ type = 'str'; required = $true }
                value = @{ type = 'str'; required = $true; no_log = $true }
            }
        }
        transforms = @{ type = 'list'; elements = 'path' }
        version = @{ type = 'str' }
        checksum = @{ type = 'str' }
        signer = @{ type = 'str' }
        product_code = @{ type = 'str' }
        upgrade_code = @{ type = 'str' }
        name = @{ type = 'str' }
        log_path = @{ type = 'path' }
    }
}

Function Get-UpshiftFile {
    <#
    .SYNOPSIS
    Where the helper of that version and SHA-256 stays.
    #>
    param ([System.Collections.IDictionary]$Helper)

    $programData = [Environment]::GetFolderPath('CommonApplicationData')
    [IO.Path]::Combine($programData, 'Upshift', 'bin', "$($Helper.version)-$($Helper.sha256)", 'upshift.exe')
}

Function Get-UpshiftHash {
    param ([string]$Path)

    (Get-FileHash -LiteralPath $Path -Algorithm SHA256).Hash.ToLowerInvariant()
}

Function Test-UpshiftFile {
    <#
    .SYNOPSIS
    Whether the helper is in its place, and whole.
    #>
    param ([System.Collections.IDictionary]$Helper)

    $path = Get-UpshiftFile -Helper $Helper
    (Test-Path -LiteralPath $path -PathType Leaf) -and (Get-UpshiftHash -Path $path) -eq $Helper.sha256
}

Function Test-UpshiftLink {
    <#
    .SYNOPSIS
    Whether the file or folder leads elsewhere.
    #>
    param ([string]$Path)

    [bool]((Get-Item -LiteralPath $Path -Force).Attributes -band [IO.FileAttributes]::ReparsePoint)
}

Function Get-UpshiftWeakness {
    <#
    .SYNOPSIS
    Why somebody who is not trusted could put something else in the place of that file or folder; nothing where nobody can.
    #>
    param ([string]$Path)

    if (Test-UpshiftLink -Path $Path) {
        return 'it is a reparse point, which leads elsewhere'
    }
    $acl = Get-Acl -LiteralPath $Path
    $owner = $acl.GetOwner([Security.Principal.SecurityIdentifier]).Value
    if ($owner -notin $script:TrustedSids) {
        return "it belongs to $owner"
    }
    foreach ($rule in $acl.GetAccessRules($true, $true, [Security.Principal.SecurityIdentifier])) {
        $isAbout = -not ($rule.PropagationFlags -band [Security.AccessControl.PropagationFlags]::InheritOnly)
        $alters = [long]$rule.FileSystemRights -band $script:AlteringRights
        if ($isAbout -and $alters -and $rule.AccessControlType -eq 'Allow' -and $rule.IdentityReference.Value -notin $script:TrustedSids) {
            return "$($rule.IdentityReference.Value) may alter it"
        }
    }
}

Function Assert-UpshiftTrusted {
    <#
    .SYNOPSIS
    Fails the module where the file, or a folder from "Upshift" down, could be altered by somebody who is not trusted.
    #>
    param ($Module, [string]$Path)

    $place = $Path
    foreach ($level in 1..4) {
        $weakness = Get-UpshiftWeakness -Path $place
        if ($weakness) {
            $Module.FailJson(("The helper is not started: ""$place"" is not safe, $weakness. It must belong to SYSTEM, Administrators or " +
                    'TrustedInstaller, and nobody else may alter it. Delete it, or take the rights of others away.'))
        }
        $place = [IO.Path]::GetDirectoryName($place)
    }
}

Function ConvertFrom-UpshiftJson {
    <#
    .SYNOPSIS
    The dictionary that a JSON text stands for; nothing where it is no JSON.
    #>
    param ([string]$Text)

    try {
        if ($PSVersionTable.PSVersion.Major -ge 6) {
            # Ansible.Basic gives objects of another library there, which are no dictionaries, up to ansible-core 2.20.
            ConvertFrom-Json -InputObject $Text -AsHashtable
        }
        else {
            [Ansible.Basic.AnsibleModule]::FromJson($Text)
        }
    }
    catch {
        $null
    }
}

Function Start-UpshiftProgram {
    <#
    .SYNOPSIS
    Runs a helper to its end and returns its answer. The arguments go to its standard input and never to its command line.
    #>
    param ($Module, [string]$Path, [string[]]$Word, [string]$InputText)

    $start = New-Object -TypeName Diagnostics.ProcessStartInfo -Property @{
        FileName = $Path
        Arguments = $Word -join ' '
        UseShellExecute = $false
        CreateNoWindow = $true
        RedirectStandardInput = $true
        RedirectStandardOutput = $true
        RedirectStandardError = $true
        StandardOutputEncoding = [Text.Encoding]::UTF8
        StandardErrorEncoding = [Text.Encoding]::UTF8
    }
    try {
        $process = [Diagnostics.Process]::Start($start)
    }
    catch [ComponentModel.Win32Exception] {
        $hint = switch ($_.Exception.NativeErrorCode) {
            5 { ' A rule of this computer may forbid it: App Control, AppLocker or an antivirus program.' }
            193 { ' It is a program for 64-bit Windows on x86-64.' }
            216 { ' It is a program for 64-bit Windows on x86-64.' }
            225 { ' An antivirus program holds it for harmful.' }
            1260 { ' A group policy forbids it: allow its hash in AppLocker, or sign it and allow the signature.' }
            4551 { ' App Control forbids it: allow its hash, or sign it and allow the signature.' }
            default { '' }
        }
        $Module.FailJson("The helper ""$Path"" cannot be started: $($_.Exception.Message).$hint", $_)
    }
    $told = $process.StandardError.ReadToEndAsync()
    $answered = $process.StandardOutput.ReadToEndAsync()
    # The writer of Windows PowerShell would begin with a byte order mark.
    $bytes = [Text.Encoding]::UTF8.GetBytes($InputText)
    try {
        $process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
        $process.StandardInput.Close()
    }
    catch [IO.IOException] {
        # It ended before it read them. What it answered, or its exit code, says why.
        $Module.Debug("The helper did not read its arguments: $($_.Exception.Message)")
    }
    $process.WaitForExit()
    $answer = ConvertFrom-UpshiftJson -Text $answered.Result
    if ($answer -isnot [System.Collections.IDictionary]) {
        $all = $told.Result.Trim()
        $tail = $all.Substring([Math]::Max(0, $all.Length - 500))
        # Somebody ended it. The run that it waited for goes on, and can be asked again.
        $Module.Result._no_answer = $Word[0] -ne 'stage'
        $Module.FailJson("The helper gave no answer: exit code $($process.ExitCode), on standard error ""$tail""")
    }
    $answer
}

Function Expand-UpshiftFile {
    <#
    .SYNOPSIS
    Unpacks what gzip packed. What is broken gives a part of the file, or nothing: its hash tells.
    #>
    param ($Module, [string]$Path, [string]$Destination)

    $streams = New-Object -TypeName Collections.Stack
    try {
        $whole = [IO.File]::Create($Destination)
        $streams.Push($whole)
        $packed = [IO.File]::OpenRead($Path)
        $streams.Push($packed)
        $unpacking = New-Object -TypeName IO.Compression.GZipStream -ArgumentList $packed, ([IO.Compression.CompressionMode]::Decompress)
        $streams.Push($unpacking)
        $unpacking.CopyTo($whole)
        $whole.Flush()
    }
    catch [IO.InvalidDataException] {
        $Module.Debug("The helper cannot be unpacked: $($_.Exception.Message)")
    }
    catch [IO.IOException] {
        $Module.FailJson("The helper cannot be unpacked to ""$Destination"": $($_.Exception.Message)", $_)
    }
    finally {
        foreach ($stream in $streams) { $stream.Dispose() }
    }
}

Function Install-UpshiftHelper {
    <#
    .SYNOPSIS
    Has the copied helper put itself into its place. The copy is deleted however that ends.
    #>
    param ($Module, [System.Collections.IDictionary]$Helper)

    $copy = [IO.Path]::ChangeExtension($Helper.source, '.exe')
    try {
        $hash = 'none, it is not there'
        if (Test-Path -LiteralPath $Helper.source) {
            Expand-UpshiftFile -Module $Module -Path $Helper.source -Destination $copy
            $hash = Get-UpshiftHash -Path $copy
        }
        if ($hash -ne $Helper.sha256) {
            $Module.FailJson("The helper was broken on its way: ""$($Helper.source)"" should hold the SHA-256 $($Helper.sha256) and holds $hash")
        }
        $wanted = [Ansible.Basic.AnsibleModule]::ToJson(@{ version = $Helper.version; sha256 = $Helper.sha256 })
        $answer = Start-UpshiftProgram -Module $Module -Path $copy -Word 'stage' -InputText $wanted
        if ($answer.failed) {
            Exit-UpshiftModule -Module $Module -Answer $answer
        }
        $answer
    }
    finally {
        Remove-Item -LiteralPath $Helper.source, $copy -Force -ErrorAction SilentlyContinue
    }
}

Function Remove-UpshiftNull {
    <#
    .SYNOPSIS
    The value without the options that nobody gave, which Ansible.Basic fills in with null.
    #>
    param ($Value)

    if ($Value -is [System.Collections.IDictionary]) {
        # Not by its member Keys: an entry of that name would be taken for it.
        $kept = New-Object -TypeName Collections.Hashtable
        foreach ($entry in $Value.GetEnumerator()) {
            if ($null -ne $entry.Value) { $kept[$entry.Key] = Remove-UpshiftNull -Value $entry.Value }
        }
        return $kept
    }
    if ($Value -is [System.Collections.IList]) {
        # No array: Windows PowerShell writes one that came out of a function as {"value": [...], "Count": 1}.
        $kept = New-Object -TypeName Collections.ArrayList
        foreach ($entry in $Value) { $null = $kept.Add((Remove-UpshiftNull -Value $entry)) }
        return , $kept
    }
    $Value
}

Function Exit-UpshiftModule {
    <#
    .SYNOPSIS
    Hands the helper's answer on as it is.
    #>
    param ($Module, [System.Collections.IDictionary]$Answer)

    foreach ($entry in $Answer.GetEnumerator()) {
        $Module.Result[$entry.Key] = $entry.Value
    }
    if ($Answer.failed) {
        $Module.FailJson($Answer.msg)
    }
    $Module.ExitJson()
}

Function Find-UpshiftHelper {
    <#
    .SYNOPSIS
    The path of the helper, placed where it was sent along and trusted; ends the module where it has to be sent first.
    #>
    param ($Module, [System.Collections.IDictionary]$Helper)

    if ($Helper.path) {
        return $Helper.path
    }
    $path = Get-UpshiftFile -Helper $Helper
    if ($Helper.source) {
        $null = Install-UpshiftHelper -Module $Module -Helper $Helper
    }
    elseif (-not (Test-UpshiftFile -Helper $Helper)) {
        if ($Helper.required) {
            $Module.FailJson("The helper is not in its place, ""$path"": something removed it after this task had placed it. Run the task again.")
        }
        $Module.Result._helper_missing = $true
        $Module.ExitJson()
    }
    Assert-UpshiftTrusted -Module $Module -Path $path
    $path
}

Function Invoke-UpshiftHelper {
    <#
    .SYNOPSIS
    Runs one operation of the helper with the module's arguments, or the words of _command, and returns its answer.
    #>
    param ($Module, [string]$Operation)

    $helper = $Module.Params._helper
    $path = Find-UpshiftHelper -Module $Module -Helper $helper
    if ($Module.Params._command) {
        Exit-UpshiftModule -Module $Module -Answer (Start-UpshiftProgram -Module $Module -Path $path -Word $Module.Params._command -InputText '')
    }
    $arguments = @{ _ansible_check_mode = $Module.CheckMode; _ansible_diff = $Module.DiffMode }
    foreach ($name in $helper.given) {
        $arguments[$name] = Remove-UpshiftNull -Value $Module.Params[$name]
    }
    $words = @($Operation) + @(if ($helper.detach) { '--detach', '--wait', $helper.wait })
    if ($helper.detach -and -not $Module.CheckMode) {
        $words += '--confirm'
    }
    $text = [Ansible.Basic.AnsibleModule]::ToJson($arguments)
    Exit-UpshiftModule -Module $Module -Answer (Start-UpshiftProgram -Module $Module -Path $path -Word $words -InputText $text)
}

$exports = @(
    'Assert-UpshiftTrusted', 'Exit-UpshiftModule', 'Find-UpshiftHelper', 'Get-UpshiftCommonOption', 'Get-UpshiftFile', 'Get-UpshiftHiddenOption',
    'Get-UpshiftPackageOption', 'Install-UpshiftHelper', 'Invoke-UpshiftHelper', 'Test-UpshiftFile', 'Test-UpshiftLink'
)
Export-ModuleMember -Function $exports
