// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/windows/msi_product_inventory.hpp"

#include <array>
#include <cstdlib>
#include <set>
#include <tuple>

#include "installer/package_code.hpp"
#include "installer/windows/msi_handle.hpp"
#include "installer/windows/patch_file.hpp"
#include "machine/windows/current_user.hpp"
#include "machine/windows/system_error.hpp"
#include "machine/windows/text.hpp"
#include "support/version.hpp"

namespace upshift {

namespace {

// Stands for every user in MsiEnumProductsEx.
constexpr const wchar_t* everyone = L"s-1-1-0";
constexpr DWORD every_context = MSIINSTALLCONTEXT_ALL;
// The value of the property State of a product that is known but not installed.
constexpr const char* state_advertised = "1";
// The value of the property InstanceType of a product made by an instance transform.
constexpr const char* instance_type = "1";

/// Where the installer keeps a product: its context, and the user whose it is.
struct Place {
    MSIINSTALLCONTEXT context = MSIINSTALLCONTEXT_MACHINE;
    std::wstring sid;  ///< empty for the machine, and for the user this process runs as
};

InstallContext context_of(MSIINSTALLCONTEXT context) {
    switch (context) {
        case MSIINSTALLCONTEXT_USERMANAGED:
            return InstallContext::user_managed;
        case MSIINSTALLCONTEXT_USERUNMANAGED:
            return InstallContext::user_unmanaged;
        default:
            return InstallContext::machine;
    }
}

std::optional<std::string> property(const MsiFunctions& msi, const std::wstring& product, const Place& place,
                                    const wchar_t* name) {
    const wchar_t* sid = place.sid.empty() ? nullptr : place.sid.c_str();
    const auto [code, text] = read_text([&](wchar_t* buffer, DWORD* size) {
        return msi.product_info(product.c_str(), sid, place.context, name, buffer, size);
    });
    if (code != ERROR_SUCCESS) {
        return std::nullopt;
    }
    // Registry values may carry a trailing NUL of their own.
    return windows::narrow(text.substr(0, text.find(L'\0')));
}

/// VersionString as it is registered, and where that is odd the packed number beside it: major in its highest
/// byte, then minor, build in the lower half (facts: windows-installer, section 2.3).
std::string version_of(const std::string& text, const std::string& packed) {
    const bool is_number =
        !packed.empty() && packed.size() <= 10 && packed.find_first_not_of("0123456789") == std::string::npos;
    const auto number = is_number ? std::strtoull(packed.c_str(), nullptr, 10) : 0;
    if (parse_product_version(text) || number == 0 || number > 0xFFFFFFFF) {
        return text;
    }
    return std::to_string(number >> 24U) + "." + std::to_string((number >> 16U) & 0xFFU) + "." +
           std::to_string(number & 0xFFFFU);
}

InstalledProduct describe(const MsiFunctions& msi, const std::wstring& code, const Place& place,
                          const std::string& state) {
    const auto read = [&](const wchar_t* name) { return property(msi, code, place, name).value_or(""); };
    InstalledProduct product;
    product.product_code = normalized_code(windows::narrow(code));
    product.package_code = normalized_code(read(L"PackageCode"));
    product.version = version_of(read(L"VersionString"), read(L"Version"));
    product.name = read(L"InstalledProductName");
    if (product.name.empty()) {
        product.name = read(L"ProductName");
    }
    product.publisher = read(L"Publisher");
    const auto language = parse_product_version(read(L"Language"));
    product.language = language ? language->major : 0;
    product.context = context_of(place.context);
    product.user_sid = windows::narrow(place.sid);
    product.of_another_user = !place.sid.empty() && place.sid != current_user_sid();
    product.advertised = state == state_advertised;
    product.instance = read(L"InstanceType") == instance_type;
    return product;
}

/// The products that `product` (nullptr: every one) and `sid` (nullptr: this user and the machine) select.
template <typename Take>
void enumerate(const MsiFunctions& msi, const wchar_t* product, const wchar_t* sid, Take take) {
    for (DWORD index = 0;; ++index) {
        std::array<wchar_t, 39> code{};
        Place place;
        UINT result = ERROR_SUCCESS;
        std::tie(result, place.sid) = read_text([&](wchar_t* buffer, DWORD* size) {
            return msi.enumerate_products(product, sid, every_context, index, code.data(), &place.context,
                                          buffer, size);
        });
        if (result != ERROR_SUCCESS) {
            // ERROR_NO_MORE_ITEMS, or ERROR_ACCESS_DENIED where this process may not ask about other users.
            return;
        }
        take(std::wstring(code.data()), place);
    }
}

/// Each product of the machine and of every user once. For everyone Wine 8.0 leaves out what is this user's
/// own, and Windows refuses those who are no administrators, so that both are asked.
template <typename Take>
void enumerate_everyone(const MsiFunctions& msi, const wchar_t* product, Take take) {
    std::set<std::wstring> known;
    const auto take_new = [&](const std::wstring& code, const Place& place) {
        if (known.insert(code + place.sid).second) {
            take(code, place);
        }
    };
    enumerate(msi, product, everyone, take_new);
    enumerate(msi, product, nullptr, take_new);
}

Place place_of(const InstalledProduct& product) {
    Place place;
    if (product.context != InstallContext::machine) {
        place.context = product.context == InstallContext::user_managed ? MSIINSTALLCONTEXT_USERMANAGED
                                                                        : MSIINSTALLCONTEXT_USERUNMANAGED;
        place.sid = product.of_another_user ? windows::wide(product.user_sid) : L"";
    }
    return place;
}

/// What the patch takes the place of, as the installer's own copy of it says.
std::vector<std::string> replaced_by_patch(const MsiFunctions& msi, const std::wstring& patch,
                                           const std::wstring& product, const Place& place) {
    const wchar_t* sid = place.sid.empty() ? nullptr : place.sid.c_str();
    const auto [code, copy] = read_text([&](wchar_t* buffer, DWORD* size) {
        return msi.patch_info(patch.c_str(), product.c_str(), sid, place.context, L"LocalPackage", buffer,
                              size);
    });
    const auto described = code == ERROR_SUCCESS ? read_patch_file(copy) : std::nullopt;
    return described ? described->replaces : std::vector<std::string>();
}

FeatureState feature_state_of(INSTALLSTATE state) {
    switch (state) {
        case INSTALLSTATE_LOCAL:
        case INSTALLSTATE_DEFAULT:
            return FeatureState::local;
        case INSTALLSTATE_SOURCE:
            return FeatureState::source;
        case INSTALLSTATE_ADVERTISED:
            return FeatureState::advertised;
        default:
            return FeatureState::absent;
    }
}

std::optional<InstalledProduct> look_up(const MsiFunctions& msi, const std::wstring& code,
                                        const Place& place) {
    const auto state = property(msi, code, place, L"State");
    return state ? std::optional(describe(msi, code, place, *state)) : std::nullopt;
}

}  // namespace

std::vector<InstalledProduct> MsiProductInventory::all() {
    const MsiFunctions& msi = msi_->functions();
    std::vector<InstalledProduct> products;
    enumerate_everyone(msi, nullptr, [&](const std::wstring& code, const Place& place) {
        if (auto product = look_up(msi, code, place)) {
            products.push_back(std::move(*product));
        }
    });
    return products;
}

std::optional<InstalledProduct> MsiProductInventory::find(const std::string& product_code) {
    const MsiFunctions& msi = msi_->functions();
    const std::wstring code = windows::wide(product_code);
    for (const auto context :
         {MSIINSTALLCONTEXT_MACHINE, MSIINSTALLCONTEXT_USERUNMANAGED, MSIINSTALLCONTEXT_USERMANAGED}) {
        if (auto product = look_up(msi, code, {context, {}})) {
            return product;
        }
    }
    std::optional<InstalledProduct> found;
    enumerate_everyone(msi, code.c_str(), [&](const std::wstring& each, const Place& place) {
        if (!found) {
            found = look_up(msi, each, place);
        }
    });
    return found;
}

std::vector<InstalledProduct> MsiProductInventory::related(const std::string& upgrade_code) {
    const MsiFunctions& msi = msi_->functions();
    const std::wstring family = windows::wide(upgrade_code);
    std::vector<InstalledProduct> products;
    std::array<wchar_t, 39> code{};
    for (DWORD index = 0; msi.enumerate_related(family.c_str(), 0, index, code.data()) == ERROR_SUCCESS;
         ++index) {
        if (auto product = find(windows::narrow(code.data()))) {
            products.push_back(std::move(*product));
        }
    }
    return products;
}

std::vector<Feature> MsiProductInventory::features(const InstalledProduct& product) {
    if (product.of_another_user) {
        return {};
    }
    const MsiFunctions& msi = msi_->functions();
    const std::wstring code = windows::wide(product.product_code);
    std::vector<Feature> features;
    std::array<wchar_t, MAX_FEATURE_CHARS + 1> name{};
    std::array<wchar_t, MAX_FEATURE_CHARS + 1> parent{};
    for (DWORD index = 0;
         msi.enumerate_features(code.c_str(), index, name.data(), parent.data()) == ERROR_SUCCESS; ++index) {
        features.push_back(
            {windows::narrow(name.data()), feature_state_of(msi.feature_state(code.c_str(), name.data()))});
    }
    return features;
}

std::vector<InstalledPatch> MsiProductInventory::patches(const InstalledProduct& product) {
    const MsiFunctions& msi = msi_->functions();
    const std::wstring code = windows::wide(product.product_code);
    const Place place = place_of(product);
    const wchar_t* sid = place.sid.empty() ? nullptr : place.sid.c_str();
    std::vector<InstalledPatch> patches;
    for (const auto& [filter, state] : {std::pair(MSIPATCHSTATE_APPLIED, PatchState::applied),
                                        std::pair(MSIPATCHSTATE_SUPERSEDED, PatchState::superseded),
                                        std::pair(MSIPATCHSTATE_OBSOLETED, PatchState::obsolete)}) {
        std::array<wchar_t, 39> patch{};
        for (DWORD index = 0;
             msi.enumerate_patches(code.c_str(), sid, place.context, static_cast<DWORD>(filter), index,
                                   patch.data(), nullptr, nullptr, nullptr, nullptr) == ERROR_SUCCESS;
             ++index) {
            patches.push_back({normalized_code(windows::narrow(patch.data())), state,
                               replaced_by_patch(msi, patch.data(), code, place)});
        }
    }
    return patches;
}

}  // namespace upshift
