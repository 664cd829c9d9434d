// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <catch2/catch.hpp>

#include "scratch_folder.hpp"
#include "simulation/simulation_file.hpp"
#include "support/error.hpp"

// Simulation files that a test writes in place.
namespace upshift::test {

inline simulation::Description read_description(const std::string& json) {
    const ScratchFolder folder;
    return simulation::read_simulation_file(folder.write("host.json", json));
}

/// What the refusal says after the name of the file.
inline std::string refusal_of_description(const std::string& json) {
    try {
        (void)read_description(json);
    } catch (const OperationError& error) {
        CHECK(error.detail().kind == ErrorKind::invalid_arguments);
        return error.detail().found + "; " + error.detail().needed;
    }
    return "accepted";
}

}  // namespace upshift::test
