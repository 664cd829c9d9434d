// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "contract/answer.hpp"
#include "product_version/observation.hpp"

// Why a patch is not applied: the texts, in one place.
namespace upshift {

/// The engine that is asked for cannot apply patches.
ErrorDetail refusal_of_patch_engine(const TargetRow& row);
ErrorDetail refusal_of_patch_transforms(const TargetRow& row);
/// None of the products that it is for, of which these are installed, is the one asked for.
ErrorDetail refusal_of_patch_selection(const TargetRow& row, const PatchDescription& patch,
                                       const std::vector<PatchedProduct>& installed);
/// What it is to be applied to is not installed, and a patch installs nothing by itself. `is_asked_for`: one
/// product was named.
ErrorDetail refusal_of_patch_alone(const TargetRow& row, bool is_asked_for);
ErrorDetail refusal_of_unpatchable(const TargetRow& row, const PatchDescription& patch, bool is_asked_for);
ErrorDetail refusal_of_patch_version(const TargetRow& row, const PatchDescription& patch);
ErrorDetail refusal_of_several_targets(const TargetRow& row, const std::vector<InstalledProduct>& products);
ErrorDetail refusal_of_new_product(const TargetRow& row, const PatchTarget& target);

}  // namespace upshift
