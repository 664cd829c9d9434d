// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/job.hpp"

#include <algorithm>

#include "cim/method_codes.hpp"

namespace upshift::cim {

namespace {

// JobState ("Msvm_ConcreteJob class"). 32768 is not on that page; Microsoft's own client and samples know it.
constexpr std::int64_t state_new = 2;
constexpr std::int64_t state_shutting_down = 6;
constexpr std::int64_t state_completed = 7;
constexpr std::int64_t state_terminated = 8;
constexpr std::int64_t state_killed = 9;
constexpr std::int64_t state_exception = 10;
constexpr std::int64_t state_service = 11;
constexpr std::int64_t state_query_pending = 12;
constexpr std::int64_t state_completed_with_warnings = 32768;

bool is_state_under_way(std::int64_t state) {
    return (state >= state_new && state <= state_shutting_down) || state == state_service ||
           state == state_query_pending;
}

JobEnd end_of(std::int64_t state, std::uint32_t error_code) {
    switch (state) {
        case state_completed:
            return error_code == 0 ? JobEnd::completed : JobEnd::failed;
        case state_completed_with_warnings:
            return JobEnd::completed_with_warnings;
        case state_terminated:
        case state_killed:
        case state_exception:
            return JobEnd::failed;
        default:
            return JobEnd::unknown_state;
    }
}

std::uint32_t error_code_of(const Instance& job) {
    const auto code = job.number("ErrorCode").value_or(0);
    // "Job started" is no error to Microsoft's client either.
    return code == method_job_started ? 0 : static_cast<std::uint32_t>(code);
}

/// Adds a text unless one that is there says as much.
void add_text(std::vector<std::string>& texts, const std::string& text) {
    const bool is_told = std::any_of(texts.begin(), texts.end(), [&](const std::string& told) {
        return told.find(text) != std::string::npos;
    });
    if (!text.empty() && !is_told) {
        texts.push_back(text);
    }
}

std::vector<std::string> descriptions_of(const Instance& job) {
    std::vector<std::string> texts;
    for (const auto* name : {"ErrorSummaryDescription", "ErrorDescription"}) {
        add_text(texts, job.text(name));
    }
    return texts;
}

std::string what_became_of(const JobResult& result) {
    switch (result.state) {
        case state_completed:
            return "its job completed with an error";
        case state_terminated:
            return "its job was terminated";
        case state_killed:
            return "its job was killed";
        case state_exception:
            return "its job failed";
        default:
            return "its job is in the unknown state " + std::to_string(result.state);
    }
}

}  // namespace

JobResult wait_for_job(CimSession& session, const ObjectPath& path, const Patience& patience,
                       const std::function<void(int percent)>& on_percent) {
    Poller poller(patience);
    JobResult result;
    while (true) {
        const auto job = session.get(path, {"JobState", "PercentComplete", "ErrorCode", "ErrorDescription",
                                            "ErrorSummaryDescription"});
        if (!job) {
            result.end = JobEnd::gone;
            return result;
        }
        result.state = job->number("JobState").value_or(0);
        if (!is_state_under_way(result.state)) {
            result.error_code = error_code_of(*job);
            result.descriptions = descriptions_of(*job);
            result.end = end_of(result.state, result.error_code);
            return result;
        }
        on_percent(static_cast<int>(job->number("PercentComplete").value_or(-1)));
        const auto pause = poller.pause();
        if (pause != WaitEnd::over) {
            result.end = pause == WaitEnd::timed_out ? JobEnd::timed_out : JobEnd::stopped;
            return result;
        }
    }
}

std::string id_of_job(const ObjectPath& job) {
    return job.keys.size() == 1 ? job.keys.front().second : "";
}

bool is_under_way(CimSession& session, const ObjectPath& job) {
    const auto instance = session.get(job, {"JobState"});
    return instance && is_state_under_way(instance->number("JobState").value_or(0));
}

void add_error_texts(CimSession& session, const ObjectPath& job, const ObjectPath& service,
                     JobResult& result) {
    try {
        const auto told = session.invoke(job, "GetErrorEx", {});
        const auto* errors = told.find<std::vector<std::string>>("Errors");
        if (errors == nullptr || errors->empty()) {
            return;
        }
        // The errors are CIM-XML; only Hyper-V itself puts them into words.
        const auto formatted = session.invoke(service, "FormatError", {{"Errors", *errors}});
        const auto* text = formatted.find<std::string>("ErrorMessage");
        if (text != nullptr) {
            add_text(result.descriptions, *text);
        }
    } catch (const OperationError&) {
        return;  // what failed is told anyway
    }
}

std::string joined_descriptions(const JobResult& result) {
    std::string text;
    for (const auto& description : result.descriptions) {
        text += (text.empty() ? "" : " ") + description;
    }
    return text;
}

ErrorDetail job_error(const JobResult& result, const std::string& method, const std::string& attempted,
                      const std::string& object) {
    ErrorDetail detail{.kind = ErrorKind::failed, .attempted = attempted, .object = object};
    if (result.error_code != 0) {
        detail = method_error(result.error_code, method, attempted, object);
        detail.found = what_became_of(result) + ": " + detail.found;
        detail.code_family = method + " job";
    } else {
        detail.found = what_became_of(result);
    }
    detail.cause = joined_descriptions(result);
    return detail;
}

}  // namespace upshift::cim
