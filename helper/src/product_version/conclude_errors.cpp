// SPDX-License-Identifier: GPL-3.0-or-later
#include "product_version/conclude_errors.hpp"

#include <string>

namespace upshift {

namespace {

constexpr const char* look_in_log = "The log named in the answer says what the installer did.";
// "MsiExec.exe and InstMsi.exe Error Messages", Microsoft.
constexpr std::uint32_t install_user_exit = 1602;
constexpr const char* answered_success = "the installer answered that it succeeded, but ";

ErrorDetail error_for(const TargetRow& row) {
    ErrorDetail detail;
    detail.kind = ErrorKind::failed;
    detail.attempted = is_new_product(row) ? "install the product" : "upgrade the product";
    detail.object = row.name;
    return detail;
}

ErrorKind kind_of(Interruption interruption) {
    return interruption == Interruption::timeout ? ErrorKind::timeout : ErrorKind::cancelled;
}

std::string why_interrupted(const InstallRun& run) {
    return run.interruption == Interruption::timeout
               ? "it took longer than timeout (" + std::to_string(run.timeout.count()) + " s)"
               : "the run was told to stop";
}

std::string hint_after(Interruption interruption) {
    return interruption == Interruption::timeout
               ? "The log named in the answer says what took so long. Raise timeout if it is to take longer."
               : "Run this again to finish it.";
}

void add_code(ErrorDetail& detail, const OutcomeCode& meaning) {
    detail.code = code_text(meaning.code);
    detail.code_family = meaning.code < 0x80000000U ? "Windows Installer" : "HRESULT";
    detail.symbol = meaning.symbol;
}

}  // namespace

bool is_new_product(const TargetRow& row) {
    return row.version_before.empty();
}

std::string listed(const std::vector<InstalledProduct>& products) {
    std::string text;
    for (std::size_t i = 0; i < products.size(); ++i) {
        const std::string separator = i + 1 == products.size() ? " and " : ", ";
        text += (i == 0 ? "" : separator) + "version " + products[i].version + " (" +
                products[i].product_code + ")";
    }
    return text;
}

ErrorDetail still_running_error(const TargetRow& row, const InstallRun& run) {
    ErrorDetail detail = error_for(row);
    detail.kind = kind_of(run.interruption);
    detail.found =
        why_interrupted(run) +
        (run.abilities.cancels ? ", and the installer did not cancel: the installation goes on"
                               : ", and Win32_Product cannot be told to cancel: the installation may go on");
    detail.hint = "Let the installation end, then run this again.";
    return detail;
}

ErrorDetail code_error(const TargetRow& row, const InstallRun& run) {
    const InstallResult result = run.result.value_or(InstallResult());
    const OutcomeCode meaning = outcome_code(result.code);
    ErrorDetail detail = error_for(row);
    detail.kind = meaning.kind;
    detail.found = "the installer answered: " + std::string(meaning.text);
    detail.hint = result.hint.empty() ? meaning.hint : result.hint;
    if (run.interruption != Interruption::none) {
        detail.kind = kind_of(run.interruption);
        detail.found = why_interrupted(run) + "; the installer was asked to cancel, and " +
                       (result.code == install_user_exit ? "did" : "answered: " + std::string(meaning.text));
        detail.hint = hint_after(run.interruption);
    }
    if (!result.failing_action.empty()) {
        detail.found += ", in the action " + result.failing_action;
    }
    for (const auto& text : result.texts) {
        detail.cause += (detail.cause.empty() ? "" : " ") + text;
    }
    add_code(detail, meaning);
    return detail;
}

ErrorDetail version_error(const TargetRow& row) {
    ErrorDetail detail = error_for(row);
    detail.found = answered_success + ("version " + row.version_wanted) + " is not what is installed";
    detail.needed = "version " + row.version_wanted + " installed";
    detail.hint = look_in_log;
    return detail;
}

ErrorDetail package_error(const TargetRow& row) {
    ErrorDetail detail = error_for(row);
    detail.found =
        answered_success + ("another build of version " + row.version_wanted) + " is what is installed";
    detail.needed = "the build of the package";
    detail.hint = look_in_log;
    return detail;
}

ErrorDetail feature_error(const TargetRow& row, const Feature& lost) {
    ErrorDetail detail = error_for(row);
    detail.found = answered_success + ("the feature \"" + lost.name + "\"") + " of it is now " +
                   (lost.state == FeatureState::advertised ? "merely advertised" : "absent");
    detail.needed = "every feature that was installed before";
    detail.hint =
        "A package that removes a component from a feature does this: it takes a major upgrade. The property "
        "MSIENFORCEUPGRADECOMPONENTRULES=1 makes the installer refuse such a package.";
    return detail;
}

ErrorDetail remaining_error(const TargetRow& row, const std::vector<InstalledProduct>& remaining) {
    ErrorDetail detail = error_for(row);
    detail.found = answered_success + listed(remaining) + ", to be replaced, " +
                   (remaining.size() == 1 ? "is" : "are") + " still installed beside it";
    detail.needed = "nothing but version " + row.version_wanted;
    detail.hint =
        "Run this again: it is removed first then. The log named in the answer says why it was not removed.";
    return detail;
}

ErrorDetail log_error(const TargetRow& row, const std::string& log_path) {
    ErrorDetail detail = error_for(row);
    detail.kind = ErrorKind::refused;
    detail.found = "the log cannot be written: the folder of log_path \"" + log_path + "\" is not there";
    detail.needed = "a log_path in a folder that is there";
    detail.hint = "Make the folder first (ansible.windows.win_file), or leave log_path out.";
    return detail;
}

ErrorDetail patch_error(const TargetRow& row) {
    ErrorDetail detail = error_for(row);
    detail.found = answered_success + ("the patch " + row.patch_code) + " is not among those of the product";
    detail.needed = "the patch applied";
    detail.hint = look_in_log;
    return detail;
}

void speak_of_no_log(ErrorDetail& detail) {
    if (detail.hint.find("log named") != std::string::npos ||
        detail.hint.find("the log ") != std::string::npos) {
        detail.hint =
            "Win32_Product writes no log: the Application event log (MsiInstaller) may tell more, and the "
            "policy "
            "Logging of Windows Installer makes it write one.";
    }
}

ErrorDetail busy_error(const TargetRow& row) {
    const OutcomeCode meaning = outcome_code(1618);
    ErrorDetail detail = error_for(row);
    detail.kind = ErrorKind::busy;
    detail.found = std::string(meaning.text) + ", and did not end within installer_timeout";
    detail.hint = meaning.hint;
    add_code(detail, meaning);
    return detail;
}

}  // namespace upshift
