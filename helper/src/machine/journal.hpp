// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace upshift {

/// Something that was begun, cannot be taken back, and is not known to have come to its end.
struct JournalEntry {
    std::string operation;      ///< of the helper: "hyperv_vm_version"
    std::string host;           ///< as the run names it
    std::string id;             ///< of the VM or product; with operation and host it is the entry's key
    std::string name;           ///< for messages
    std::string begun;          ///< what was begun first, in words: "shutting down"
    std::string version;        ///< that the target was to get; of products
    std::string family;         ///< the product's upgrade code, where it has one
    std::string replaces;       ///< product codes that were to go, separated by blanks
    std::string job;            ///< InstanceID of the upgrade job that goes on; of VMs
    bool restart = false;       ///< it ran before and is to run again
    std::int64_t begun_at = 0;  ///< seconds since 1970; the journal fills it in

    bool operator==(const JournalEntry&) const = default;
};

/// What earlier runs left, and sentences about what could not be read.
struct JournalReading {
    std::vector<JournalEntry> entries;
    std::vector<std::string> warnings;
};

/// What runs have begun, kept for the run after one that was killed. Safe from several threads.
class Journal {
  public:
    Journal() = default;
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    virtual ~Journal() = default;

    /// Notes it down before it is begun, in place of an entry with the same key; it is safe on its disk when
    /// this returns. Throws OperationError where it cannot be: then nothing must be begun.
    virtual void write(const JournalEntry& entry) = 0;

    /// Takes out the entry with that key, if there is one. Throws OperationError.
    virtual void take_out(const JournalEntry& entry) = 0;

    /// The entries of an operation which runs that have ended left behind; what a run that still goes on is
    /// at is not among them. Nothing unreadable is ever deleted. Never throws OperationError.
    virtual JournalReading read(const std::string& operation) = 0;
};

}  // namespace upshift
