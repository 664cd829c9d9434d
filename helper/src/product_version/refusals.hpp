// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "contract/answer.hpp"
#include "contract/request.hpp"
#include "product_version/classify.hpp"

// Why a package is not installed: the texts, in one place.
namespace upshift {

/// What rules the package out whatever is installed: it does not provide the wanted version, or is of another
/// family.
std::optional<ErrorDetail> refusal_of_content(const PackageDescription& package,
                                              const PackageRequest& request);
/// What rules it out because of the installed product that was named by code or by name.
std::optional<ErrorDetail> refusal_of_selection(const Observation& seen, const Classified& classified,
                                                const PackageRequest& request);
/// What rules out that the package is installed where no version of its product is: another name than the one
/// asked for.
std::optional<ErrorDetail> refusal_of_unfit_name(const PackageDescription& package,
                                                 const PackageRequest& request);
/// What Win32_Product cannot do of it.
std::optional<ErrorDetail> refusal_of_wmi(const TargetRow& row, const Classified& classified);
ErrorDetail refusal_of_newer(const TargetRow& row);
ErrorDetail refusal_of_absent(const TargetRow& row);
/// For classifications that are never carried out.
ErrorDetail refusal_of_classification(const TargetRow& row, const Classified& classified);

}  // namespace upshift
