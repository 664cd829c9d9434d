// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/run_folder.hpp"

#include <array>
#include <cstdio>
#include <ctime>

#include "machine/files.hpp"

namespace upshift {

namespace {

constexpr std::string_view record_suffix = ".run";
constexpr std::string_view answer_suffix = ".answer";
constexpr std::string_view progress_suffix = ".progress";
constexpr std::string_view cancel_suffix = ".cancel";
constexpr std::string_view told_suffix = ".told";
constexpr std::array all_suffixes{answer_suffix, progress_suffix, cancel_suffix, told_suffix, record_suffix};

constexpr std::string_view form_of_id = "00000000T000000Z-xxxxxxxx";
constexpr std::size_t length_of_date = 16;

bool fits(char c, char form) {
    const bool is_digit = c >= '0' && c <= '9';
    switch (form) {
        case '0':
            return is_digit;
        case 'x':
            return is_digit || (c >= 'a' && c <= 'f');
        default:
            return c == form;
    }
}

std::string name_of(const std::string& id, std::string_view suffix) {
    return id + std::string(suffix);
}

/// As an id begins: such texts sort by time.
std::string date_text(std::chrono::system_clock::time_point time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    // NOLINTNEXTLINE(concurrency-mt-unsafe) used by one thread alone
    const std::tm* const parts = std::gmtime(&seconds);
    std::array<char, length_of_date + 1> text{};
    (void)std::strftime(text.data(), text.size(), "%Y%m%dT%H%M%SZ", parts);
    return text.data();
}

}  // namespace

RunFolder::RunFolder(const StatePlace& state) : folder_(place_within(state, "runs")) {}

std::vector<std::string> RunFolder::ids() const {
    std::vector<std::string> ids;
    for (const auto& name : folder_.files()) {
        if (name.ends_with(record_suffix)) {
            ids.push_back(name.substr(0, name.size() - record_suffix.size()));
        }
    }
    return ids;
}

KeptRun RunFolder::read(const std::string& id) const {
    const auto text_of = [&](std::string_view suffix) {
        const auto name = name_of(id, suffix);
        return file_exists(folder_.path_of(name)) ? folder_.read(name) : std::string();
    };
    KeptRun run;
    // A run that ends between two looks has written its answer before: so the answer is looked at last.
    run.state = state_without_answer(id);
    run.record = text_of(record_suffix);
    run.progress = text_of(progress_suffix);
    run.told = is_told(id);
    run.answer = text_of(answer_suffix);
    if (run.answer.ends_with('\n')) {
        run.state = RunState::finished;
    } else {
        run.answer.clear();
    }
    return run;
}

std::unique_ptr<FileLock> RunFolder::try_hold() const {
    const auto path = folder_.path_of("beginning.lock");
    write_file(path, "", Flush::no);
    return try_lock_file(path);
}

void RunFolder::require_room() const {
    constexpr std::size_t enough = 65536;
    constexpr const char* name = "room.new";
    try {
        write_file(folder_.path_of(name), std::string(enough, ' '), Flush::no);
    } catch (const std::system_error&) {
        folder_.remove(name);
        throw;
    }
    folder_.remove(name);
}

RunState RunFolder::state_without_answer(const std::string& id) const {
    const auto path = folder_.path_of(name_of(id, record_suffix));
    if (!file_exists(path)) {
        return RunState::starting;
    }
    return try_lock_file(path) == nullptr ? RunState::running : RunState::lost;
}

std::unique_ptr<FileLock> RunFolder::begin(const std::string& id, std::string_view record) const {
    return folder_.write(name_of(id, record_suffix), record);
}

std::string RunFolder::answer_path(const std::string& id) const {
    return folder_.path_of(name_of(id, answer_suffix));
}

void RunFolder::write_progress(const std::string& id, std::string_view event) const {
    const auto path = folder_.path_of(name_of(id, progress_suffix));
    const auto temporary = path + ".new";
    write_file(temporary, event, Flush::no);
    rename_file(temporary, path, Flush::no);
}

void RunFolder::ask_to_cancel(const std::string& id) const {
    write_file(folder_.path_of(name_of(id, cancel_suffix)), "", Flush::no);
}

bool RunFolder::is_asked_to_cancel(const std::string& id) const {
    return file_exists(folder_.path_of(name_of(id, cancel_suffix)));
}

void RunFolder::mark_told(const std::string& id) const {
    write_file(folder_.path_of(name_of(id, told_suffix)), "", Flush::no);
}

bool RunFolder::is_told(const std::string& id) const {
    return file_exists(folder_.path_of(name_of(id, told_suffix)));
}

void RunFolder::prune(std::chrono::system_clock::time_point now) const {
    constexpr std::chrono::hours day{24};
    const auto yesterday = date_text(now - day);
    const auto last_month = date_text(now - 30 * day);
    for (const auto& id : ids()) {
        if (id >= yesterday) {
            continue;
        }
        const auto run = read(id);
        if (run.state != RunState::running && (run.told || id < last_month)) {
            remove(id);
        }
    }
}

void RunFolder::remove(const std::string& id) const {
    for (const auto suffix : all_suffixes) {
        folder_.remove(name_of(id, suffix));
    }
}

std::string new_run_id(std::chrono::system_clock::time_point now) {
    std::array<char, 16> number{};
    (void)std::snprintf(number.data(), number.size(), "-%08x", random_number());
    return date_text(now) + number.data();
}

bool is_run_id(std::string_view text) {
    if (text.size() != form_of_id.size()) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!fits(text[i], form_of_id[i])) {
            return false;
        }
    }
    return true;
}

std::string begun_at(std::string_view id) {
    const std::string d(id.substr(0, length_of_date));
    return d.substr(0, 4) + "-" + d.substr(4, 2) + "-" + d.substr(6, 5) + ":" + d.substr(11, 2) + ":" +
           d.substr(13, 3);
}

}  // namespace upshift
