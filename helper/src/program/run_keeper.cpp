// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/run_keeper.hpp"

#include <system_error>
#include <thread>
#include <utility>

#include "contract/json/progress.hpp"
#include "machine/stop_signal.hpp"
#include "support/leave_running.hpp"

namespace upshift {

namespace {

constexpr std::chrono::milliseconds between_looks{200};
constexpr std::chrono::milliseconds between_notes{200};

OperationError unusable(const std::string& path, const std::string& found) {
    return OperationError({.kind = ErrorKind::failed,
                           .attempted = "keep the detached run in",
                           .object = path,
                           .found = found,
                           .needed = "a folder that this user may write to"});
}

/// Steps come faster than anybody polls: but for the first ones of each moment they are left out.
class KeptProgress : public ProgressDisplay {
  public:
    KeptProgress(RunFolder folder, std::string id) : folder_(std::move(folder)), id_(std::move(id)) {}

    void report(const ProgressEvent& event) override {
        const std::scoped_lock lock(mutex_);
        const auto now = std::chrono::steady_clock::now();
        if (now < next_) {
            return;
        }
        next_ = now + between_notes;
        try {
            folder_.write_progress(id_, to_json_line(event));
        } catch (const std::system_error&) {
            return;  // whoever polls sees an older state of it; the run itself does not depend on that
        }
    }
    void finish(const Answer& /*answer*/) override {}

  private:
    RunFolder folder_;
    std::string id_;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace

RunKeeper::RunKeeper(std::string id, AnswerChannel& channel) : folder_(state_place()), id_(std::move(id)) {
    if (!is_run_id(id_)) {
        throw unusable(id_, "it is no id of a run");
    }
    try {
        folder_.make();
    } catch (const std::system_error& error) {
        throw unusable(folder_.answer_path(id_), error.code().message());
    }
    if (!channel.redirect(folder_.answer_path(id_))) {
        throw unusable(folder_.answer_path(id_), "it cannot be made");
    }
}

void RunKeeper::begin(std::string_view record) {
    try {
        held_ = folder_.begin(id_, record);
    } catch (const std::system_error& error) {
        throw unusable(folder_.answer_path(id_), error.code().message());
    }
    leave_running(std::thread([this] { watch_for_cancel(); }));
}

std::unique_ptr<ProgressDisplay> RunKeeper::make_display() const {
    return std::make_unique<KeptProgress>(folder_, id_);
}

void RunKeeper::watch_for_cancel() const {
    while (!folder_.is_asked_to_cancel(id_)) {
        std::this_thread::sleep_for(between_looks);
    }
    ask_this_process_to_stop();
}

}  // namespace upshift
