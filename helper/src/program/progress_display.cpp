// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/progress_display.hpp"

#include <mutex>

#include "contract/json/progress.hpp"
#include "machine/standard_error.hpp"
#include "program/terminal_display.hpp"

namespace upshift {

namespace {

class NoDisplay : public ProgressDisplay {
  public:
    void report(const ProgressEvent& /*event*/) override {}
    void finish(const Answer& /*answer*/) override {}
};

class JsonDisplay : public ProgressDisplay {
  public:
    void report(const ProgressEvent& event) override {
        const std::string line = to_json_line(event) + "\n";
        const std::scoped_lock lock(mutex_);
        write_standard_error(line);
    }
    void finish(const Answer& /*answer*/) override {}

  private:
    std::mutex mutex_;
};

}  // namespace

std::unique_ptr<ProgressDisplay> make_progress_display(ProgressChoice choice) {
    if (choice == ProgressChoice::json) {
        return std::make_unique<JsonDisplay>();
    }
    if (choice == ProgressChoice::automatic && standard_error_terminal()) {
        return std::make_unique<TerminalDisplay>();
    }
    return std::make_unique<NoDisplay>();
}

}  // namespace upshift
