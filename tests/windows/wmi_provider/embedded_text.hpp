// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "class_object.hpp"

// An instance as the text of a parameter: CIM-XML ("Representation of CIM in XML", DSP0201).
namespace upshift::test_provider {

/// Properties that are NULL have no VALUE.
std::string embedded_text(const ObjectContent& content);

/// Reads what that wrote, with the properties that have a value. Nothing where it is no such text.
std::optional<cim::EmbeddedInstance> embedded_in(const std::string& text);

}  // namespace upshift::test_provider
