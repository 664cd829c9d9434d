// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "machine/file_lock.hpp"
#include "machine/state_folder.hpp"

namespace upshift {

/// lost: it ended without an answer, for it was killed or its computer restarted.
enum class RunState { starting, running, finished, lost };

/// What a detached run has left in its folder so far.
struct KeptRun {
    RunState state = RunState::starting;
    std::string record;    ///< what it was asked, as it was given to begin
    std::string answer;    ///< one line with its end; empty unless finished
    std::string progress;  ///< the newest event, empty before the first
    bool told = false;     ///< somebody was given the answer
};

/// The files of detached runs, in the folder "runs" of the state folder: for each a record, which the run
/// holds against others as long as it lives, its newest progress, its answer, and marks that others put
/// there. Every method throws std::system_error.
class RunFolder {
  public:
    explicit RunFolder(const StatePlace& state);

    /// By date, the oldest first; of those that have begun.
    std::vector<std::string> ids() const;
    KeptRun read(const std::string& id) const;

    void make() const { folder_.make(); }
    /// Throws where a run could not keep its record and its answer, on a full disk.
    void require_room() const;
    /// Held by the one who looks for a run and begins one where there is none; nullptr while another does.
    std::unique_ptr<FileLock> try_hold() const;
    /// Called by the run itself. It lives as long as it keeps the lock.
    [[nodiscard]] std::unique_ptr<FileLock> begin(const std::string& id, std::string_view record) const;
    /// Where the run writes its answer; complete once it ends with a line feed.
    std::string answer_path(const std::string& id) const;
    void write_progress(const std::string& id, std::string_view event) const;

    void ask_to_cancel(const std::string& id) const;
    bool is_asked_to_cancel(const std::string& id) const;
    void mark_told(const std::string& id) const;
    /// What read says as well, without reading an answer that may be long.
    bool is_told(const std::string& id) const;

    /// Deletes what is left of ended runs: a day after they began where somebody has had the answer, else
    /// after thirty.
    void prune(std::chrono::system_clock::time_point now) const;

  private:
    RunState state_without_answer(const std::string& id) const;
    void remove(const std::string& id) const;

    StateFolder folder_;
};

/// Unlike any other: the time to the second and a random number, such as "20261127T031500Z-9f3c01aa".
std::string new_run_id(std::chrono::system_clock::time_point now);
/// Whether it has that form, and so cannot lead out of the folder.
bool is_run_id(std::string_view text);
/// When it began, as ISO 8601 has it.
std::string begun_at(std::string_view id);

}  // namespace upshift
