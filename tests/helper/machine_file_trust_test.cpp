// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "machine/file_trust.hpp"

using namespace upshift;

namespace {

constexpr const char* administrators = "S-1-5-32-544";
constexpr const char* users = "S-1-5-32-545";
constexpr const char* somebody = "S-1-5-21-1-2-3-1001";
constexpr std::uint32_t full = 0x1F01FF;
constexpr std::uint32_t read_and_run = 0x1200A9;

/// As the helper makes its folders.
FileSecurity sound() {
    return {.owner = administrators,
            .entries = {{.sid = administrators, .mask = full},
                        {.sid = "S-1-5-18", .mask = full},
                        {.sid = users, .mask = read_and_run}}};
}

std::string weakness_with(const AccessEntry& entry) {
    auto security = sound();
    security.entries.push_back(entry);
    return weakness_of(security, trusted_owners());
}

}  // namespace

TEST_CASE("what administrators own and only they and SYSTEM can alter is trusted", "[trust]") {
    CHECK(weakness_of(sound(), trusted_owners()).empty());
}

TEST_CASE("each trusted owner will do and nobody else", "[trust]") {
    auto security = sound();
    for (const auto& owner : trusted_owners()) {
        security.owner = owner;
        CHECK(weakness_of(security, trusted_owners()).empty());
    }
    security.owner = somebody;
    CHECK(weakness_of(security, trusted_owners()) == "it belongs to S-1-5-21-1-2-3-1001");
    security.owner = "";
    CHECK(weakness_of(security, trusted_owners()) == "it belongs to nobody known");
}

TEST_CASE("every right that alters a file or folder is a weakness in the hands of others", "[trust]") {
    const auto mask = GENERATE(0x2U, 0x4U, 0x10U, 0x40U, 0x100U, 0x10000U, 0x40000U, 0x80000U, 0x10000000U,
                               0x40000000U, full);
    CAPTURE(mask);
    CHECK(weakness_with({.sid = users, .mask = mask}) == "S-1-5-32-545 may alter it");
    CHECK(weakness_with({.sid = users, .mask = mask | read_and_run}) == "S-1-5-32-545 may alter it");
    CHECK(weakness_with({.sid = "S-1-5-18", .mask = mask}).empty());
}

TEST_CASE("rights that only read are none", "[trust]") {
    const auto mask =
        GENERATE(0x1U, 0x8U, 0x20U, 0x80U, 0x20000U, 0x100000U, 0x20000000U, 0x80000000U, read_and_run);
    CAPTURE(mask);
    CHECK(weakness_with({.sid = somebody, .mask = mask}).empty());
}

TEST_CASE("an entry that denies or is about what comes to lie in the folder is passed over", "[trust]") {
    CHECK(weakness_with({.allows = false, .sid = somebody, .mask = full}).empty());
    CHECK(weakness_with({.sid = "S-1-3-0", .mask = full, .inherit_only = true}).empty());
}

TEST_CASE("a reparse point and a file without an access control list are weak whoever owns them", "[trust]") {
    auto link = sound();
    link.reparse_point = true;
    CHECK(weakness_of(link, trusted_owners()) == "it is a reparse point, which leads elsewhere");
    auto open = sound();
    open.has_access_list = false;
    open.entries.clear();
    CHECK(weakness_of(open, trusted_owners()) == "it has no access control list, so everybody may alter it");
}
