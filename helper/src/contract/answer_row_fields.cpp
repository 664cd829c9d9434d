// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/answer.hpp"
#include "contract/answer_fields.hpp"

namespace upshift {

namespace {

constexpr FieldType text = FieldType::text;
constexpr FieldType texts = FieldType::texts;
constexpr FieldType boolean = FieldType::boolean;
constexpr FieldType integer = FieldType::integer;

template <typename Kind>
std::vector<std::string_view> names_up_to(Kind last) {
    std::vector<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        names.push_back(name_of(static_cast<Kind>(i)));
    }
    return names;
}

std::vector<std::string_view> vm_states() {
    return {"off", "running", "saved", "paused", "starting", "stopping", "other"};
}

std::vector<AnswerField> upgrade_row_fields() {
    return {
        {"upgrade_code", text, "The family of products that the row is about", true},
        {"version_min", text, "The lowest version it is about"},
        {"version_max", text, "The highest version it is about"},
        {"languages", text, "The languages it is about, separated by commas"},
        {"min_inclusive", boolean, "Whether version_min itself counts", true},
        {"max_inclusive", boolean, "Whether version_max itself counts", true},
        {"languages_exclusive", boolean, "Whether it is about all but those languages", true},
        {"only_detect", boolean, "Whether what is found stays installed", true},
    };
}

std::vector<AnswerField> patch_target_fields() {
    return {
        {"product_code", text, "The product it is for", true},
        {"version", text, "The version it was made for"},
        {"version_match", text, "How the installed version must compare with that", true,
         names_up_to(VersionMatch::greater)},
        {"version_fields", integer, "How many fields of the version are compared", true},
        {"new_product_code", text, "The product's code afterwards, where it changes"},
        {"new_version", text, "The product's version afterwards"},
        {"upgrade_code", text, "The product's upgrade code"},
    };
}

std::vector<AnswerField> installed_patch_fields() {
    return {
        {"patch_code", text, "The patch", true},
        {"state", text, "What became of it", true, names_up_to(PatchState::obsolete)},
        {"replaces", texts, "The patches it takes the place of"},
    };
}

std::vector<AnswerField> node_fields() {
    return {
        {"name", text, "The node", true},
        {"build", text, "The build of Windows"},
        {"supported_versions", texts, "The versions that run there, where that is known"},
    };
}

}  // namespace

std::vector<AnswerField> error_fields() {
    return {
        {"kind", text, "What kind of failure it is", true, names_up_to(ErrorKind::internal)},
        {"attempted", text, "What could not be done, as a verb phrase"},
        {"object", text, "The name of what it was to be done to"},
        {"found", text, "What stood in the way"},
        {"needed", text, "What would have been right"},
        {"code", text,
         "The platform's code as people search for it: hexadecimal from 0x80000000 up, decimal below"},
        {"code_family", text, "Whose code it is"},
        {"symbol", text, "The code's name"},
        {"hint", text, "The way out, as a sentence"},
        {"cause", text, "What lies beneath, in the platform's own words"},
    };
}

std::vector<AnswerField> target_fields() {
    return {
        {"name", text, "The VM or product", true},
        {"host", text, "The host it is on"},
        {"vm_id", text, "The VM's GUID"},
        {"product_code", text, "The product's code, after the run"},
        {"product_code_before", text, "The product's code before, where it changed"},
        {"package_code_before", text, "The code of the package it was installed from, where that changed"},
        {"package_code", text, "The code of the package it is installed from now"},
        {"patch_code", text, "The code of the patch"},
        {"version_before", text, "The version found"},
        {"version_wanted", text, "The version asked for"},
        {"version", text, "The version read back"},
        {"outcome", text, "What became of it", true, names_up_to(Outcome::failed)},
        {"changed", boolean, "Whether it was altered, or would be", true},
        {"reason", text, "Why, in one sentence"},
        {"state_before", text, "The VM's state found", false, vm_states()},
        {"state", text, "The VM's state read back", false, vm_states()},
        {"discarded", texts, "What saved state was or would be thrown away, by name"},
        {"duration_ms", integer, "How long it took, in milliseconds", true},
        {"classification", text, "What the package is to what is installed"},
        {"engine", text, "What installed it"},
        {"properties", FieldType::text_map, "The properties handed to the installer"},
        {"log_path", text, "The installer's log"},
        {"reboot_required", boolean, "Whether this one needs a restart of the host to finish"},
        {"reboot_initiated", boolean, "True where the installer has begun that restart by itself"},
        {"error", FieldType::object, "Why it failed", false, {}, error_fields()},
    };
}

std::vector<AnswerField> host_fields() {
    return {
        {"name", text, "The host", true},
        {"default_version", text, "The version that new VMs get", true},
        {"supported_versions", texts, "The versions that run here", true},
        {"build", text, "The build of Windows"},
        {"cluster", text, "The cluster it belongs to"},
        {"upgrade_settings_class", boolean, "Whether another version than the default can be chosen", true},
        {"access", text, "Whether we may manage Hyper-V here", true, {"granted", "denied", "no_role"}},
        {"cluster_error",
         FieldType::object,
         "Why it is not known whether it is in a cluster; then none of its VMs is upgraded",
         false,
         {},
         error_fields()},
    };
}

std::vector<AnswerField> vm_fields() {
    return {
        {"name", text, "The VM", true},
        {"id", text, "Its GUID", true},
        {"host", text, "The host it is on", true},
        {"version", text, "Its configuration version", true},
        {"state", text, "Its state", true, vm_states()},
        {"saved_checkpoints", texts, "The names of checkpoints that hold saved state", true},
        {"replication",
         text,
         "Its side of a replication",
         true,
         {"none", "primary", "replica", "test_replica", "extended_replica"}},
        {"clustered", boolean, "Whether it is a role of the cluster; left out where that is not known"},
        {"possible_owners", texts, "The nodes that may run it, of a clustered one"},
    };
}

std::vector<AnswerField> cluster_fields() {
    return {
        {"name", text, "The cluster", true},
        {"functional_level", integer, "Its functional level; 8 is Windows Server 2012 R2, 12 is 2025"},
        {"nodes", texts, "Its nodes", true},
        {"other_nodes",
         FieldType::rows,
         "What is known of the nodes that are none of the hosts",
         false,
         {},
         node_fields()},
    };
}

std::vector<AnswerField> product_fields() {
    return {
        {"name", text, "The product", true},
        {"product_code", text, "Its product code", true},
        {"upgrade_code", text, "The upgrade code it was found under"},
        {"package_code", text, "The code of the package it was installed from"},
        {"version", text, "Its version as registered", true},
        {"language", integer, "Its language, as a Windows language identifier", true},
        {"publisher", text, "Who published it"},
        {"context", text, "For whom it is installed", true, names_up_to(InstallContext::user_unmanaged)},
        {"user_sid", text, "Whose it is, where it is not the machine's"},
        {"of_another_user", boolean, "True where it belongs to another user than the helper runs as"},
        {"advertised", boolean, "True where it is known but not installed"},
        {"instance", boolean, "True where it is one of several instances of one package"},
        {"patches",
         FieldType::rows,
         "Its patches, where a given patch is for the product",
         false,
         {},
         installed_patch_fields()},
    };
}

std::vector<AnswerField> package_fields() {
    return {
        {"path", text, "The package", true},
        {"error",
         FieldType::object,
         "Why it could not be read; then nothing else is known",
         false,
         {},
         error_fields()},
        {"name", text, "The product in it"},
        {"product_code", text, "The product's code"},
        {"upgrade_code", text, "The product's upgrade code"},
        {"package_code", text, "The package's own code"},
        {"version", text, "The product's version"},
        {"language", integer, "The product's language, as a Windows language identifier"},
        {"publisher", text, "Who published it"},
        {"context", text, "For whom it would be installed", false,
         names_up_to(InstallContext::user_unmanaged)},
        {"either_context", boolean, "True where MSIINSTALLPERUSER decides that"},
        {"upgrade_rows",
         FieldType::rows,
         "Its Upgrade table: which installed products it replaces or looks for",
         false,
         {},
         upgrade_row_fields()},
        {"patch_code", text,
         "The code of the patch, where it is one; then the path and these are all that is known"},
        {"replaces", texts, "The patches it takes the place of"},
        {"targets",
         FieldType::rows,
         "What the patch makes of which product",
         false,
         {},
         patch_target_fields()},
    };
}

std::vector<AnswerField> run_fields() {
    return {
        {"id", text, "What poll and cancel call it", true},
        {"operation", text, "What it does", true},
        {"state",
         text,
         "starting, running, finished, or lost where it ended without an answer",
         true,
         {"starting", "running", "finished", "lost"}},
        {"begun", text, "When, as ISO 8601 in UTC", true},
        {"cancelling", boolean, "True where it was told to stop"},
        {"done", integer, "How many targets are finished"},
        {"total", integer, "How many there are"},
        {"target", text, "The target of its newest step"},
        {"step", text, "What is being done to it, or its outcome"},
        {"percent", integer, "How far that step is, where it is known"},
    };
}

}  // namespace upshift
