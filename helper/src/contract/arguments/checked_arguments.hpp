// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace upshift {

class CheckedArguments;
using CheckedValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>,
                                  std::vector<CheckedArguments>, std::map<std::string, std::string>>;

/// Arguments as their table wants them: right in type and range, defaults filled in, GUIDs in upper case
/// without braces. What was not given and has no default is absent; reading it gives the empty value.
class CheckedArguments {
  public:
    bool operator==(const CheckedArguments& other) const;

    void set(std::string_view name, CheckedValue value);

    bool has(std::string_view name) const { return values_.find(name) != values_.end(); }
    bool flag(std::string_view name) const;
    std::int64_t number(std::string_view name) const;
    std::string text(std::string_view name) const;
    std::vector<std::string> texts(std::string_view name) const;
    std::vector<CheckedArguments> sets(std::string_view name) const;
    std::map<std::string, std::string> map(std::string_view name) const;

  private:
    template <typename Type>
    Type get(std::string_view name) const {
        const auto found = values_.find(name);
        return found == values_.end() ? Type{} : std::get<Type>(found->second);
    }

    std::map<std::string, CheckedValue, std::less<>> values_;
};

}  // namespace upshift
