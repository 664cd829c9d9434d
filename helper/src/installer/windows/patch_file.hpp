// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "installer/patch_description.hpp"

namespace upshift {

/// Reads what a patch says of itself from the summary information of the file and of the transforms in it
/// ("Patch Packages", Windows Installer). Nothing where the file is no patch or cannot be opened. Goes
/// without msi.dll, whose MsiExtractPatchXMLData needs MSXML and is not there in Wine.
std::optional<PatchDescription> read_patch_file(const std::wstring& full_path);

}  // namespace upshift
