// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "cim/wmi_codes.hpp"
#include "installer/install_engine.hpp"

// Why Win32_Product did not install something: the texts, in one place.
namespace upshift {

/// This Windows has no Win32_Product.
ErrorDetail missing_provider();
/// WMI did not tell whether it has.
ErrorDetail unreachable_provider(const cim::CimError& error);
/// The method surely did not run.
ErrorDetail refused_call(const cim::CimError& error, const std::string& method, const InstallOrder& order);
/// The method may have run.
ErrorDetail lost_answer(const cim::CimError& error, const std::string& method, const InstallOrder& order);

/// The way out of a code that Win32_Product has a reason of its own for; else empty.
std::string hint_for(std::uint32_t code, const InstallOrder& order);

}  // namespace upshift
