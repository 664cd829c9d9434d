// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/fault_plan.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>

#include <nlohmann/json.hpp>

#include "simulation/cim_namespace.hpp"
#include "simulation/model_world.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

namespace {

constexpr std::int64_t many = 1'000'000'000;
constexpr std::array<std::string_view, 5> kinds{"connect", "query", "get", "references", "invoke"};

constexpr const char* calls_to_name =
    R"("connect NAMESPACE", "query CLASS", "get CLASS", "references CLASS", "invoke METHOD", or "*")";

void read_call(RowReader& row, DescribedFault& fault) {
    const std::string at = row.required_text("at");
    if (at == "*") {
        return;
    }
    const auto space = at.find(' ');
    fault.kind = at.substr(0, space);
    fault.subject = space == std::string::npos ? "" : at.substr(space + 1);
    if (fault.subject.empty() || std::find(kinds.begin(), kinds.end(), fault.kind) == kinds.end()) {
        row.refuse("at", "the text \"" + at + "\"", calls_to_name);
    }
}

std::string at_of(const DescribedFault& fault) {
    return fault.kind.empty() ? "*" : fault.kind + " " + fault.subject;
}

bool fits(const DescribedFault& fault, std::string_view kind, std::string_view subject,
          std::string_view host) {
    return (fault.kind.empty() || (fault.kind == kind && same_text(fault.subject, subject))) &&
           (fault.host.empty() || same_text(fault.host, host));
}

}  // namespace

DescribedFault read_fault(RowReader row) {
    DescribedFault fault;
    read_call(row, fault);
    fault.host = row.text_or("host", "");
    fault.hangs = row.boolean("hang").value_or(false);
    fault.code = row.code("code").value_or(0);
    if (fault.hangs == (fault.code != 0)) {
        row.refuse("code", fault.hangs ? "given beside hang" : "not given", "one of code and hang");
    }
    fault.times = row.integer("times", 1, many).value_or(1);
    fault.skip = row.integer("skip", 0, many).value_or(0);
    fault.takes_effect = row.boolean("takes_effect").value_or(false);
    if (fault.takes_effect && fault.kind != "invoke") {
        row.refuse("takes_effect", "true", "a row at \"invoke METHOD\": only methods have an effect");
    }
    constexpr std::uint32_t first_failure = 0x80000000;
    if (!fault.hangs && fault.code < first_failure) {
        row.refuse("code", "the number " + std::to_string(fault.code),
                   "a code with which WMI or COM tells a failure, from 0x80000000 up");
    }
    row.finish();
    return fault;
}

std::optional<DescribedFault> FaultPlan::meet(std::string_view kind, std::string_view subject,
                                              std::string_view host) {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < faults_.size(); ++i) {
        auto& fault = faults_[i];
        if (fault.hits >= fault.times || !fits(fault, kind, subject, host)) {
            continue;
        }
        if (skipped_[i] < fault.skip) {
            ++skipped_[i];
            continue;
        }
        ++fault.hits;
        if (store_) {
            store_(faults_);
        }
        return fault;
    }
    return std::nullopt;
}

void FaultPlan::strike(const DescribedFault& fault) {
    while (fault.hangs) {
        std::this_thread::sleep_for(std::chrono::hours(1));
    }
    throw CimFault(fault.code);
}

json fault_state(const std::vector<DescribedFault>& faults) {
    json rows = json::array();
    for (const auto& fault : faults) {
        rows.push_back({{"at", at_of(fault)}, {"host", fault.host}, {"hits", fault.hits}});
    }
    return rows;
}

void apply_fault_state(std::vector<DescribedFault>& faults, const StateFile& state) {
    const json rows = state.section("faults");
    if (rows.is_null()) {
        return;
    }
    try {
        for (std::size_t i = 0; i < faults.size() && i < rows.size(); ++i) {
            const auto& row = rows.at(i);
            if (row.at("at") == at_of(faults[i]) && row.at("host") == faults[i].host) {
                faults[i].hits = row.at("hits").get<std::int64_t>();
            }
        }
    } catch (const json::exception& error) {
        state.refuse_damaged(std::string("its faults are not as they were written: ") + error.what());
    }
}

}  // namespace upshift::simulation
