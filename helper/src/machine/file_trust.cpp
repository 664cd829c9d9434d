// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/file_trust.hpp"

#include <algorithm>

namespace upshift {

namespace {

/// "File Access Rights Constants", "ACCESS_MASK": write and append data, write attributes of both kinds,
/// delete children, delete, change permissions, take ownership, and the generic rights that hold these.
constexpr std::uint32_t altering =
    0x2 | 0x4 | 0x10 | 0x40 | 0x100 | 0x10000 | 0x40000 | 0x80000 | 0x10000000 | 0x40000000;

bool is_among(const std::string& sid, const std::vector<std::string>& sids) {
    return std::find(sids.begin(), sids.end(), sid) != sids.end();
}

}  // namespace

const std::vector<std::string>& trusted_owners() {
    static const std::vector<std::string> sids{
        "S-1-5-18", "S-1-5-32-544", "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"};
    return sids;
}

std::string weakness_of(const FileSecurity& security, const std::vector<std::string>& trusted) {
    if (security.reparse_point) {
        return "it is a reparse point, which leads elsewhere";
    }
    if (!is_among(security.owner, trusted)) {
        return "it belongs to " + (security.owner.empty() ? "nobody known" : security.owner);
    }
    if (!security.has_access_list) {
        return "it has no access control list, so everybody may alter it";
    }
    const auto weak =
        std::find_if(security.entries.begin(), security.entries.end(), [&](const AccessEntry& entry) {
            return entry.allows && !entry.inherit_only && (entry.mask & altering) != 0 &&
                   !is_among(entry.sid, trusted);
        });
    return weak == security.entries.end() ? "" : weak->sid + " may alter it";
}

}  // namespace upshift
