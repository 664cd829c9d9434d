// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/windows/msi_install_engine.hpp"

#include "installer/outcome_codes.hpp"
#include "installer/property_line.hpp"
#include "installer/windows/message_listener.hpp"
#include "machine/windows/full_path.hpp"
#include "machine/windows/text.hpp"

namespace upshift {

namespace {

std::wstring command_line(const InstallOrder& order) {
    auto properties = order.properties;
    std::string transforms;
    for (const auto& path : order.transforms) {
        transforms += (transforms.empty() ? "" : ";") + windows::narrow(full_path(path));
    }
    if (!transforms.empty()) {
        properties.emplace_back("TRANSFORMS", transforms);
    }
    return windows::wide(property_line(properties));
}

UINT call_installer(const MsiFunctions& msi, const InstallOrder& order) {
    if (order.path.empty()) {
        return msi.configure_product(windows::wide(order.product_code).c_str(), INSTALLLEVEL_DEFAULT,
                                     INSTALLSTATE_ABSENT, command_line(order).c_str());
    }
    return msi.install_product(full_path(order.path).c_str(), command_line(order).c_str());
}

/// Logging is a setting of the whole process: on from here, off again at the end.
class LogScope {
  public:
    LogScope(const MsiFunctions& msi, const std::string& path) : msi_(msi), on_(!path.empty()) {
        constexpr DWORD everything =
            INSTALLLOGMODE_FATALEXIT | INSTALLLOGMODE_ERROR | INSTALLLOGMODE_WARNING | INSTALLLOGMODE_USER |
            INSTALLLOGMODE_INFO | INSTALLLOGMODE_RESOLVESOURCE | INSTALLLOGMODE_OUTOFDISKSPACE |
            INSTALLLOGMODE_ACTIONSTART | INSTALLLOGMODE_ACTIONDATA | INSTALLLOGMODE_COMMONDATA |
            INSTALLLOGMODE_PROPERTYDUMP | INSTALLLOGMODE_VERBOSE;
        if (on_) {
            code_ = msi_.enable_log(everything, full_path(path).c_str(), 0);
        }
    }
    LogScope(const LogScope&) = delete;
    LogScope& operator=(const LogScope&) = delete;
    ~LogScope() {
        if (on_) {
            msi_.enable_log(0, nullptr, 0);
        }
    }

    UINT code() const { return code_; }

  private:
    const MsiFunctions& msi_;
    bool on_;
    UINT code_ = ERROR_SUCCESS;
};

}  // namespace

InstallResult MsiInstallEngine::install(const InstallOrder& order, InstallObserver& observer) {
    const MsiFunctions& msi = msi_->functions();
    const LogScope log(msi, order.log_path);
    if (log.code() != ERROR_SUCCESS) {
        return {.code = ERROR_INSTALL_LOG_FAILURE};
    }
    const MessageListener listener(msi, observer);
    const UINT code = call_installer(msi, order);
    InstallResult result{.code = code};
    if (!is_success(code)) {
        result.failing_action = listener.action();
        result.texts = listener.texts();
    }
    return result;
}

/// What may not be looked at counts as there.
bool MsiInstallEngine::has_folder_for_log(const std::string& log_path) {
    const std::wstring full = full_path(log_path);
    const std::wstring folder = full.substr(0, full.find_last_of(L'\\') + 1);
    if (GetFileAttributesW(folder.c_str()) != INVALID_FILE_ATTRIBUTES) {
        return true;
    }
    const DWORD code = GetLastError();
    return code != ERROR_FILE_NOT_FOUND && code != ERROR_PATH_NOT_FOUND;
}

}  // namespace upshift
