// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/outcome_codes.hpp"

#include <algorithm>
#include <array>

namespace upshift {

namespace {

constexpr std::string_view hint_log = "The log named in the answer says which action failed and why.";
constexpr std::string_view hint_path =
    "Check the path as the account that runs the helper sees it: a mapped "
    "drive belongs to one logon, and a share may need credentials there.";
constexpr std::string_view hint_policy =
    "An administrator has to change the policy, or run the installation.";
constexpr std::string_view hint_file = "Get the package again; the file may be damaged or of another kind.";
constexpr std::string_view hint_patch =
    "Compare the patch's target products and versions with what is installed.";
constexpr std::string_view hint_restart = "Restart the computer, then run this again.";
constexpr std::string_view hint_service =
    "Check the services Windows Installer (msiserver) and, in safe mode, start normally.";

// "MsiExec.exe and InstMsi.exe Error Messages" and "System Error Codes", Microsoft.
constexpr auto codes = std::to_array<OutcomeCode>({
    {0, "ERROR_SUCCESS", "it succeeded", "", ErrorKind::internal},
    {2, "ERROR_FILE_NOT_FOUND", "the package or a file it needs is not there", hint_path,
     ErrorKind::package_unreadable},
    {3, "ERROR_PATH_NOT_FOUND", "the folder of the package is not there", hint_path,
     ErrorKind::package_unreadable},
    {5, "ERROR_ACCESS_DENIED", "access is denied",
     "Run the helper as an administrator who can read the package.", ErrorKind::access_denied},
    {13, "ERROR_INVALID_DATA", "the data is invalid", hint_file, ErrorKind::package_invalid},
    {53, "ERROR_BAD_NETPATH", "the network path was not found", hint_path, ErrorKind::package_unreadable},
    {67, "ERROR_BAD_NET_NAME", "the network name was not found", hint_path, ErrorKind::package_unreadable},
    {87, "ERROR_INVALID_PARAMETER", "a parameter was invalid", hint_log, ErrorKind::failed},
    {112, "ERROR_DISK_FULL", "the disk is full", "Free some space on the system drive.", ErrorKind::failed},
    {120, "ERROR_CALL_NOT_IMPLEMENTED", "this Windows does not have that function of the installer", "",
     ErrorKind::not_supported},
    {1259, "ERROR_APPHELP_BLOCK", "Windows blocks this package as incompatible", "", ErrorKind::refused},
    {1601, "ERROR_INSTALL_SERVICE_FAILURE", "the installer service could not be reached", hint_service,
     ErrorKind::failed},
    {1602, "ERROR_INSTALL_USEREXIT", "the installation was cancelled", "", ErrorKind::cancelled},
    {1603, "ERROR_INSTALL_FAILURE", "a fatal error occurred during the installation", hint_log,
     ErrorKind::failed},
    {1604, "ERROR_INSTALL_SUSPEND", "the installation is suspended and not finished", hint_restart,
     ErrorKind::failed},
    {1605, "ERROR_UNKNOWN_PRODUCT", "the product is not installed", "", ErrorKind::not_found},
    {1612, "ERROR_INSTALL_SOURCE_ABSENT", "the source of the installed product is not there",
     "Make the package that the product was installed from available again.", ErrorKind::package_unreadable},
    {1613, "ERROR_INSTALL_PACKAGE_VERSION", "the package needs a newer Windows Installer", "",
     ErrorKind::not_supported},
    {1614, "ERROR_PRODUCT_UNINSTALLED", "the product has been removed", "", ErrorKind::not_found},
    {1618, "ERROR_INSTALL_ALREADY_RUNNING", "another installation is running",
     "Run this again when it has finished.", ErrorKind::busy},
    {1619, "ERROR_INSTALL_PACKAGE_OPEN_FAILED", "the package could not be opened", hint_path,
     ErrorKind::package_unreadable},
    {1620, "ERROR_INSTALL_PACKAGE_INVALID", "the file is no valid package", hint_file,
     ErrorKind::package_invalid},
    {1622, "ERROR_INSTALL_LOG_FAILURE", "the log file could not be written",
     "Choose a log_path in a folder that exists and can be written.", ErrorKind::failed},
    {1623, "ERROR_INSTALL_LANGUAGE_UNSUPPORTED", "Windows does not support the package's language", "",
     ErrorKind::not_supported},
    {1624, "ERROR_INSTALL_TRANSFORM_FAILURE", "a transform could not be applied", "", ErrorKind::failed},
    {1625, "ERROR_INSTALL_PACKAGE_REJECTED", "system policy forbids the installation", hint_policy,
     ErrorKind::refused},
    {1627, "ERROR_FUNCTION_FAILED", "a function failed during the installation", hint_log, ErrorKind::failed},
    {1631, "ERROR_CREATE_FAILED", "the installer service could not be started", hint_service,
     ErrorKind::failed},
    {1632, "ERROR_INSTALL_TEMP_UNWRITABLE", "the temporary folder is full or cannot be written",
     "Free or repair the temporary folder.", ErrorKind::failed},
    {1633, "ERROR_INSTALL_PLATFORM_UNSUPPORTED", "the package is for another processor",
     "Choose the package for this computer's processor.", ErrorKind::not_supported},
    {1635, "ERROR_PATCH_PACKAGE_OPEN_FAILED", "the patch could not be opened", hint_path,
     ErrorKind::package_unreadable},
    {1636, "ERROR_PATCH_PACKAGE_INVALID", "the file is no valid patch", hint_file,
     ErrorKind::package_invalid},
    {1637, "ERROR_PATCH_PACKAGE_UNSUPPORTED", "the patch needs a newer Windows Installer", "",
     ErrorKind::package_invalid},
    {1638, "ERROR_PRODUCT_VERSION", "another version of this product is installed",
     "Run this again: what is installed has changed since it was looked at.", ErrorKind::wrong_state},
    {1639, "ERROR_INVALID_COMMAND_LINE", "the properties were not understood", "", ErrorKind::failed},
    {1640, "ERROR_INSTALL_REMOTE_DISALLOWED", "installing from a remote session is forbidden", hint_policy,
     ErrorKind::refused},
    {1642, "ERROR_PATCH_TARGET_NOT_FOUND", "the product to be patched is not there, or has another version",
     hint_patch, ErrorKind::not_found},
    {1643, "ERROR_PATCH_PACKAGE_REJECTED", "system policy forbids the patch", hint_policy,
     ErrorKind::refused},
    {1644, "ERROR_INSTALL_TRANSFORM_REJECTED", "system policy forbids the transform", hint_policy,
     ErrorKind::refused},
    {1645, "ERROR_INSTALL_REMOTE_PROHIBITED", "installing over a remote connection is forbidden", hint_policy,
     ErrorKind::refused},
    {1647, "ERROR_UNKNOWN_PATCH", "the patch is not known for this product", hint_patch,
     ErrorKind::not_found},
    {1648, "ERROR_PATCH_NO_SEQUENCE", "no order of the patches could be found", hint_patch,
     ErrorKind::refused},
    {1649, "ERROR_PATCH_REMOVAL_DISALLOWED", "policy forbids removing the patch", hint_policy,
     ErrorKind::refused},
    {1651, "ERROR_ADVERTISE_ON_PATCHED", "a patched advertised product cannot be updated", hint_patch,
     ErrorKind::refused},
    {1652, "ERROR_INSTALL_SERVICE_SAFEBOOT", "the installer service does not run in safe mode", hint_service,
     ErrorKind::failed},
    {1653, "ERROR_ROLLBACK_DISABLED", "rollback is disabled, so several packages cannot be installed as one",
     "", ErrorKind::refused},
    {1654, "ERROR_INSTALL_REJECTED", "the package is not supported on this computer", "",
     ErrorKind::not_supported},
    {1641, "ERROR_SUCCESS_REBOOT_INITIATED", "it succeeded and a restart has begun", "", ErrorKind::internal},
    {3010, "ERROR_SUCCESS_REBOOT_REQUIRED", "it succeeded and a restart is needed", "", ErrorKind::internal},
    {3011, "ERROR_SUCCESS_RESTART_REQUIRED", "it succeeded and a restart is needed", "", ErrorKind::internal},
    {3017, "ERROR_FAIL_REBOOT_REQUIRED", "it failed and a restart is needed", hint_restart,
     ErrorKind::failed},
    {3018, "ERROR_FAIL_REBOOT_INITIATED", "it failed and a restart has begun", hint_restart,
     ErrorKind::failed},
    {0x80010105, "RPC_E_SERVERFAULT", "the provider of Win32_Product failed", "", ErrorKind::failed},
});

constexpr bool is_one_of(std::uint32_t code, std::initializer_list<std::uint32_t> choices) {
    return std::find(choices.begin(), choices.end(), code) != choices.end();
}

}  // namespace

OutcomeCode outcome_code(std::uint32_t code) {
    const auto* found =
        std::find_if(codes.begin(), codes.end(), [&](const auto& row) { return row.code == code; });
    if (found != codes.end()) {
        return *found;
    }
    return {code, "", "it failed with a code that is not in its documentation", hint_log, ErrorKind::failed};
}

bool is_success(std::uint32_t code) {
    return is_one_of(code, {0, 1641, 3010, 3011});
}

bool wants_reboot(std::uint32_t code) {
    return is_one_of(code, {1604, 1641, 3010, 3011, 3017, 3018});
}

}  // namespace upshift
