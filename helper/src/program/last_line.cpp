// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/last_line.hpp"

#include <algorithm>
#include <array>

namespace upshift {

namespace {

constexpr std::string_view kind_of(LastReason reason) {
    return reason == LastReason::still_running ? "cancelled" : "internal";
}

constexpr std::string_view found_in(LastReason reason) {
    switch (reason) {
        case LastReason::out_of_memory:
            return "there was not enough memory";
        case LastReason::still_running:
            return "the run was told to stop and is still running";
        default:
            return "upshift itself failed, which is a fault of it";
    }
}

constexpr std::string_view hint_for(bool changed) {
    return changed ? "Some targets were or may have been altered: look at their state before the next run."
                   : "Nothing was altered.";
}

/// By hand and not by the JSON library, which needs memory when there may be none.
template <LastReason reason, bool changed>
constexpr std::array<std::string_view, 18> pieces{
    R"({"changed":)",
    changed ? "true" : "false",
    R"(,"failed":true,"msg":"Could not finish: )",
    found_in(reason),
    ". ",
    hint_for(changed),
    R"(","comment":"Could not finish: )",
    found_in(reason),
    ". ",
    hint_for(changed),
    R"(","reboot_required":false,"targets":[],"warnings":[],"error":{"kind":")",
    kind_of(reason),
    R"(","attempted":"finish","found":")",
    found_in(reason),
    R"(","hint":")",
    hint_for(changed),
    R"("}})",
    "\n",
};

template <LastReason reason, bool changed>
constexpr std::size_t length() {
    std::size_t sum = 0;
    for (const std::string_view piece : pieces<reason, changed>) {
        sum += piece.size();
    }
    return sum;
}

template <LastReason reason, bool changed>
constexpr auto joined() {
    std::array<char, length<reason, changed>()> line{};
    auto* end = line.begin();
    for (const std::string_view piece : pieces<reason, changed>) {
        end = std::ranges::copy(piece, end).out;
    }
    return line;
}

template <LastReason reason, bool changed>
constexpr auto line_at_rest = joined<reason, changed>();

template <LastReason reason>
std::string_view line_for(bool changed) noexcept {
    constexpr const auto& when_changed = line_at_rest<reason, true>;
    constexpr const auto& when_unchanged = line_at_rest<reason, false>;
    return changed ? std::string_view(when_changed.data(), when_changed.size())
                   : std::string_view(when_unchanged.data(), when_unchanged.size());
}

}  // namespace

std::string_view last_line(LastReason reason, bool changed) noexcept {
    switch (reason) {
        case LastReason::out_of_memory:
            return line_for<LastReason::out_of_memory>(changed);
        case LastReason::still_running:
            return line_for<LastReason::still_running>(changed);
        default:
            return line_for<LastReason::fault>(changed);
    }
}

}  // namespace upshift
