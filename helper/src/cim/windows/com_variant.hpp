// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <oleauto.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace upshift::cim {

/// Owns one BSTR, which is never null: a null BSTR is NULL to a provider, and not an empty text.
class Bstr {
  public:
    /// From UTF-8. Throws std::bad_alloc.
    explicit Bstr(std::string_view text);
    Bstr(const Bstr&) = delete;
    Bstr& operator=(const Bstr&) = delete;
    ~Bstr() { ::SysFreeString(text_); }

    BSTR get() const { return text_; }
    /// The caller becomes the owner.
    BSTR release() { return std::exchange(text_, nullptr); }

  private:
    BSTR text_;
};

/// Owns the BSTR that a function puts there; null at first.
class ReceivedBstr {
  public:
    ReceivedBstr() = default;
    ReceivedBstr(const ReceivedBstr&) = delete;
    ReceivedBstr& operator=(const ReceivedBstr&) = delete;
    ~ReceivedBstr() { ::SysFreeString(text_); }

    BSTR get() const { return text_; }
    BSTR* receive() { return &text_; }

  private:
    BSTR text_ = nullptr;
};

/// UTF-8 of a BSTR, which may be null.
std::string text_of(BSTR text);

/// Owns one VARIANT; empty at first.
class Variant {
  public:
    Variant() { ::VariantInit(&variant_); }
    Variant(Variant&& other) noexcept : Variant() { std::swap(variant_, other.variant_); }
    Variant& operator=(Variant&& other) noexcept {
        std::swap(variant_, other.variant_);
        return *this;
    }
    Variant(const Variant&) = delete;
    Variant& operator=(const Variant&) = delete;
    ~Variant() { ::VariantClear(&variant_); }

    static Variant null();
    static Variant from(bool value);
    static Variant from(std::int32_t value);
    static Variant from(std::string_view text);
    static Variant from(const std::vector<std::string>& texts);
    static Variant from(const std::vector<std::int64_t>& numbers);

    const VARIANT& get() const { return variant_; }
    VARIANT* pointer() { return &variant_; }
    /// Where a function puts a new value.
    VARIANT* receive() {
        ::VariantClear(&variant_);
        return &variant_;
    }

  private:
    VARIANT variant_;
};

/// The elements of a one-dimensional array of texts, or of numbers of any width.
std::vector<std::string> texts_in(SAFEARRAY* array);
std::vector<std::int64_t> numbers_in(SAFEARRAY* array, VARTYPE type);

}  // namespace upshift::cim
