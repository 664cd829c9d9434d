// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cim/cim_session.hpp"

// Object paths and queries as WMI reads them; written for the tests alone, so that a mistake of the client's
// own reading and writing shows.
namespace upshift::test_provider {

/// Class and keys, every value in quotes.
std::string path_text(const cim::ObjectPath& path);

/// With or without a server and a namespace, which are passed over. Nothing where it is no path.
std::optional<cim::ObjectPath> parse_path(std::string_view text);

/// What a query asks for. An empty list of columns is every one.
struct ParsedQuery {
    std::optional<cim::ObjectPath> referenced;  ///< of REFERENCES OF
    std::string class_name;
    std::vector<std::string> columns;
    std::vector<std::pair<std::string, cim::Value>> filters;
};

/// SELECT … FROM … [WHERE a = b [AND …]], or REFERENCES OF {…} WHERE ResultClass = …. Throws WmiFailure,
/// WBEM_E_INVALID_QUERY.
ParsedQuery parse_query(std::string_view text);

}  // namespace upshift::test_provider
