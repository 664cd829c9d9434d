// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "installer/package_reader.hpp"
#include "installer/product_inventory.hpp"
#include "support/error.hpp"
#include "support/run_context.hpp"

// The answer as plain values; contract/json/answer.hpp writes it. docs/contract.md says what each field
// means.
namespace upshift {

enum class Outcome { unchanged, upgraded, installed, would_upgrade, would_install, skipped, failed };
std::string_view name_of(Outcome outcome);

/// A product that goes, or was to go, beside the one that its row is about.
struct RemovedProduct {
    std::string name;
    std::string product_code;
    std::string version;
    std::string version_after;  ///< empty: it is gone
};

/// What the diff shows of a row and the answer does not hold by itself.
struct DiffDetails {
    std::string version_planned;  ///< as the package has it; version_wanted may be written shorter
    std::string state_planned;    ///< of a VM once the plan has been carried out
    std::vector<RemovedProduct> removed;
    bool replaced_stays = false;  ///< what the product was to replace is still there, among `removed`
    bool before_unknown = false;  ///< without a version it may be there all the same
    bool after_unknown = false;
};

/// What became of one VM or product. Empty texts and absent options are left out of the answer.
struct TargetRow {
    std::string name;
    std::string host;
    std::string vm_id;
    std::string product_code;
    std::string product_code_before;  ///< where the upgrade changed it
    std::string package_code_before;  ///< of the package it was installed from, where that changed
    std::string package_code;         ///< read back
    std::string patch_code;           ///< of the patch that is or was to be applied
    std::string version_before;
    std::string version_wanted;
    std::string version;  ///< read back
    Outcome outcome = Outcome::unchanged;
    bool changed = false;
    std::string reason;  ///< one sentence
    std::string state_before;
    std::string state;
    std::vector<std::string> discarded;  ///< saved state that was or would be thrown away, by name
    std::int64_t duration_ms = 0;
    std::string classification;
    std::string engine;
    std::vector<std::pair<std::string, std::string>> properties;  ///< all that is handed to the installer
    std::string log_path;
    std::optional<bool> reboot_required;
    bool reboot_initiated = false;  ///< the installer has begun the restart itself
    std::optional<ErrorDetail> error;
    DiffDetails diff;
};

/// A host as planning sees it, and as a simulation file describes it (docs/contract.md, "Simulation file").
struct HostRow {
    std::string name;
    std::string default_version;
    std::vector<std::string> supported_versions;
    std::string build;
    std::string cluster;
    bool upgrade_settings_class = false;
    std::string access = "granted";            ///< granted, denied, no_role
    std::optional<ErrorDetail> cluster_error;  ///< why it is not known whether it is in a cluster
};

/// A VM as planning sees it, and as a simulation file describes it.
struct VmRow {
    std::string name;
    std::string id;
    std::string host;
    std::string version;
    std::string state;  ///< off, running, saved, paused, starting, stopping, other
    std::vector<std::string> saved_checkpoints;
    std::string replication = "none";
    std::optional<bool> clustered;  ///< nothing: not known, see the host's cluster_error
    std::vector<std::string> possible_owners;
};

/// A node that is none of the hosts, as planning sees it.
struct NodeRow {
    std::string name;
    std::string build;
    std::vector<std::string> supported_versions;  ///< empty unless it was asked
};

/// A cluster as planning sees it, and as a simulation file describes it.
struct ClusterRow {
    std::string name;
    std::optional<std::int64_t> functional_level;
    std::vector<std::string> nodes;
    std::vector<NodeRow> other_nodes;  ///< what is known of those that are none of the hosts
};

/// An installed product with the upgrade code it was found under, where one is known.
struct ProductRow {
    InstalledProduct product;
    std::string upgrade_code;
    std::vector<InstalledPatch> patches;  ///< looked for where a given patch is for the product
};

struct PackageRow {
    PackageDescription package;
    std::optional<ErrorDetail> error;  ///< the package could not be read; then only its path is known
};

struct Diff {
    std::string before;
    std::string after;
};

/// A detached run, and how far it has come.
struct RunRow {
    std::string id;
    std::string operation;
    std::string state;  ///< starting, running, finished or lost
    std::string begun;  ///< ISO 8601, UTC
    bool cancelling = false;
    std::optional<ProgressEvent> progress;
    std::string arguments;     ///< what it was asked, a JSON object without secrets; in lists
    std::string message;       ///< of its answer; in lists
    std::optional<bool> told;  ///< whether somebody was given the answer; in lists, of finished ones
};

struct Answer {
    bool changed = false;
    bool failed = false;
    std::string message;  ///< written as msg and as comment
    bool reboot_required = false;
    std::vector<TargetRow> targets;
    std::vector<std::string> warnings;
    std::optional<ErrorDetail> error;
    std::optional<Diff> diff;
    bool check_mode = false;
    bool simulated = false;
    std::optional<std::vector<HostRow>> hosts;
    std::optional<std::vector<ClusterRow>> clusters;
    std::optional<std::vector<VmRow>> vms;
    std::optional<std::vector<ProductRow>> products;
    std::optional<std::vector<PackageRow>> packages;
    std::optional<RunRow> run;  ///< not over yet, or over without an answer
    std::optional<std::vector<RunRow>> runs;
    std::optional<std::string> path;  ///< where the helper was placed
};

/// Sets changed, failed and reboot_required from the target rows, the message ("2 upgraded, 1 already
/// at 10.0, 1 failed: web03: it is running"), and the diff where asked for. A message that is already set
/// stays where there are no target rows.
void summarize(Answer& answer, bool with_diff);

/// The answer of a run that failed as a whole.
Answer refusal(const ErrorDetail& error);

}  // namespace upshift
