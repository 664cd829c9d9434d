// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/selection.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "support/pattern.hpp"

namespace upshift {

namespace {

/// Whether a name has to be looked at: stars alone fit every one.
bool compares_names(const VmSelection& asked) {
    return !asked.exclude.empty() ||
           std::any_of(asked.names.begin(), asked.names.end(), [](const std::string& name) {
               return name.empty() || name.find_first_not_of('*') != std::string::npos;
           });
}

/// Finds VMs by pattern, and by name and id where any are asked for. Used once.
class Selector {
  public:
    Selector(const VmSelection& asked, const std::vector<ObservedHost>& hosts) : asked_(asked) {
        const PatternSet excluded(asked.exclude);
        const bool are_names_read = compares_names(asked);
        std::size_t total = 0;
        for (const auto& host : hosts) {
            total += host.vms.size();
        }
        known_.reserve(total);
        for (std::size_t host = 0; host < hosts.size(); ++host) {
            for (std::size_t vm = 0; vm < hosts[host].vms.size(); ++vm) {
                const auto& observed = hosts[host].vms[vm];
                auto folded = are_names_read ? fold_case(observed.name) : std::u32string();
                const bool is_excluded = excluded.matches(folded);
                if (!asked_.ids.empty()) {
                    by_id_[observed.id].push_back(known_.size());
                }
                known_.push_back({{host, vm}, std::move(folded), is_excluded});
            }
        }
    }

    Selection select() {
        if (asked_.names.empty() && asked_.ids.empty()) {
            take_matches(Pattern("*"));
        }
        for (const auto& name : asked_.names) {
            const Pattern pattern(name);
            if (pattern.is_exact()) {
                take_name(name, pattern);
            } else if (!take_matches(pattern)) {
                selection_.warnings.push_back("No virtual machine has a name like \"" + name + "\".");
            }
        }
        for (const auto& id : asked_.ids) {
            take_id(id);
        }
        return std::move(selection_);
    }

  private:
    struct KnownVm {
        SelectedVm place;
        std::u32string folded_name;  ///< empty where no name is compared
        bool done;                   ///< excluded, or taken already
    };

    void take(std::size_t i) {
        auto& vm = known_[i];
        if (!vm.done) {
            vm.done = true;
            selection_.entries.push_back({vm.place, "", ""});
        }
    }

    bool take_matches(const Pattern& pattern) {
        bool met = false;
        for (std::size_t i = 0; i < known_.size(); ++i) {
            if (pattern.matches(known_[i].folded_name)) {
                met = true;
                take(i);
            }
        }
        return met;
    }

    /// Made when the first exact name is asked for: of many VMs, all are often meant by one pattern.
    void index_names() {
        for (std::size_t i = 0; i < known_.size(); ++i) {
            by_name_[known_[i].folded_name].push_back(i);
        }
    }

    void take_name(const std::string& name, const Pattern& pattern) {
        if (by_name_.empty()) {
            index_names();
        }
        const auto found = by_name_.find(pattern.folded());
        if (found == by_name_.end()) {
            if (absent_.insert(pattern.folded()).second) {
                selection_.entries.push_back({std::nullopt, name, ""});
            }
            return;
        }
        for (const auto i : found->second) {
            take(i);
        }
    }

    void take_id(const std::string& id) {
        const auto [found, is_new] = by_id_.try_emplace(id);
        if (is_new) {
            selection_.entries.push_back({std::nullopt, "", id});
        }
        for (const auto i : found->second) {
            take(i);
        }
    }

    const VmSelection& asked_;
    std::vector<KnownVm> known_;
    std::unordered_map<std::u32string, std::vector<std::size_t>> by_name_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_id_;
    std::unordered_set<std::u32string> absent_;
    Selection selection_;
};

}  // namespace

Selection select_vms(const VmSelection& asked, const std::vector<ObservedHost>& hosts) {
    return Selector(asked, hosts).select();
}

}  // namespace upshift
