// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/run_context.hpp"

namespace upshift::simulation {

/// A Msvm_ConcreteJob of one VM: how it runs, how it ends, and what it brings about where it ends well.
struct VmJob {
    std::string id;  ///< InstanceID
    std::string title;
    bool foreign = false;  ///< begun by another client of the host

    std::string new_version;         ///< empty: the version stays
    std::string new_state;           ///< empty: the state stays
    std::string cleared_checkpoint;  ///< InstanceID of its settings; empty: none loses its saved state

    Clock::TimePoint begun;
    Clock::TimePoint due;
    std::int64_t polls = 0;                  ///< ends at that many readings, in place of the time; 0 is none
    std::optional<std::int64_t> polls_left;  ///< only with polls

    std::int64_t end_state = 7;
    std::int64_t error_code = 0;
    std::string error_description;
    std::vector<std::string> errors;  ///< texts that GetErrorEx gives
    bool vanishes = false;            ///< its instance is gone as soon as it has ended

    std::int64_t percent = 0;
    bool ended = false;

    bool gone() const { return ended && vanishes; }
    /// A described job may end in a state that is no end: then it stays under way for ever.
    bool under_way() const { return !ended || !is_end(end_state); }

    /// JobState: completed, terminated, killed, exception, completed with warnings ("Msvm_ConcreteJob
    /// class").
    static bool is_end(std::int64_t job_state) {
        return (job_state >= 7 && job_state <= 10) || job_state == 32768;
    }
};

}  // namespace upshift::simulation
