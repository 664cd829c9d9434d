// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/outcome_codes.hpp"

#include <algorithm>
#include <array>

namespace upshift {

namespace {

// Hints that several codes share.
constexpr std::string_view hint_log = "The log named in the answer says which action failed and why.";
constexpr std::string_view hint_path =
    "Check the path as the account that runs the helper sees it: a mapped drive belongs to one logon, and a "
    "share may need credentials there.";
constexpr std::string_view hint_policy =
    "Look at the policies of Windows Installer (DisableMSI and the like) and at the rules for software, and "
    "have an administrator change them or run the installation.";
constexpr std::string_view hint_remote =
    "Run this in a session of the computer itself, for example as a scheduled task.";
constexpr std::string_view hint_file =
    "Get the package again and compare its checksum; the file may be damaged or of another kind.";
constexpr std::string_view hint_patch =
    "Compare the patch's target products and versions with what is installed.";
constexpr std::string_view hint_restart = "Restart the computer, then run this again.";
constexpr std::string_view hint_service =
    "Check that the service Windows Installer (msiserver) is registered and not disabled.";
constexpr std::string_view hint_newer_installer =
    "Update Windows: the newer Windows Installer comes with it.";
constexpr std::string_view hint_author =
    "The package asks for something that it does not hold; the log names the action. Ask who made it.";
constexpr std::string_view hint_registration =
    "The registration of the product is incomplete. Repair the product or remove it, then run this again.";

// "MsiExec.exe and InstMsi.exe Error Messages" and "System Error Codes", Microsoft; 0x80010105 from "Upgrade
// method of the Win32_Product class".
constexpr auto codes = std::to_array<OutcomeCode>({
    {0, "ERROR_SUCCESS", "it succeeded", "", ErrorKind::internal},
    {2, "ERROR_FILE_NOT_FOUND", "the package or a file it needs is not there", hint_path,
     ErrorKind::package_unreadable},
    {3, "ERROR_PATH_NOT_FOUND", "the folder of the package is not there", hint_path,
     ErrorKind::package_unreadable},
    {5, "ERROR_ACCESS_DENIED", "access is denied",
     "Run the helper as an administrator, and let that account and SYSTEM read the package.",
     ErrorKind::access_denied},
    {13, "ERROR_INVALID_DATA", "the data is invalid", hint_file, ErrorKind::package_invalid},
    {53, "ERROR_BAD_NETPATH", "the network path was not found", hint_path, ErrorKind::package_unreadable},
    {67, "ERROR_BAD_NET_NAME", "the network name was not found", hint_path, ErrorKind::package_unreadable},
    {87, "ERROR_INVALID_PARAMETER", "a parameter was invalid",
     "Check the paths, properties and transforms of this package.", ErrorKind::failed},
    {112, "ERROR_DISK_FULL", "the disk is full",
     "Free some space on the system drive, where packages are kept too, and on the product's drive.",
     ErrorKind::failed},
    {120, "ERROR_CALL_NOT_IMPLEMENTED", "a function was called that is not available",
     "The log names the action. Ask who made the package.", ErrorKind::not_supported},
    {1259, "ERROR_APPHELP_BLOCK", "Windows blocks this package as incompatible",
     "Get a version of the product that is made for this Windows.", ErrorKind::refused},
    {1601, "ERROR_INSTALL_SERVICE_FAILURE", "the installer service could not be reached", hint_service,
     ErrorKind::failed},
    {1602, "ERROR_INSTALL_USEREXIT", "the installation was cancelled",
     "If nobody cancelled it, a custom action did: the log names it.", ErrorKind::cancelled},
    {1603, "ERROR_INSTALL_FAILURE", "a fatal error occurred during the installation",
     "The log named in the answer says which action failed and why: look above the first \"Return value 3\".",
     ErrorKind::failed},
    {1604, "ERROR_INSTALL_SUSPEND", "the installation is suspended and not finished",
     "Restart the computer, then run this again: what is left is done then.", ErrorKind::failed},
    {1605, "ERROR_UNKNOWN_PRODUCT", "the product is not installed",
     "It has gone, or belongs to another user. Look at what msi_product_version_info lists.",
     ErrorKind::not_found},
    {1606, "ERROR_UNKNOWN_FEATURE", "a feature is not registered", hint_registration, ErrorKind::failed},
    {1607, "ERROR_UNKNOWN_COMPONENT", "a component is not registered", hint_registration, ErrorKind::failed},
    {1608, "ERROR_UNKNOWN_PROPERTY", "a property is not known", hint_registration, ErrorKind::failed},
    {1609, "ERROR_INVALID_HANDLE_STATE", "a handle is in a state that does not allow the call", hint_log,
     ErrorKind::failed},
    {1610, "ERROR_BAD_CONFIGURATION", "the configuration data of the product is damaged",
     "Repair the product with the package it was installed from, or remove it, then run this again.",
     ErrorKind::failed},
    {1611, "ERROR_INDEX_ABSENT", "a component qualifier is not there", hint_registration, ErrorKind::failed},
    {1612, "ERROR_INSTALL_SOURCE_ABSENT", "the source of the installed product is not there",
     "The installer needs the very package that the installed version came from. Put that file, with its "
     "original name, back where it was; the log names the place.",
     ErrorKind::package_unreadable},
    {1613, "ERROR_INSTALL_PACKAGE_VERSION", "the package needs a newer Windows Installer",
     hint_newer_installer, ErrorKind::not_supported},
    {1614, "ERROR_PRODUCT_UNINSTALLED", "the product has been removed",
     "Run this again; when_absent decides what becomes of a product that is not there.",
     ErrorKind::not_found},
    {1615, "ERROR_BAD_QUERY_SYNTAX", "a query of the package's tables is invalid", hint_author,
     ErrorKind::package_invalid},
    {1616, "ERROR_INVALID_FIELD", "a field of the package's tables does not exist", hint_author,
     ErrorKind::package_invalid},
    {1618, "ERROR_INSTALL_ALREADY_RUNNING", "another installation is running",
     "Run this again when it has finished, or raise installer_timeout. After a crash, a msiexec that hangs "
     "may "
     "hold the installer.",
     ErrorKind::busy},
    {1619, "ERROR_INSTALL_PACKAGE_OPEN_FAILED", "the package could not be opened", hint_path,
     ErrorKind::package_unreadable},
    {1620, "ERROR_INSTALL_PACKAGE_INVALID", "the file is no valid package", hint_file,
     ErrorKind::package_invalid},
    {1621, "ERROR_INSTALL_UI_FAILURE", "the user interface of the installer could not be started",
     hint_service, ErrorKind::failed},
    {1622, "ERROR_INSTALL_LOG_FAILURE", "the log file could not be written",
     "Choose a log_path in a folder that exists and can be written.", ErrorKind::failed},
    {1623, "ERROR_INSTALL_LANGUAGE_UNSUPPORTED", "Windows does not support the package's language",
     "Get the package in a language that this Windows has.", ErrorKind::not_supported},
    {1624, "ERROR_INSTALL_TRANSFORM_FAILURE", "a transform could not be applied",
     "Check that every transform can be read and was made for this very package and version.",
     ErrorKind::failed},
    {1625, "ERROR_INSTALL_PACKAGE_REJECTED", "system policy forbids the installation", hint_policy,
     ErrorKind::refused},
    {1626, "ERROR_FUNCTION_NOT_CALLED", "a function could not be called", hint_log, ErrorKind::failed},
    {1627, "ERROR_FUNCTION_FAILED", "a function failed during the installation", hint_log, ErrorKind::failed},
    {1628, "ERROR_INVALID_TABLE", "a table of the package is invalid or missing", hint_author,
     ErrorKind::package_invalid},
    {1629, "ERROR_DATATYPE_MISMATCH", "data of the package has the wrong type", hint_author,
     ErrorKind::package_invalid},
    {1630, "ERROR_UNSUPPORTED_TYPE", "data of that type is not supported", hint_author,
     ErrorKind::package_invalid},
    {1631, "ERROR_CREATE_FAILED", "the installer service could not be started", hint_service,
     ErrorKind::failed},
    {1632, "ERROR_INSTALL_TEMP_UNWRITABLE", "the temporary folder is full or cannot be written",
     "Free or repair the temporary folder (TEMP) of the account that runs the helper, and of SYSTEM.",
     ErrorKind::failed},
    {1633, "ERROR_INSTALL_PLATFORM_UNSUPPORTED", "the package is for another processor",
     "Choose the package for this computer's processor.", ErrorKind::not_supported},
    {1634, "ERROR_INSTALL_NOTUSED", "a component is not used on this computer", hint_registration,
     ErrorKind::failed},
    {1635, "ERROR_PATCH_PACKAGE_OPEN_FAILED", "the patch could not be opened", hint_path,
     ErrorKind::package_unreadable},
    {1636, "ERROR_PATCH_PACKAGE_INVALID", "the file is no valid patch",
     "Get the patch again and compare its checksum. A whole package (.msi) is no patch (.msp) and is "
     "installed as a package.",
     ErrorKind::package_invalid},
    {1637, "ERROR_PATCH_PACKAGE_UNSUPPORTED", "the patch needs a newer Windows Installer",
     hint_newer_installer, ErrorKind::package_invalid},
    {1638, "ERROR_PRODUCT_VERSION", "another version of this product is installed",
     "What is installed has changed since it was looked at, or another user has the product. Run this again.",
     ErrorKind::wrong_state},
    {1639, "ERROR_INVALID_COMMAND_LINE", "the properties were not understood",
     "Check the names and values of properties.", ErrorKind::failed},
    {1640, "ERROR_INSTALL_REMOTE_DISALLOWED", "installing from a remote session is forbidden", hint_remote,
     ErrorKind::refused},
    {1641, "ERROR_SUCCESS_REBOOT_INITIATED", "it succeeded and a restart has begun",
     "Wait for the computer to come back, then run this again for what is left.", ErrorKind::internal},
    {1642, "ERROR_PATCH_TARGET_NOT_FOUND", "the product to be patched is not there, or has another version",
     hint_patch, ErrorKind::not_found},
    {1643, "ERROR_PATCH_PACKAGE_REJECTED", "system policy forbids the patch", hint_policy,
     ErrorKind::refused},
    {1644, "ERROR_INSTALL_TRANSFORM_REJECTED", "system policy forbids the transform", hint_policy,
     ErrorKind::refused},
    {1645, "ERROR_INSTALL_REMOTE_PROHIBITED", "installing over a remote connection is forbidden", hint_remote,
     ErrorKind::refused},
    {1646, "ERROR_PATCH_REMOVAL_UNSUPPORTED", "the patch cannot be removed",
     "Remove the product and install it again without the patch.", ErrorKind::not_supported},
    {1647, "ERROR_UNKNOWN_PATCH", "the patch is not known for this product", hint_patch,
     ErrorKind::not_found},
    {1648, "ERROR_PATCH_NO_SEQUENCE", "no order of the patches could be found", hint_patch,
     ErrorKind::refused},
    {1649, "ERROR_PATCH_REMOVAL_DISALLOWED", "policy forbids removing the patch", hint_policy,
     ErrorKind::refused},
    {1650, "ERROR_INVALID_PATCH_XML", "the data of the patch is invalid", hint_file,
     ErrorKind::package_invalid},
    {1651, "ERROR_PATCH_MANAGED_ADVERTISED_PRODUCT", "an advertised product cannot be patched",
     "Install the product first, then patch it.", ErrorKind::refused},
    {1652, "ERROR_INSTALL_SERVICE_SAFEBOOT", "the installer service does not run in safe mode",
     "Start the computer normally, then run this again.", ErrorKind::failed},
    {1653, "ERROR_ROLLBACK_DISABLED", "rollback is disabled, so several packages cannot be installed as one",
     "Allow rollback (policy DisableRollback, property DISABLEROLLBACK), or do without transaction.",
     ErrorKind::refused},
    {1654, "ERROR_INSTALL_REJECTED", "the package is not supported on this computer",
     "Get a package that is made for this edition of Windows and its processor; on Arm it must be signed by "
     "Microsoft.",
     ErrorKind::not_supported},
    {3010, "ERROR_SUCCESS_REBOOT_REQUIRED", "it succeeded and a restart is needed",
     "Restart the computer when it suits: files that were in use are replaced then.", ErrorKind::internal},
    {3011, "ERROR_SUCCESS_RESTART_REQUIRED", "it succeeded and a restart is needed",
     "Restart the computer when it suits.", ErrorKind::internal},
    {3017, "ERROR_FAIL_REBOOT_REQUIRED", "it failed and a restart is needed", hint_restart,
     ErrorKind::failed},
    {3018, "ERROR_FAIL_REBOOT_INITIATED", "it failed and a restart has begun",
     "Wait for the computer to come back, then run this again.", ErrorKind::failed},
    {0x80010105, "RPC_E_SERVERFAULT", "the provider of Win32_Product failed",
     "Look at the Application log (MsiInstaller, Application Error) and at WMI-Activity/Operational for what "
     "made the provider fail. The engine api needs no provider.",
     ErrorKind::failed},
});

static_assert(std::is_sorted(codes.begin(), codes.end(),
                             [](const auto& left, const auto& right) { return left.code < right.code; }));

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

std::span<const OutcomeCode> outcome_codes() {
    return codes;
}

bool is_success(std::uint32_t code) {
    return is_one_of(code, {0, 1641, 3010, 3011});
}

bool begins_reboot(std::uint32_t code) {
    return is_one_of(code, {1641, 3018});
}

bool wants_reboot(std::uint32_t code) {
    return is_one_of(code, {1604, 1641, 3010, 3011, 3017, 3018});
}

}  // namespace upshift
