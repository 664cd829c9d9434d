// SPDX-License-Identifier: GPL-3.0-or-later
// Prints the table of the installer's codes, a line for each: code, symbol, kind (empty where the code is a
// success), text and hint, with tabs between.
#include <iostream>

#include "installer/outcome_codes.hpp"

int main() {
    for (const auto& row : upshift::outcome_codes()) {
        const auto kind = upshift::is_success(row.code) ? std::string_view() : upshift::name_of(row.kind);
        std::cout << upshift::code_text(row.code) << '\t' << row.symbol << '\t' << kind << '\t' << row.text
                  << '\t' << row.hint << '\n';
    }
    return std::cout.flush() ? 0 : 1;
}
