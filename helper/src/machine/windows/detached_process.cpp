// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/detached_process.hpp"

#include <windows.h>

#include <string>

// clang-format off
// Boost.Process 1.81 uses these two and does not include them: they go first.
#include <boost/system/error_code.hpp>
#include <boost/winapi/handle_info.hpp>
// clang-format on

#include <boost/process/child.hpp>
#include <boost/process/cmd.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>

#include "cim/windows/com_connector.hpp"
#include "machine/state_folder.hpp"
#include "machine/windows/input_pipe.hpp"
#include "machine/windows/own_path.hpp"
#include "machine/windows/text.hpp"
#include "support/error.hpp"

namespace upshift {

namespace {

namespace bp = boost::process;

/// A job that its owner lets nothing leave refuses this ("Process Creation Flags").
struct LeaveJob : bp::extend::handler {
    template <typename Executor>
    void on_setup(Executor& executor) const {
        executor.creation_flags |= CREATE_BREAKAWAY_FROM_JOB | CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP;
    }
};

/// Whoever reads the caller's streams would otherwise wait until the detached run closes its copies.
void keep_streams_to_ourselves() {
    for (const DWORD stream : {STD_INPUT_HANDLE, STD_ERROR_HANDLE}) {
        SetHandleInformation(GetStdHandle(stream), HANDLE_FLAG_INHERIT, 0);
    }
}

void write_all(bp::pipe& pipe, std::string_view text) {
    while (!text.empty()) {
        const int written = pipe.write(text.data(), static_cast<int>(text.size()));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    pipe.close();
}

OperationError not_started(const std::string& found) {
    return OperationError({.kind = ErrorKind::failed,
                           .attempted = "start a detached run",
                           .found = found,
                           .hint = "Nothing was altered."});
}

/// Nothing in the words needs quotes: names of operations, ids and switches.
std::string command_line_of(const std::vector<std::string>& words) {
    std::string line = "\"" + windows::narrow(own_path()) + "\"";
    for (const auto& word : words) {
        line += " " + word;
    }
    return line;
}

/// The service of WMI starts it: a child of that service, and in no job of ours ("Create method of the
/// Win32_Process class"). It inherits nothing, neither handles nor the environment.
void start_by_wmi(std::vector<std::string> words, std::string_view input) {
    if (state_place().chosen) {
        throw not_started(
            "this session lets no process outlive it, and one that WMI starts would not know "
            "UPSHIFT_STATE_DIR");
    }
    InputPipe pipe;
    words.insert(words.end(), {"--input", pipe.name()});
    cim::ComConnector connector;
    const auto session = connector.connect(".", R"(root\cimv2)");
    const auto code =
        session->invoke({"Win32_Process", {}}, "Create", {{"CommandLine", command_line_of(words)}})
            .return_value;
    if (code != 0) {
        throw not_started("Win32_Process.Create answers " + std::to_string(code));
    }
    pipe.give(input);
}

/// False where the job lets nothing leave it.
bool start_outside_job(const std::vector<std::string>& words, std::string_view input) {
    try {
        bp::pipe to_child;
        bp::child child(windows::wide(command_line_of(words)), LeaveJob(), bp::std_in < to_child);
        child.detach();
        write_all(to_child, input);
        return true;
    } catch (const std::system_error& error) {
        if (error.code().value() == ERROR_ACCESS_DENIED) {
            return false;
        }
        throw not_started(error.code().message());
    }
}

}  // namespace

void start_detached(const std::vector<std::string>& words, std::string_view input) {
    keep_streams_to_ourselves();
    if (!start_outside_job(words, input)) {
        start_by_wmi(words, input);
    }
}

}  // namespace upshift
