// SPDX-License-Identifier: GPL-3.0-or-later
#include "described_world.hpp"

#include <array>

#include "com_object.hpp"
#include "environment.hpp"
#include "values.hpp"

namespace upshift::test_provider {

namespace {

std::string computer_name() {
    std::array<wchar_t, MAX_COMPUTERNAME_LENGTH + 1> name{};
    auto size = static_cast<DWORD>(name.size());
    ::GetComputerNameExW(ComputerNamePhysicalNetBIOS, name.data(), &size);
    return narrow(name.data());
}

}  // namespace

DescribedWorld& DescribedWorld::get() {
    static const auto file = environment(L"UPSHIFT_WMI_SIMULATION");
    if (file.empty()) {
        fail(WBEM_E_INVALID_NAMESPACE);
    }
    static DescribedWorld world(narrow(file.c_str()), environment(L"UPSHIFT_WMI_READ_ONLY").empty()
                                                          ? SimulationAccess::read_write
                                                          : SimulationAccess::read_only);
    return world;
}

DescribedWorld::DescribedWorld(const std::string& file, SimulationAccess access)
    : opened_(simulation::open_simulation(file, access)), this_computer_(computer_name()) {
    for (const auto& host : opened_.model->hosts()) {
        if (simulation::same_text(host, this_computer_)) {
            this_computer_ = host;
        }
    }
}

}  // namespace upshift::test_provider
