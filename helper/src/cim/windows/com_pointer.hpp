// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

namespace upshift::cim {

/// Owns one reference to a COM interface.
template <typename Interface>
class ComPointer {
  public:
    ComPointer() = default;
    /// Takes over a reference that the caller owns.
    explicit ComPointer(Interface* owned) : interface_(owned) {}
    ComPointer(const ComPointer& other) : interface_(other.interface_) {
        if (interface_ != nullptr) {
            interface_->AddRef();
        }
    }
    ComPointer(ComPointer&& other) noexcept : interface_(std::exchange(other.interface_, nullptr)) {}
    ComPointer& operator=(ComPointer other) noexcept {
        std::swap(interface_, other.interface_);
        return *this;
    }
    ~ComPointer() {
        if (interface_ != nullptr) {
            interface_->Release();
        }
    }

    explicit operator bool() const { return interface_ != nullptr; }
    Interface* get() const { return interface_; }
    Interface* operator->() const { return interface_; }
    /// Where a function puts a new reference. Only on an empty one.
    Interface** receive() { return &interface_; }
    void** receive_any() { return reinterpret_cast<void**>(&interface_); }

  private:
    Interface* interface_ = nullptr;
};

}  // namespace upshift::cim
