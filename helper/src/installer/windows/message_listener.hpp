// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "installer/install_engine.hpp"
#include "installer/progress_meter.hpp"
#include "installer/windows/msi_library.hpp"

namespace upshift {

/// Hears the installer's messages during one installation, from construction to destruction: passes actions
/// and progress on, keeps error texts and the action they fell in, and cancels when asked. One at a time in a
/// process, because the installer has one listener per process.
class MessageListener {
  public:
    /// Neither is owned; both outlive the listener.
    MessageListener(const MsiFunctions& msi, InstallObserver& observer);
    MessageListener(const MessageListener&) = delete;
    MessageListener& operator=(const MessageListener&) = delete;
    ~MessageListener();

    /// The action under way when the first error was told or rollback began, else the last one begun.
    const std::string& action() const { return failing_action_.empty() ? current_action_ : failing_action_; }
    const std::vector<std::string>& texts() const { return texts_; }

  private:
    static int WINAPI receive(void* self, UINT message_type, MSIHANDLE record);
    void hear(UINT kind, MSIHANDLE record);
    void hear_action(MSIHANDLE record);
    void hear_progress(MSIHANDLE record);
    void hear_error(MSIHANDLE record);

    const MsiFunctions& msi_;
    InstallObserver& observer_;
    INSTALLUILEVEL previous_level_;
    INSTALLUI_HANDLER_RECORD previous_handler_ = nullptr;
    ProgressMeter meter_;
    int told_percent_ = -1;
    std::string current_action_;
    std::string failing_action_;
    std::vector<std::string> texts_;
};

}  // namespace upshift
