// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/answer_fields.hpp"

#include "contract/operations.hpp"

namespace upshift {

namespace {

constexpr FieldType text = FieldType::text;
constexpr FieldType boolean = FieldType::boolean;
constexpr FieldType object = FieldType::object;
constexpr FieldType rows = FieldType::rows;

std::vector<AnswerField> common_fields() {
    return {
        {"changed", boolean,
         "Whether anything was altered, from what was read back; in check mode, whether anything would be",
         true},
        {"failed", boolean, "Whether the run or any target failed", true},
        {"msg", text, "The outcome in one sentence, as Ansible reads it", true},
        {"comment", text, "The same sentence, as Salt reads it", true},
        {"reboot_required", boolean, "Whether a restart of the host is needed to finish", true},
        {"check_mode", boolean, "True where nothing was carried out and the plan is the answer"},
        {"simulated", boolean, "True where a described host was worked on"},
        {"error", object, "Why the run failed as a whole", false, {}, error_fields()},
        {"targets", rows, "What became of each target, in the order asked for", true, {}, target_fields()},
        {"warnings", FieldType::texts, "Sentences that a person should read", true},
        {"diff",
         object,
         "One line per target, before and after, as Ansible prints them; on request",
         false,
         {},
         {{"before", text, "How it was", true}, {"after", text, "How it is, or would be", true}}},
        {"run",
         object,
         "The detached run that this asks for and that is not over yet, or ended without an answer",
         false,
         {},
         run_fields()},
    };
}

AnswerField hosts_field() {
    return {"hosts", rows, "The hosts, as a simulation file describes them", false, {}, host_fields()};
}

}  // namespace

std::vector<AnswerField> answer_fields(std::string_view operation) {
    if (!is_operation(operation)) {
        throw unknown_operation(operation);
    }
    std::vector<AnswerField> fields = common_fields();
    if (operation.starts_with("hyperv_")) {
        fields.push_back(hosts_field());
    }
    if (operation == "hyperv_vm_version_info") {
        fields.push_back({"clusters",
                          rows,
                          "The clusters they are in, as a simulation file describes them",
                          false,
                          {},
                          cluster_fields()});
        fields.push_back(
            {"vms", rows, "The VMs, as a simulation file describes them", false, {}, vm_fields()});
    }
    if (operation == "msi_product_version_info") {
        fields.push_back({"products",
                          rows,
                          "The installed products, as a simulation file describes them",
                          false,
                          {},
                          product_fields()});
        fields.push_back({"packages", rows, "What the given packages are", false, {}, package_fields()});
    }
    return fields;
}

}  // namespace upshift
