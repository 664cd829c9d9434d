// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace upshift {

enum class ArgumentType {
    text,
    path,
    boolean,
    integer,
    configuration_version,  ///< "default" or "major.minor"
    product_version,
    guid,
    transform_path,  ///< of a file of its own, not one within the package
    property_map,    ///< an object: public properties of the installer and their values
    object,          ///< an object with the keys of `keys`
};

struct Choice {
    std::string_view name;
    bool available = true;
};

struct IntegerRange {
    std::int64_t least = 0;
    std::int64_t most = 0;
    std::string_view unit;  ///< "seconds", "VMs"
};

/// One argument of an operation, or one key of an object within an argument. Validation, `upshift schema` and
/// the tables of docs/contract.md all come from this.
struct Argument {
    std::string_view name;
    ArgumentType type = ArgumentType::text;
    std::string_view description;   ///< whole sentences
    bool list = false;              ///< takes one value too
    bool may_be_empty = false;      ///< an empty list says something; where false it is refused
    bool required = false;          ///< of a key: the object is nothing without it
    std::string_view default_text;  ///< as a person would write it; empty is no default
    std::vector<Choice> choices;
    std::optional<IntegerRange> range;
    bool available = true;  ///< false: accepted only as its default, else refused as not yet available
    bool secret = false;    ///< never shown, whatever is wrong with it
    std::vector<Argument> keys;
};

struct OperationTable {
    std::string_view operation;
    std::vector<Argument> arguments;
    std::vector<std::string_view> required_one_of;  ///< at least one of these; empty is no such rule
    /// In each rule the first must not be given together with any of the others.
    std::vector<std::vector<std::string_view>> exclusive;
};

/// Throws OperationError, invalid_arguments, for an unknown operation.
const OperationTable& table_of(std::string_view operation);

OperationTable vm_version_table();
OperationTable vm_info_table();
OperationTable product_version_table();
OperationTable product_info_table();

void append(std::vector<Argument>& arguments, const std::vector<Argument>& more);

/// WS-Management and how to log on there, shared by all four operations.
std::vector<Argument> endpoint_arguments();
Argument simulation_argument();
Argument stop_on_failure_argument(std::string_view description);

}  // namespace upshift
