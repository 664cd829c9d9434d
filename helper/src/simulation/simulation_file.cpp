// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulation_file.hpp"

#include <algorithm>
#include <string_view>
#include <system_error>

#include "machine/files.hpp"
#include "simulation/complete_description.hpp"
#include "simulation/json_text.hpp"
#include "support/error.hpp"

namespace upshift::simulation {

using json = nlohmann::ordered_json;

namespace {

using Names = std::vector<std::string_view>;
const Names lists_of_rows{"hosts", "clusters", "vms", "products", "packages", "other_installations",
                          "faults"};
/// What a saved answer holds beside its rows, also after Ansible has registered it.
const Names other_answer_keys{
    "changed",  "failed", "msg",        "comment",   "reboot_required", "targets",    "warnings",
    "error",    "diff",   "check_mode", "simulated", "deprecations",    "invocation", "failed_when_result",
    "attempts", "item",   "exception",  "skipped"};

bool contains(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const Names& names) {
    std::string text;
    for (const auto name : names) {
        text += (text.empty() ? "" : ", ") + std::string(name);
    }
    return text;
}

/// Takes the rows of each known list as they are read. Used once.
class FileReader {
  public:
    explicit FileReader(std::string path) : path_(std::move(path)) {}

    Description read() {
        const std::string text = text_of_file();
        try {
            const json rest = parse_json(text, [this](int depth, json::parse_event_t event, json& value) {
                return keep(depth, event, value);
            });
            if (!rest.is_object()) {
                refuse_file("it holds " + describe(rest), "one JSON object");
            }
        } catch (const json::parse_error& error) {
            const std::string complaint = error.what();
            refuse_file("it is not JSON: " + complaint.substr(complaint.find("] ") + 2), "one JSON object");
        }
        return std::move(description_);
    }

  private:
    std::string text_of_file() const {
        try {
            return read_file(path_);
        } catch (const std::system_error& error) {
            const bool is_missing = error.code() == std::errc::no_such_file_or_directory;
            refuse_file(is_missing ? "there is no such file" : "it cannot be opened",
                        "a file that this user may read");
        }
    }

    [[noreturn]] void refuse_file(const std::string& found, const std::string& needed) const {
        throw OperationError({.kind = ErrorKind::invalid_arguments,
                              .attempted = "read the simulation file",
                              .object = path_,
                              .found = found,
                              .needed = needed});
    }

    /// Called by the parser. A row is read and let go as soon as it is complete; what is no row is let go
    /// unread.
    bool keep(int depth, json::parse_event_t event, const json& value) {
        using Event = json::parse_event_t;
        if (depth == 1 && event == Event::key) {
            list_ = value.get<std::string>();
            refuse_unknown_list();
            rows_ = 0;
            return true;
        }
        if (depth == 1 && (event == Event::value || event == Event::object_end)) {
            refuse_a_list_that_is_none(value);
        }
        if (depth == 2 &&
            (event == Event::object_end || event == Event::value || event == Event::array_end)) {
            take_row(value);
        }
        return depth > 2 || depth == 0 || event == Event::object_start || event == Event::array_start ||
               event == Event::key;
    }

    void refuse_a_list_that_is_none(const json& value) const {
        if (is_list_of_rows() && !value.is_null()) {
            refuse_place(path_, list_, describe(value), "a list of objects");
        }
    }

    bool is_list_of_rows() const { return contains(lists_of_rows, list_); }

    void refuse_unknown_list() const {
        if (!is_list_of_rows() && !contains(other_answer_keys, list_) && !list_.starts_with("ansible_") &&
            !list_.starts_with("_ansible_")) {
            refuse_place(path_, list_, "no key of a simulation file", "one of " + joined(lists_of_rows));
        }
    }

    void take_row(const json& value) {
        if (!is_list_of_rows()) {
            return;
        }
        const std::string place = list_ + "[" + std::to_string(rows_++) + "]";
        if (list_ == "hosts") {
            description_.hosts.push_back(read_host(RowReader(value, path_, place)));
        } else if (list_ == "clusters") {
            description_.clusters.push_back(read_cluster(RowReader(value, path_, place)));
        } else if (list_ == "vms") {
            description_.vms.push_back(read_vm(RowReader(value, path_, place)));
        } else if (list_ == "products") {
            description_.products.push_back(read_product(RowReader(value, path_, place)));
        } else if (list_ == "packages") {
            description_.packages.push_back(read_package(RowReader(value, path_, place)));
        } else if (list_ == "other_installations") {
            description_.other_installations.push_back(
                read_other_installation(RowReader(value, path_, place)));
        } else {
            description_.faults.push_back(read_fault(RowReader(value, path_, place)));
        }
    }

    std::string path_;
    Description description_;
    std::string list_;
    std::size_t rows_ = 0;
};

}  // namespace

Description read_simulation_file(const std::string& path) {
    Description description = FileReader(path).read();
    complete(description, path);
    return description;
}

}  // namespace upshift::simulation
