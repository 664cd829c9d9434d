// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/detached_process.hpp"

#include <windows.h>

#include <string>

// clang-format off
// Boost.Process 1.81 uses these two and does not include them: they go first.
#include <boost/system/error_code.hpp>
#include <boost/winapi/handle_info.hpp>
// clang-format on

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>

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

}  // namespace

void start_detached(const std::vector<std::string>& words, std::string_view input) {
    std::vector<std::wstring> wide_words;
    for (const auto& word : words) {
        wide_words.push_back(windows::wide(word));
    }
    keep_streams_to_ourselves();
    try {
        bp::pipe to_child;
        bp::child child(bp::exe(own_path()), bp::args(wide_words), LeaveJob(), bp::std_out > bp::null,
                        bp::std_err > bp::null, bp::std_in < to_child);
        child.detach();
        write_all(to_child, input);
    } catch (const std::system_error& error) {
        throw OperationError({.kind = ErrorKind::failed,
                              .attempted = "start a detached run",
                              .found = error.code().message()});
    }
}

}  // namespace upshift
