// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "simulation/row_reader.hpp"
#include "simulation/state_file.hpp"

// Faults that a described host shows at chosen calls. docs/contract.md, "Simulation file", says what each
// value of a row means.
namespace upshift::simulation {

struct DescribedFault {
    std::string kind;     ///< connect, query, get, references, invoke; empty is any call
    std::string subject;  ///< the namespace, class or method
    std::string host;     ///< empty is any host
    std::uint32_t code = 0;
    bool hangs = false;
    std::int64_t times = 1;
    std::int64_t skip = 0;
    bool takes_effect = false;
    std::int64_t hits = 0;  ///< so far, over all runs
};

/// One row of `faults`.
DescribedFault read_fault(RowReader row);

/// Which calls fail, and how. Safe from several threads.
class FaultPlan {
  public:
    /// Told of all rows after each hit, before the call that is hit goes on; empty where nothing is kept.
    using Store = std::function<void(const std::vector<DescribedFault>&)>;

    FaultPlan(std::vector<DescribedFault> faults, Store store)
        : faults_(std::move(faults)), skipped_(faults_.size()), store_(std::move(store)) {}

    /// The fault that this call meets: that of the first row which fits and has neither calls left to let
    /// through nor all its hits behind it.
    std::optional<DescribedFault> meet(std::string_view kind, std::string_view subject,
                                       std::string_view host);

    /// Makes the call, unless it meets a fault: then it hangs for ever, or throws CimFault, after the call
    /// has had its effect where the fault says so.
    template <typename Call>
    auto make(std::string_view kind, std::string_view subject, std::string_view host, const Call& call) {
        const auto fault = meet(kind, subject, host);
        if (fault && !fault->takes_effect) {
            strike(*fault);
        }
        auto result = call();
        if (fault) {
            strike(*fault);
        }
        return result;
    }

  private:
    [[noreturn]] static void strike(const DescribedFault& fault);

    std::mutex mutex_;
    std::vector<DescribedFault> faults_;
    std::vector<std::int64_t> skipped_;  ///< calls let through in this run, by row
    Store store_;
};

/// As a section of the state file.
nlohmann::ordered_json fault_state(const std::vector<DescribedFault>& faults);
/// Puts the hits of earlier runs into the rows; those of rows that were altered since count anew.
void apply_fault_state(std::vector<DescribedFault>& faults, const StateFile& state);

}  // namespace upshift::simulation
