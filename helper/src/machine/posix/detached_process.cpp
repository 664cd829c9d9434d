// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/detached_process.hpp"

#include <linux/close_range.h>
#include <string>
#include <unistd.h>

#include <boost/process/args.hpp>
#include <boost/process/child.hpp>
#include <boost/process/exe.hpp>
#include <boost/process/extend.hpp>
#include <boost/process/io.hpp>
#include <boost/process/pipe.hpp>

#include "support/error.hpp"

namespace upshift {

namespace {

namespace bp = boost::process;

/// In the new process, before it becomes another program: one that is not the caller's child is not found by
/// whoever ends the caller and its children.
struct LeaveSession : bp::extend::handler {
    template <typename Executor>
    void on_exec_setup(Executor& /*executor*/) const {
        // Whoever reads from the other end of a pipe of the caller's would wait for the detached run
        // otherwise.
        (void)::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
        ::setsid();
        if (::fork() != 0) {
            ::_exit(0);
        }
    }
};

void write_all(bp::pipe& pipe, std::string_view text) {
    while (!text.empty()) {
        const int written = pipe.write(text.data(), static_cast<int>(text.size()));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    pipe.close();
}

}  // namespace

void start_detached(const std::vector<std::string>& words, std::string_view input) {
    try {
        bp::pipe to_child;
        bp::child child(bp::exe("/proc/self/exe"), bp::args(words), LeaveSession(), bp::std_out > bp::null,
                        bp::std_err > bp::null, bp::std_in < to_child);
        child.wait();
        write_all(to_child, input);
    } catch (const std::system_error& error) {
        throw OperationError({.kind = ErrorKind::failed,
                              .attempted = "start a detached run",
                              .found = error.code().message()});
    }
}

}  // namespace upshift
