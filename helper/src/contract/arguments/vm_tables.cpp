// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/arguments/argument_table.hpp"

namespace upshift {

namespace {

constexpr std::int64_t one_day = 86400;

std::vector<Argument> selection_arguments() {
    return {
        {.name = "name",
         .description =
             "Patterns of VM names: * is any text, ? any character, case does not count. \"*\" means "
             "all. Names are not unique: every VM of that name is meant.",
         .list = true},
        {.name = "id", .type = ArgumentType::guid, .description = "GUIDs of VMs.", .list = true},
        {.name = "exclude",
         .description = "Patterns of VM names that are left out.",
         .list = true,
         .may_be_empty = true},
    };
}

std::vector<Argument> obstruction_arguments() {
    return {
        {.name = "when_running",
         .description =
             "What to do with a running VM that needs the upgrade. Paused, hibernated and changing ones "
             "fail or are skipped, never shut down.",
         .default_text = "fail",
         .choices = {{"fail"}, {"skip"}, {"shut_down"}}},
        {.name = "when_saved",
         .description =
             "What to do with a VM in saved state that needs the upgrade. `discard` throws the saved state "
             "away, after every other check has passed; the VM stays off.",
         .default_text = "fail",
         .choices = {{"fail"}, {"skip"}, {"discard"}}},
        {.name = "when_checkpoint_saved",
         .description =
             "What to do with a VM that has a checkpoint with saved state and needs the upgrade. `discard` "
             "throws that saved state away; the checkpoint's disks stay.",
         .default_text = "fail",
         .choices = {{"fail"}, {"skip"}, {"discard"}}},
        {.name = "shutdown_timeout",
         .type = ArgumentType::integer,
         .description =
             "How long the guest gets to shut down; then the VM fails, is watched until `timeout`, and is "
             "started again if it went off after all.",
         .default_text = "300",
         .range = IntegerRange{1, one_day, "seconds"}},
        {.name = "force_off",
         .type = ArgumentType::boolean,
         .description =
             "Whether a VM that did not shut down in that time, or whose guest refuses or cannot be asked, "
             "is turned off hard.",
         .default_text = "false"},
        {.name = "restart",
         .type = ArgumentType::boolean,
         .description = "Whether to start again what this run shut down, also when its upgrade failed.",
         .default_text = "true"},
        {.name = "replica",
         .description =
             "What to do with a VM that is replicated. `allow` covers the primary only; other sides are "
             "always refused.",
         .default_text = "refuse",
         .choices = {{"refuse"}, {"allow"}}},
    };
}

std::vector<Argument> run_arguments() {
    return {
        {.name = "parallel",
         .type = ArgumentType::integer,
         .description =
             "How many VMs are worked on at once; shutdown, upgrade and start of a VM are one slot.",
         .default_text = "16",
         .range = IntegerRange{1, 256, "VMs"}},
        {.name = "timeout",
         .type = ArgumentType::integer,
         .description = "How long one VM may take.",
         .default_text = "1800",
         .range = IntegerRange{1, one_day, "seconds"}},
        stop_on_failure_argument("Whether no further VM is begun once one has failed; those begun are "
                                 "finished, the rest is skipped."),
    };
}

Argument cluster_argument() {
    return {.name = "cluster",
            .type = ArgumentType::boolean,
            .description =
                "Whether the VMs of the whole cluster are looked at. Those on a node that is none of the "
                "hosts of this run are told as skipped, naming the node.",
            .default_text = "false"};
}

}  // namespace

OperationTable vm_version_table() {
    std::vector<Argument> arguments = selection_arguments();
    arguments.push_back({.name = "when_absent",
                         .description =
                             "What an exact name or an id that is not there means. A pattern without a "
                             "match is a warning.",
                         .default_text = "fail",
                         .choices = {{"fail"}, {"skip"}}});
    arguments.push_back({.name = "version",
                         .type = ArgumentType::configuration_version,
                         .description =
                             "The wanted configuration version: `default` is the host's default version, "
                             "never a prerelease; or `major.minor`, one that the host supports. A string: "
                             "YAML reads 1.10 as 1.1.",
                         .default_text = "default"});
    append(arguments, obstruction_arguments());
    append(arguments, run_arguments());
    arguments.push_back(cluster_argument());
    arguments.push_back(simulation_argument());
    append(arguments, endpoint_arguments());
    return {"hyperv_vm_version", arguments, {"name", "id"}, {{"simulation", "endpoint"}}};
}

OperationTable vm_info_table() {
    std::vector<Argument> arguments = selection_arguments();
    arguments.push_back(cluster_argument());
    arguments.push_back(simulation_argument());
    append(arguments, endpoint_arguments());
    return {"hyperv_vm_version_info", arguments, {}, {{"simulation", "endpoint"}}};
}

}  // namespace upshift
