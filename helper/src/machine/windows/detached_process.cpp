// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/detached_process.hpp"

#include <windows.h>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

// clang-format off
// Boost.Process 1.81 uses these two and does not include them: they go first.
#include <boost/system/error_code.hpp>
#include <boost/winapi/handle_info.hpp>
// clang-format on

#include <boost/process/child.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>

#include "cim/windows/com_connector.hpp"
#include "machine/state_folder.hpp"
#include "machine/windows/handle_list.hpp"
#include "machine/windows/input_pipe.hpp"
#include "machine/windows/own_path.hpp"
#include "machine/windows/task_scheduler.hpp"
#include "machine/windows/text.hpp"
#include "support/error.hpp"

namespace upshift {

namespace {

namespace bp = boost::process;

/// A job that its owner lets nothing leave refuses this ("Process Creation Flags"). The command line is given
/// here and not as bp::cmd, which brings the search for a shell, and with it std::filesystem and every
/// locale: 430 kB.
struct LeaveJob : bp::extend::handler {
    explicit LeaveJob(std::wstring command_line) : line(std::move(command_line)) {}

    template <typename Executor>
    void on_setup(Executor& executor) {
        executor.cmd_line = line.data();
        executor.creation_flags |= CREATE_BREAKAWAY_FROM_JOB | CREATE_NO_WINDOW | CREATE_NEW_PROCESS_GROUP;
        // Standard input is there by then: it was given first.
        inherited.emplace(executor.startup_info.hStdInput);
        executor.set_startup_info_ex();
        executor.startup_info_ex.lpAttributeList =
            reinterpret_cast<boost::winapi::PPROC_THREAD_ATTRIBUTE_LIST_>(inherited->get());
    }

    std::wstring line;
    std::optional<HandleList> inherited;
};

}  // namespace

}  // namespace upshift

/// As the library's own wide words have it.
template <>
struct boost::process::detail::is_wchar_t<upshift::LeaveJob> : std::true_type {};

namespace upshift {

namespace {

void write_all(bp::pipe& pipe, std::string_view text) {
    while (!text.empty()) {
        const int written = pipe.write(text.data(), static_cast<int>(text.size()));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    pipe.close();
}

OperationError not_started(const std::string& found, const std::string& cause = "") {
    return OperationError({.kind = ErrorKind::failed,
                           .attempted = "start a detached run",
                           .found = found,
                           .hint = "Nothing was altered.",
                           .cause = cause});
}

/// Nothing in the words needs quotes: names of operations, ids and switches.
std::string joined(const std::vector<std::string>& words) {
    std::string line;
    for (const auto& word : words) {
        line += (line.empty() ? "" : " ") + word;
    }
    return line;
}

std::string command_line_of(const std::vector<std::string>& words) {
    return "\"" + windows::narrow(own_path()) + "\" " + joined(words);
}

/// A child of the service of WMI, in no job of ours ("Create method of the Win32_Process class").
void start_by_wmi(const std::vector<std::string>& words) {
    cim::ComConnector connector;
    const auto session = connector.connect(".", R"(root\cimv2)");
    const auto code =
        session->invoke({"Win32_Process", {}}, "Create", {{"CommandLine", command_line_of(words)}})
            .return_value;
    if (code != 0) {
        throw not_started("Win32_Process.Create answers " + std::to_string(code));
    }
}

void start_by_wmi_or_task(const std::vector<std::string>& words, const std::string& task_name) {
    try {
        start_by_wmi(words);
    } catch (const OperationError& without_wmi) {
        try {
            start_by_task_scheduler(task_name, windows::narrow(own_path()), joined(words));
        } catch (const OperationError& without_task) {
            throw not_started("this session lets no process outlive it, and neither way around that works",
                              std::string(without_wmi.what()) + " " + without_task.what());
        }
    }
}

/// What a service starts inherits nothing from us, neither handles nor the environment.
void start_by_service(std::vector<std::string> words, std::string_view input) {
    if (state_place().chosen) {
        throw not_started(
            "this session lets no process outlive it, and one that a service starts would not know "
            "UPSHIFT_STATE_DIR");
    }
    InputPipe pipe;
    words.insert(words.end(), {"--input", pipe.name()});
    // Without a name of its own two runs at once would share a task.
    const std::string task_name = "Upshift " + pipe.name().substr(pipe.name().rfind('\\') + 1);
    start_by_wmi_or_task(words, task_name);
    pipe.give(input);
}

/// False where the job lets nothing leave it.
bool start_outside_job(const std::vector<std::string>& words, std::string_view input) {
    try {
        bp::pipe to_child;
        LeaveJob leave_job(windows::wide(command_line_of(words)));
        bp::child child(bp::std_in < to_child, leave_job);
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
    if (!start_outside_job(words, input)) {
        start_by_service(words, input);
    }
}

}  // namespace upshift
