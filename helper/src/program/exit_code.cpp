// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/exit_code.hpp"

namespace upshift {

int exit_code_of(const Answer& answer, bool detailed) {
    constexpr int failed = 1;
    constexpr int changed = 2;
    constexpr int unusable = 64;
    if (answer.failed) {
        return answer.error && answer.error->kind == ErrorKind::invalid_arguments ? unusable : failed;
    }
    return detailed && answer.changed ? changed : 0;
}

}  // namespace upshift
