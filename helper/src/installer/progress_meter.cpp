// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/progress_meter.hpp"

#include <algorithm>

namespace upshift {

namespace {

// Field 1 of a progress message.
enum class Subtype { reset = 0, action_info = 1, report = 2, extend_total = 3 };

}  // namespace

void ProgressMeter::progress(const std::array<int, 3>& fields) {
    switch (static_cast<Subtype>(fields[0])) {
        case Subtype::reset:
            total_ = fields[1];
            done_ = 0;
            ticks_per_action_data_ = 0;
            break;
        case Subtype::action_info:
            ticks_per_action_data_ = fields[2] == 1 ? fields[1] : 0;
            break;
        case Subtype::report:
            done_ += fields[1];
            break;
        case Subtype::extend_total:
            total_ += fields[1];
            break;
    }
}

void ProgressMeter::action_data() {
    done_ += ticks_per_action_data_;
}

int ProgressMeter::percent() const {
    if (total_ <= 0) {
        return -1;
    }
    return static_cast<int>(std::clamp<std::int64_t>(done_ * 100 / total_, 0, 100));
}

}  // namespace upshift
