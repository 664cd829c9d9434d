// SPDX-License-Identifier: GPL-3.0-or-later
#include "installer/windows/patch_file.hpp"

#include <windows.h>

#include <algorithm>
#include <objidl.h>
#include <propidl.h>
#include <set>

#include "cim/windows/com_pointer.hpp"
#include "machine/windows/text.hpp"

namespace upshift {

namespace {

using cim::ComPointer;

// The class of a compound file that is a patch.
constexpr CLSID patch_class = {0x000C1086, 0, 0, {0xC0, 0, 0, 0, 0, 0, 0, 0x46}};
// FMTID_SummaryInformation ("The Summary Information Property Set").
constexpr FMTID summary_format = {
    0xF29F85E0, 0x4FF9, 0x1068, {0xAB, 0x91, 0x08, 0x00, 0x2B, 0x27, 0xB3, 0xD9}};

// Numbers of properties ("Summary Property Descriptions", Windows Installer): of a patch the products, the
// transforms and the codes; of a transform the products and what is compared.
constexpr PROPID products = 7;
constexpr PROPID transforms = 8;
constexpr PROPID revision = 9;
constexpr PROPID character_count = 16;

// A compound file lets nobody write while it is read; its parts are opened by one reader each.
constexpr DWORD read_file = STGM_READ | STGM_SHARE_DENY_WRITE;
constexpr DWORD read_part = STGM_READ | STGM_SHARE_EXCLUSIVE;

class Variant {
  public:
    Variant() { ::PropVariantInit(&value_); }
    Variant(const Variant&) = delete;
    Variant& operator=(const Variant&) = delete;
    ~Variant() { ::PropVariantClear(&value_); }

    PROPVARIANT* receive() { return &value_; }
    /// Codes and versions, which are ASCII in whatever code page.
    std::string text() const {
        if (value_.vt == VT_LPSTR && value_.pszVal != nullptr) {
            return value_.pszVal;
        }
        return value_.vt == VT_LPWSTR && value_.pwszVal != nullptr ? windows::narrow(value_.pwszVal) : "";
    }
    std::uint32_t number() const { return value_.vt == VT_I4 ? static_cast<std::uint32_t>(value_.lVal) : 0; }

  private:
    PROPVARIANT value_{};
};

/// The summary information of a file or of a storage in it. One that is not there has no values.
class Summary {
  public:
    explicit Summary(IStorage& storage) {
        ComPointer<IPropertySetStorage> sets;
        if (SUCCEEDED(storage.QueryInterface(__uuidof(IPropertySetStorage), sets.receive_any()))) {
            sets->Open(summary_format, read_part, properties_.receive());
        }
    }

    std::string text(PROPID number) const {
        Variant value;
        return read(number, value) ? value.text() : "";
    }
    std::uint32_t number(PROPID number) const {
        Variant value;
        return read(number, value) ? value.number() : 0;
    }

  private:
    bool read(PROPID number, Variant& value) const {
        PROPSPEC wanted{};
        wanted.ulKind = PRSPEC_PROPID;
        wanted.propid = number;
        return properties_ && properties_->ReadMultiple(1, &wanted, value.receive()) == S_OK;
    }

    ComPointer<IPropertyStorage> properties_;
};

/// Names of the transforms that change a product: each is listed as ":name", and beside it ":#name" for what
/// the installer notes down about the patch.
std::vector<std::wstring> transform_names(const std::string& list) {
    std::vector<std::wstring> names;
    std::string_view rest = list;
    while (!rest.empty()) {
        const auto name = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(rest.size(), name.size() + 1));
        if (name.size() > 1 && name.starts_with(':') && name[1] != '#') {
            names.push_back(windows::wide(name.substr(1)));
        }
    }
    return names;
}

std::optional<PatchTarget> read_transform(IStorage& patch, const std::wstring& name) {
    ComPointer<IStorage> transform;
    if (FAILED(patch.OpenStorage(name.c_str(), nullptr, read_part, nullptr, 0, transform.receive()))) {
        return std::nullopt;
    }
    const Summary summary(*transform.get());
    return patch_target(summary.text(revision), summary.number(character_count));
}

/// By its transforms; a product that none of them names is a target about which nothing more is known.
std::vector<PatchTarget> read_targets(IStorage& patch, const Summary& summary) {
    std::vector<PatchTarget> targets;
    std::set<std::string> described;
    for (const auto& name : transform_names(summary.text(transforms))) {
        if (auto target = read_transform(patch, name)) {
            described.insert(target->product_code);
            targets.push_back(std::move(*target));
        }
    }
    for (auto& code : codes_in(summary.text(products))) {
        if (described.insert(code).second) {
            targets.push_back({.product_code = std::move(code)});
        }
    }
    return targets;
}

bool is_patch(IStorage& storage) {
    STATSTG about{};
    return SUCCEEDED(storage.Stat(&about, STATFLAG_NONAME)) && about.clsid == patch_class;
}

}  // namespace

std::optional<PatchDescription> read_patch_file(const std::wstring& full_path) {
    ComPointer<IStorage> file;
    if (FAILED(::StgOpenStorage(full_path.c_str(), nullptr, read_file, nullptr, 0, file.receive())) ||
        !is_patch(*file.get())) {
        return std::nullopt;
    }
    const Summary summary(*file.get());
    PatchDescription patch;
    // Its own code, then those it takes the place of.
    patch.replaces = codes_in(summary.text(revision));
    if (!patch.replaces.empty()) {
        patch.patch_code = patch.replaces.front();
        patch.replaces.erase(patch.replaces.begin());
    }
    patch.targets = read_targets(*file.get(), summary);
    return patch;
}

}  // namespace upshift
