// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/standard_input.hpp"

#include <windows.h>

#include "support/error.hpp"

namespace upshift {

std::size_t read_some_input(std::span<char> into) {
    HANDLE input = ::GetStdHandle(STD_INPUT_HANDLE);
    if (input == nullptr || input == INVALID_HANDLE_VALUE) {
        return 0;
    }
    DWORD read = 0;
    if (::ReadFile(input, into.data(), static_cast<DWORD>(into.size()), &read, nullptr) != FALSE) {
        return read;
    }
    const DWORD error = ::GetLastError();
    if (error == ERROR_BROKEN_PIPE || error == ERROR_HANDLE_EOF) {
        return 0;
    }
    throw OperationError({.kind = ErrorKind::invalid_arguments,
                          .attempted = "read the arguments from standard input",
                          .found = "the system refused it",
                          .needed = "one JSON object",
                          .code = code_text(error),
                          .code_family = "Windows"});
}

bool standard_input_is_terminal() {
    DWORD mode = 0;
    return ::GetConsoleMode(::GetStdHandle(STD_INPUT_HANDLE), &mode) != FALSE;
}

}  // namespace upshift
