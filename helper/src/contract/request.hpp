// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "support/version.hpp"

// Typed arguments, one struct per operation. docs/contract.md says what each means; values are already
// checked.
namespace upshift {

enum class WhenObstructed { fail, skip, act };  ///< act is shut_down or discard, by argument
enum class WhenAbsent { fail, skip, install };
enum class WhenNewer { unchanged, fail };
enum class WhenSideBySide { fail, install };
enum class Engine { automatic, api, wmi };

struct VmSelection {
    std::vector<std::string> names;  ///< patterns with * and ?, case-insensitive
    std::vector<std::string> ids;    ///< GUIDs, upper case, without braces
    std::vector<std::string> exclude;
};

struct VmVersionRequest {
    VmSelection selection;
    WhenAbsent when_absent = WhenAbsent::fail;
    std::optional<ConfigurationVersion> version;  ///< nothing means the host's default
    WhenObstructed when_running = WhenObstructed::fail;
    WhenObstructed when_saved = WhenObstructed::fail;
    WhenObstructed when_checkpoint_saved = WhenObstructed::fail;
    std::chrono::seconds shutdown_timeout{300};
    bool force_off = false;  ///< turn off hard what does not go off through its guest
    bool restart = true;
    bool replica_allowed = false;  ///< of a replication the primary only
    std::size_t parallel = 16;
    std::chrono::seconds timeout{1800};
    bool stop_on_failure = false;
    bool cluster = false;    ///< look at the VMs of other nodes too
    std::string simulation;  ///< path of a described host; empty is the real one
};

struct VmInfoRequest {
    VmSelection selection;  ///< all VMs if it names none
    bool cluster = false;
    std::string simulation;
};

struct PackageRequest {
    std::string path;
    std::string version;       ///< empty is the package's own
    std::string product_code;  ///< braced, upper case; empty is the package's own
    std::string upgrade_code;
    std::string name;  ///< a pattern for the name of the installed product; empty is any
    std::map<std::string, std::string> properties;  ///< public ones that the plan does not set itself
    std::vector<std::string> transforms;            ///< paths, in the order in which they are applied
    std::string log_path;                           ///< empty is a file of our own in the temporary folder
};

struct ProductVersionRequest {
    std::vector<PackageRequest> packages;  ///< done in this order; never empty
    Engine engine = Engine::automatic;
    WhenAbsent when_absent = WhenAbsent::fail;
    WhenNewer when_newer = WhenNewer::unchanged;
    WhenSideBySide when_side_by_side = WhenSideBySide::fail;
    bool restart_manager = true;                  ///< it may close programs that hold files in use
    std::chrono::seconds installer_timeout{600};  ///< per package, while another installation goes on
    std::chrono::seconds timeout{3600};           ///< per package
    bool stop_on_failure = false;
    std::string simulation;
};

struct ProductInfoRequest {
    std::vector<std::string> names;  ///< patterns
    std::vector<std::string> product_codes;
    std::vector<std::string> upgrade_codes;
    std::vector<std::string> paths;  ///< packages to read
    std::string simulation;
};

/// How to answer, whatever the operation.
struct AnswerOptions {
    bool check_mode = false;
    bool diff = false;
};

struct Request {
    std::variant<VmVersionRequest, VmInfoRequest, ProductVersionRequest, ProductInfoRequest> operation;
    AnswerOptions options;
};

}  // namespace upshift
