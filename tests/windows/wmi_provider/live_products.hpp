// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "cim/cim_session.hpp"

// Win32_Product over the products that Windows Installer really has, where UPSHIFT_WMI_LIVE_PRODUCTS is set.
namespace upshift::test_provider {

bool has_live_products();

/// The installed product of all three keys. Throws WmiFailure, WBEM_E_NOT_FOUND.
cim::Instance live_product(const cim::ObjectPath& path);

/// Really installs. Upgrade applies patches and answers 1636 to anything else, Install installs packages
/// ("Upgrade method" and "Install method of the Win32_Product class").
cim::MethodResult call_live_product(const cim::ObjectPath& path, const std::string& method,
                                    const cim::NamedValues& parameters);

}  // namespace upshift::test_provider
