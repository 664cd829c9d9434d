// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>

#include "machine/journal.hpp"
#include "simulation/state_file.hpp"

namespace upshift::simulation {

/// The journal of runs over a described host: a section of its state, so that it starts over with it, and no
/// rehearsal touches the journal of this computer. Where the state must not be written it only reads.
class SimulatedJournal : public Journal {
  public:
    explicit SimulatedJournal(std::shared_ptr<StateFile> state) : state_(std::move(state)) {}

    void write(const JournalEntry& entry) override;
    void take_out(const JournalEntry& entry) override;
    JournalReading read(const std::string& operation) override;

  private:
    std::shared_ptr<StateFile> state_;
    std::mutex mutex_;
};

}  // namespace upshift::simulation
