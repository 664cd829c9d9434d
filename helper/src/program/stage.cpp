// SPDX-License-Identifier: GPL-3.0-or-later
#include "program/stage.hpp"

#include "contract/json/answer.hpp"
#include "contract/json/stage_request.hpp"

namespace upshift {

namespace {

std::string message_for(const Staged& staged) {
    std::string pruned;
    for (const auto& name : staged.removed) {
        pruned += (pruned.empty() ? " Removed: " : ", ") + name;
    }
    return (staged.changed ? "The helper was placed at \"" : "The helper is already at \"") + staged.path +
           "\"." + (pruned.empty() ? "" : pruned + ".");
}

}  // namespace

Reply stage(const std::string& arguments) {
    const Staged staged = stage_this_program(parse_stage_request(arguments));
    Answer answer;
    answer.changed = staged.changed;
    answer.message = message_for(staged);
    answer.path = staged.path;
    return {.line = to_json_line(answer)};
}

}  // namespace upshift
