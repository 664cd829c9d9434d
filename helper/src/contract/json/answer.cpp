// SPDX-License-Identifier: GPL-3.0-or-later
#include "contract/json/answer.hpp"

#include <nlohmann/json.hpp>

#include "contract/json/answer_rows.hpp"

namespace upshift {

namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value) {
    return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

template <typename Row>
std::string to_text(const Row& row) {
    return text_of(to_json(row));
}

/// One JSON object, put together row by row: ten thousand rows never stand in memory as JSON at once.
class Line {
  public:
    void add(const char* name, const Json& value) { begin(name) += text_of(value); }

    template <typename Row>
    void add_rows(const char* name, const std::vector<Row>& rows) {
        std::string& text = begin(name);
        char separator = '[';
        for (const auto& row : rows) {
            const auto row_text = to_text(row);
            if (separator == '[') {
                text.reserve(text.size() + ((row_text.size() + 8) * rows.size()));
            }
            (text += separator) += row_text;
            separator = ',';
        }
        text += rows.empty() ? "[]" : "]";
    }

    template <typename Row>
    void add_rows(const char* name, const std::optional<std::vector<Row>>& rows) {
        if (rows) {
            add_rows(name, *rows);
        }
    }

    std::string finish() { return std::move(text_ += '}'); }

  private:
    std::string& begin(const char* name) {
        return text_.append(text_.empty() ? "{\"" : ",\"").append(name).append("\":");
    }

    std::string text_;
};

void add_result(Line& line, const Answer& answer) {
    line.add("changed", answer.changed);
    line.add("failed", answer.failed);
    line.add("msg", answer.message);
    line.add("comment", answer.message);
    line.add("reboot_required", answer.reboot_required);
    if (answer.check_mode) {
        line.add("check_mode", true);
    }
    if (answer.simulated) {
        line.add("simulated", true);
    }
    if (answer.error) {
        line.add("error", to_json(*answer.error));
    }
}

}  // namespace

std::string to_json_line(const Answer& answer) {
    Line line;
    add_result(line, answer);
    line.add_rows("targets", answer.targets);
    line.add("warnings", answer.warnings);
    if (answer.diff) {
        line.add("diff", {{"before", answer.diff->before}, {"after", answer.diff->after}});
    }
    line.add_rows("hosts", answer.hosts);
    line.add_rows("clusters", answer.clusters);
    line.add_rows("vms", answer.vms);
    line.add_rows("products", answer.products);
    line.add_rows("packages", answer.packages);
    if (answer.run) {
        line.add("run", to_json(*answer.run));
    }
    line.add_rows("runs", answer.runs);
    if (answer.path) {
        line.add("path", *answer.path);
    }
    return line.finish();
}

}  // namespace upshift
