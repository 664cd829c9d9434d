// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "contract/answer.hpp"
#include "installer/package_reader.hpp"
#include "machine/journal.hpp"
#include "product_version/plan.hpp"

// What runs note down of installations: before one begins, and what of it has not come to its end.
namespace upshift {

/// How far an installation got, as entries say it in `begun`.
namespace begun {
constexpr const char* installing = "installing";  ///< the installer was at it, as far as is known
constexpr const char* suspended =
    "suspended";                          ///< it waits for a restart (1604), after which Windows goes on
constexpr const char* lost = "lost";      ///< it failed, and what it was to replace is gone
constexpr const char* beside = "beside";  ///< it failed, and what it was to replace is there beside it
}  // namespace begun

/// The entry for a planned installation.
JournalEntry journal_entry(const ProductPlan& plan);

/// The entry about that product, or about another one of its family.
std::optional<JournalEntry> find_unfinished(const std::vector<JournalEntry>& entries,
                                            const PackageDescription& package);

/// Whether the product, which is there, may be there in part only.
bool may_be_partial(const JournalEntry& entry);

/// Whether what it was to replace was seen beside it.
bool stands_beside(const JournalEntry& entry);

/// What became of it, as the beginning of a sentence: "An earlier run was killed while it installed version
/// 2.0.0".
std::string what_happened(const JournalEntry& entry);

/// The product codes that were to go.
std::vector<std::string> replaced_codes(const JournalEntry& entry);

/// A sentence about an entry that no package of this run is about.
std::string warning_about(const JournalEntry& entry);

}  // namespace upshift
