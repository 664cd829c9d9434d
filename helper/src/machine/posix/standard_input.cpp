// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/standard_input.hpp"

#include <cerrno>
#include <system_error>
#include <unistd.h>

#include "support/error.hpp"

namespace upshift {

std::size_t read_some_input(std::span<char> into) {
    while (true) {
        const ssize_t read = ::read(STDIN_FILENO, into.data(), into.size());
        if (read >= 0) {
            return static_cast<std::size_t>(read);
        }
        if (errno == EINTR) {
            continue;
        }
        throw OperationError({.kind = ErrorKind::invalid_arguments,
                              .attempted = "read the arguments from standard input",
                              .found = std::generic_category().message(errno),
                              .needed = "one JSON object",
                              .code = std::to_string(errno),
                              .code_family = "errno"});
    }
}

bool standard_input_is_terminal() {
    return ::isatty(STDIN_FILENO) != 0;
}

}  // namespace upshift
