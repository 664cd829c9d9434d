// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/terminal_progress.hpp"

#include <algorithm>
#include <array>

namespace upshift {

namespace {

constexpr std::size_t column_count = 4;
constexpr std::size_t last_column = column_count - 1;

struct Line {
    std::array<std::string, column_count> cells;
    std::string_view colour;  ///< of the second cell; empty is none
};

/// The colours that Ansible gives to ok, changed, skipped and failed.
std::string_view colour_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::unchanged:
            return "\x1b[32m";
        case Outcome::skipped:
            return "\x1b[36m";
        case Outcome::failed:
            return "\x1b[31m";
        default:
            return "\x1b[33m";
    }
}

std::string versions_of(const TargetRow& row) {
    const std::string& after = row.version.empty() ? row.version_wanted : row.version;
    if (row.version_before.empty() || row.version_before == after || after.empty()) {
        return row.version_before.empty() ? after : row.version_before;
    }
    return row.version_before + " -> " + after;
}

std::string reason_of(const TargetRow& row) {
    return row.reason.empty() && row.error ? sentence(*row.error) : row.reason;
}

std::string name_or(const std::string& name, const std::string& other) {
    return name.empty() ? other : name;
}

std::string package_state(const PackageRow& row) {
    return row.error ? sentence(*row.error) : row.package.product_code;
}

std::vector<Line> lines_of(const Answer& answer) {
    std::vector<Line> lines;
    for (const TargetRow& row : answer.targets) {
        const std::string& id = row.vm_id.empty() ? row.product_code : row.vm_id;
        lines.push_back({.cells = {name_or(row.name, id), std::string(name_of(row.outcome)), versions_of(row),
                                   reason_of(row)},
                         .colour = colour_of(row.outcome)});
    }
    for (const VmRow& row : answer.vms.value_or(std::vector<VmRow>())) {
        lines.push_back(
            {.cells = {name_or(row.name, row.id), row.state, row.version, row.host}, .colour = {}});
    }
    for (const ProductRow& row : answer.products.value_or(std::vector<ProductRow>())) {
        lines.push_back(
            {.cells = {row.product.name, "product", row.product.version, row.product.product_code},
             .colour = {}});
    }
    for (const PackageRow& row : answer.packages.value_or(std::vector<PackageRow>())) {
        lines.push_back({.cells = {name_or(row.package.name, row.package.path), "package",
                                   row.package.version, package_state(row)},
                         .colour = {}});
    }
    return lines;
}

/// Wide enough for every cell, but names may take no more than two fifths of the terminal. The last column
/// takes what it needs.
std::array<std::size_t, column_count> widths_of(const std::vector<Line>& lines, std::size_t columns) {
    std::array<std::size_t, column_count> widths{};
    for (const Line& line : lines) {
        for (std::size_t i = 0; i < last_column; ++i) {
            widths.at(i) = std::max(widths.at(i), display_width(line.cells.at(i)));
        }
    }
    constexpr std::size_t least_for_names = 12;
    widths.front() = std::min(widths.front(), std::max(least_for_names, columns * 2 / 5));
    return widths;
}

std::string text_of(const Line& line, const std::array<std::size_t, column_count>& widths, bool colour) {
    constexpr std::size_t coloured = 1;
    constexpr std::string_view plain = "\x1b[0m";
    std::string text;
    for (std::size_t i = 0; i < last_column; ++i) {
        const bool paint = colour && i == coloured && !line.colour.empty();
        const std::string cell = pad(line.cells.at(i), widths.at(i));
        text += paint ? std::string(line.colour) + cell + std::string(plain) : cell;
        text += "  ";
    }
    text += line.cells.at(last_column);
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

std::string bar(std::size_t done, std::size_t total, std::size_t width) {
    const std::size_t full = total == 0 ? 0 : std::min(width, width * done / total);
    return "[" + std::string(full, '#') + std::string(width - full, '-') + "]";
}

}  // namespace

std::string progress_line(const ProgressEvent& event, const TerminalTraits& terminal) {
    constexpr std::size_t widest_bar = 30;
    const std::size_t width = std::min(widest_bar, terminal.columns / 4);
    std::string line = bar(event.done, event.total, width) + " " + std::to_string(event.done) + "/" +
                       std::to_string(event.total) + "  " + printable(event.target, terminal.utf8);
    if (!event.text.empty()) {
        line += ": " + printable(event.text, terminal.utf8);
    }
    if (event.percent >= 0) {
        line += ", " + std::to_string(event.percent) + "%";
    }
    // A character in the last column would make some terminals begin a new line.
    return fit(line, terminal.columns - 1);
}

std::string result_table(const Answer& answer, const TerminalTraits& terminal) {
    std::vector<Line> lines = lines_of(answer);
    for (Line& line : lines) {
        for (std::string& cell : line.cells) {
            cell = printable(cell, terminal.utf8);
        }
    }
    const auto widths = widths_of(lines, terminal.columns);
    std::string table;
    for (const Line& line : lines) {
        table += text_of(line, widths, terminal.colour);
    }
    for (const std::string& warning : answer.warnings) {
        table += "warning: " + printable(warning, terminal.utf8) + "\n";
    }
    return table + printable(answer.message, terminal.utf8) + "\n";
}

}  // namespace upshift
