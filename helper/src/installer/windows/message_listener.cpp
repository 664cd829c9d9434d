// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/windows/message_listener.hpp"

#include <exception>

#include "installer/windows/msi_handle.hpp"
#include "machine/windows/text.hpp"

namespace upshift {

namespace {

constexpr DWORD heard_messages = INSTALLLOGMODE_FATALEXIT | INSTALLLOGMODE_ERROR |
                                 INSTALLLOGMODE_ACTIONSTART | INSTALLLOGMODE_ACTIONDATA |
                                 INSTALLLOGMODE_PROGRESS;

// 0 leaves a message to the installer. Wine 8.0 writes only such messages to the log.
constexpr int not_handled = 0;

constexpr UINT kind_mask = 0xFF000000;

}  // namespace

MessageListener::MessageListener(const MsiFunctions& msi, InstallObserver& observer)
    : msi_(msi), observer_(observer), previous_level_(msi.set_internal_ui(INSTALLUILEVEL_NONE, nullptr)) {
    msi_.set_external_ui(receive, heard_messages, this, &previous_handler_);
}

MessageListener::~MessageListener() {
    msi_.set_external_ui(previous_handler_, 0, nullptr, nullptr);
    msi_.set_internal_ui(previous_level_, nullptr);
}

int WINAPI MessageListener::receive(void* self, UINT message_type, MSIHANDLE record) {
    auto& listener = *static_cast<MessageListener*>(self);
    try {
        listener.hear(message_type & kind_mask, record);
        return listener.observer_.cancel_requested() ? IDCANCEL : not_handled;
    } catch (const std::exception&) {
        // No exception may cross the installer's frames, and no message is worth failing an installation.
        return not_handled;
    }
}

void MessageListener::hear(UINT kind, MSIHANDLE record) {
    // Wine 8.0 hands over records that cannot be read; their field count is -1.
    if (record == 0 || static_cast<int>(msi_.record_field_count(record)) < 0) {
        return;
    }
    switch (kind) {
        case INSTALLMESSAGE_ACTIONSTART:
            hear_action(record);
            break;
        case INSTALLMESSAGE_ACTIONDATA:
            meter_.action_data();
            break;
        case INSTALLMESSAGE_PROGRESS:
            hear_progress(record);
            break;
        case INSTALLMESSAGE_FATALEXIT:
        case INSTALLMESSAGE_ERROR:
            hear_error(record);
            break;
        default:
            break;
    }
}

void MessageListener::hear_action(MSIHANDLE record) {
    std::string action = record_text(msi_, record, 1);
    if (action == "Rollback" && failing_action_.empty()) {
        failing_action_ = current_action_;
    }
    current_action_ = std::move(action);
    observer_.action_started(current_action_);
}

void MessageListener::hear_progress(MSIHANDLE record) {
    const auto field = [&](unsigned number) {
        const int value = msi_.record_integer(record, number);
        return value == static_cast<int>(MSI_NULL_INTEGER) ? 0 : value;
    };
    meter_.progress({field(1), field(2), field(3)});
    if (meter_.percent() != told_percent_) {
        told_percent_ = meter_.percent();
        observer_.progressed(told_percent_);
    }
}

void MessageListener::hear_error(MSIHANDLE record) {
    if (failing_action_.empty()) {
        failing_action_ = current_action_;
    }
    auto [code, text] =
        read_text([&](wchar_t* buffer, DWORD* size) { return msi_.format_record(0, record, buffer, size); });
    if (code == ERROR_SUCCESS && !text.empty()) {
        texts_.push_back(windows::narrow(text));
    }
}

}  // namespace upshift
