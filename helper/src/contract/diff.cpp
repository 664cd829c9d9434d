// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/diff.hpp"

namespace upshift {

namespace {

std::string line(const std::string& name, const std::string& identity, const std::string& version,
                 const std::string& state) {
    std::string text = name;
    if (!identity.empty() && identity != name) {
        text += (text.empty() ? "" : " ") + ("(" + identity + ")");
    }
    return text + ": " + (version.empty() ? "absent" : version) + (state.empty() ? "" : ", " + state) + "\n";
}

bool is_planned(Outcome outcome) {
    return outcome == Outcome::would_upgrade || outcome == Outcome::would_install;
}

/// A product that keeps its version shows what else is new: the package, or that it was installed again.
std::string renewal(const TargetRow& row) {
    if (!row.changed || row.version_before.empty() || !row.product_code_before.empty() ||
        !row.vm_id.empty()) {
        return "";
    }
    const bool keeps_version =
        row.version_before == (is_planned(row.outcome) ? row.version_wanted : row.version);
    if (!keeps_version) {
        return "";
    }
    return row.package_code_before.empty() ? "installed again" : "package " + row.package_code;
}

std::string line_before(const TargetRow& row) {
    const auto& code = row.product_code_before.empty() ? row.product_code : row.product_code_before;
    const bool is_rebuilt = !row.package_code_before.empty() && !renewal(row).empty();
    return line(row.name, row.vm_id.empty() ? code : row.vm_id, row.version_before,
                is_rebuilt ? "package " + row.package_code_before : row.state_before);
}

std::string line_after(const TargetRow& row) {
    const auto& read = row.version.empty() ? row.version_before : row.version;
    return line(row.name, row.vm_id.empty() ? row.product_code : row.vm_id,
                is_planned(row.outcome) ? row.version_wanted : read,
                row.state.empty() ? row.state_before + renewal(row) : row.state);
}

}  // namespace

Diff diff_of(const std::vector<TargetRow>& rows) {
    Diff diff;
    for (const auto& row : rows) {
        diff.before += line_before(row);
        diff.after += line_after(row);
    }
    return diff;
}

}  // namespace upshift
