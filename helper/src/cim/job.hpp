// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cim/cim_session.hpp"
#include "support/error.hpp"
#include "support/poller.hpp"

namespace upshift::cim {

enum class JobEnd {
    completed,
    completed_with_warnings,
    failed,         ///< terminated, killed, exception; or completed with an error code
    unknown_state,  ///< a JobState that no table knows
    gone,           ///< jobs are removed some minutes after their end: only reading back decides
    timed_out,      ///< still under way
    stopped,        ///< still under way
};

struct JobResult {
    JobEnd end = JobEnd::completed;
    std::int64_t state = 0;                 ///< JobState as read last
    std::uint32_t error_code = 0;           ///< 0 where there is none
    std::vector<std::string> descriptions;  ///< all that the job tells, in the host's language
};

/// Waits for a Msvm_ConcreteJob through all its states. Throws what CimSession::get throws.
JobResult wait_for_job(CimSession& session, const ObjectPath& path, const Patience& patience,
                       const std::function<void(int percent)>& on_percent);

/// The key of a job, which no other job has; empty where the path has none.
std::string id_of_job(const ObjectPath& job);

/// Whether it is there and has not ended.
bool is_under_way(CimSession& session, const ObjectPath& job);

/// Adds what GetErrorEx tells of the job, put into words by FormatError of the management service. Nothing is
/// added where the host cannot say.
void add_error_texts(CimSession& session, const ObjectPath& job, const ObjectPath& service,
                     JobResult& result);

/// The error for a job that ended as failed or in an unknown state.
ErrorDetail job_error(const JobResult& result, const std::string& method, const std::string& attempted,
                      const std::string& object);

/// All descriptions in one text, each once.
std::string joined_descriptions(const JobResult& result);

}  // namespace upshift::cim
