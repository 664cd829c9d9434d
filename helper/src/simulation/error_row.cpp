// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/error_row.hpp"

namespace upshift::simulation {

namespace {

ErrorKind kind_named(std::string_view name) {
    int kind = 0;
    while (name_of(static_cast<ErrorKind>(kind)) != name) {
        ++kind;
    }
    return static_cast<ErrorKind>(kind);
}

}  // namespace

ErrorDetail read_error(RowReader row, std::initializer_list<std::string_view> kinds,
                       const std::string& attempted) {
    ErrorDetail error;
    error.kind = kind_named(row.choice("kind", kinds));
    error.attempted = row.text_or("attempted", attempted);
    error.object = row.text_or("object", "");
    error.found = row.text_or("found", "");
    error.needed = row.text_or("needed", "");
    error.code = row.text_or("code", "");
    error.code_family = row.text_or("code_family", "");
    error.symbol = row.text_or("symbol", "");
    error.hint = row.text_or("hint", "");
    error.cause = row.text_or("cause", "");
    row.finish();
    return error;
}

}  // namespace upshift::simulation
