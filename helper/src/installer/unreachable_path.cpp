// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/unreachable_path.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "installer/path_form.hpp"

namespace upshift {

namespace {

// "Understanding privilege escalation: become", "Become and Windows", Ansible; a logon over the network has
// no credentials to pass on: "Making the second hop in PowerShell Remoting", Microsoft.
constexpr std::string_view second_hop =
    "A logon over the network, such as that of WinRM, cannot pass its credentials on to a share. Copy the "
    "file "
    "to this computer first (ansible.windows.win_copy); or give the task credentials of its own (become with "
    "become_flags \"logon_type=new_credentials logon_flags=netcredentials_only\", or CredSSP or Kerberos "
    "delegation); or let the account of this computer read the share, and run as SYSTEM.";

// "System Error Codes", Microsoft. Codes that only a path over the network has.
struct NetworkCode {
    std::uint32_t code;
    std::string_view found;  ///< {computer} and {share} stand for those of the path
    std::string_view hint;
};

constexpr auto network_codes = std::to_array<NetworkCode>({
    {53, "the computer {computer} was not found on the network",
     "Check the computer's name, that its name resolves here, and that port 445 of it can be reached."},
    {59, "the network failed", "Run this again; if it stays so, check the way to {computer}."},
    {64, "{computer} ended the connection",
     "Run this again; if it stays so, check that both computers speak the same version of SMB."},
    {65, "{computer} denied the access", second_hop},
    {67, "there is no share {share} on {computer}", "Check the name of the share."},
    {86, "the password for {computer} is wrong",
     "Correct the password that the task is given for the share."},
    {121, "{computer} did not answer in time",
     "Check that the computer is on, and that port 445 of it can be reached."},
    {1219, "this logon is connected to {computer} as another user already",
     "End that connection (net use /delete), or use the same user for both."},
    {1231, "the network of {computer} cannot be reached", "Check the way to that computer."},
    {1312, "this logon has no credentials for {computer}", second_hop},
    {1326, "{computer} did not accept the user or the password", second_hop},
    {1327, "the account may not log on to {computer} now, or not without a password", second_hop},
    {1331, "the account is disabled", "Enable the account, or use another one."},
    {1385, "the account may not log on to {computer} over the network",
     "Grant the account the right \"Access this computer from the network\" there, or use another one."},
    {1907, "the password of the account must be changed", "Change the password, or use another account."},
    {1909, "the account is locked out", "Unlock the account, or use another one."},
});

void replace_all(std::string& text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

std::string filled(std::string_view text, const WindowsPath& path) {
    const auto named = [](const std::string& name, const char* otherwise) {
        return name.empty() ? std::string(otherwise) : "\"" + name + "\"";
    };
    std::string result(text);
    replace_all(result, "{computer}", named(path.computer, "the computer of the share"));
    replace_all(result, "{share}", named(path.share, "of that name"));
    return result;
}

/// What is wrong with the text itself, whatever the machine says to it.
std::optional<PathExplanation> wrong_text(const std::string& path, const WindowsPath& parsed) {
    const auto is_control = [](char letter) { return letter >= 0 && letter < ' '; };
    if (std::any_of(path.begin(), path.end(), is_control)) {
        return PathExplanation{
            "the path holds a tab, a line break or another control character",
            R"(Between double quotes YAML reads \t and \n as such: write the path in single )"
            "quotes or without quotes."};
    }
    if (path.find('"') != std::string::npos) {
        return PathExplanation{"the path holds quotes", "Leave them out; blanks in a path need none."};
    }
    if (parsed.form == PathForm::url) {
        return PathExplanation{"it is a URL and no path",
                               "Download the file first (ansible.windows.win_get_url), then give its path."};
    }
    if (parsed.form == PathForm::unc && !parsed.names_file) {
        return PathExplanation{"the path names no file on a share",
                               R"(Give computer, share and file, such as \\server\share\agent.msi.)"};
    }
    return std::nullopt;
}

std::string hint_to_missing(const UnreachablePath& path, const WindowsPath& parsed) {
    switch (parsed.form) {
        case PathForm::root_relative:
            return "A path that begins with one backslash is one on the current drive. A share begins with "
                   "two; "
                   "between double quotes YAML reads two as one.";
        case PathForm::relative:
        case PathForm::drive_relative:
            return R"(The path is taken from the folder that the helper runs in: give the whole path, such as )"
                   R"(C:\packages\agent.msi.)";
        default:
            break;
    }
    if (!path.missing_part.empty() && path.missing_part != path.path) {
        return "\"" + path.missing_part + "\" is not there: check that name.";
    }
    return "Check the path as the account that runs the helper sees it.";
}

PathExplanation missing_drive(const std::string& drive) {
    return {
        "this logon has no drive " + drive,
        "A mapped drive belongs to the logon that mapped it. Give the path with computer and share, such as "
        R"(\\server\share\agent.msi)"
        ", or copy the file to this computer first (ansible.windows.win_copy)."};
}

/// Codes that a path of any form may have.
PathExplanation explain_code(const UnreachablePath& path, const WindowsPath& parsed) {
    switch (path.code) {
        case 2:  // ERROR_FILE_NOT_FOUND
        case 3:  // ERROR_PATH_NOT_FOUND
            return {"there is no such file", hint_to_missing(path, parsed)};
        case 5:  // ERROR_ACCESS_DENIED
            return {"",
                    parsed.form == PathForm::unc
                        ? std::string(second_hop)
                        : "Let the account that runs the helper, and SYSTEM, read the file and its folder."};
        case 21:  // ERROR_NOT_READY
            return {"the drive is not ready", "Check that the drive has its disk."};
        case 32:  // ERROR_SHARING_VIOLATION
            return {"another program has it open", "Wait until the file is written, then run this again."};
        case 123:  // ERROR_INVALID_NAME
        case 161:  // ERROR_BAD_PATHNAME
            return {"it is no path of Windows", R"(Give the whole path, such as C:\packages\agent.msi.)"};
        case 206:  // ERROR_FILENAME_EXCED_RANGE
            return {"the path is too long", "Copy the file to a folder with a shorter path."};
        case 225:  // ERROR_VIRUS_INFECTED
            return {"a virus scanner keeps it from being read",
                    "Check the file, and what the scanner noted."};
        default:
            return {"", "Check the path as the account that runs the helper sees it."};
    }
}

}  // namespace

PathExplanation explain(const UnreachablePath& path) {
    const WindowsPath parsed = parse_windows_path(path.path);
    if (auto wrong = wrong_text(path.path, parsed)) {
        return *wrong;
    }
    if (!parsed.drive.empty() && !path.drive_exists) {
        return missing_drive(parsed.drive);
    }
    const auto* known = std::find_if(network_codes.begin(), network_codes.end(),
                                     [&](const auto& row) { return row.code == path.code; });
    if (known != network_codes.end()) {
        return {filled(known->found, parsed), filled(known->hint, parsed)};
    }
    return explain_code(path, parsed);
}

}  // namespace upshift
