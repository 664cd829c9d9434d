// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace upshift {

enum class ErrorKind {
    invalid_arguments,
    connection,
    authentication,
    access_denied,
    not_supported,
    not_found,
    wrong_state,
    refused,
    busy,
    timeout,
    cancelled,
    package_invalid,
    package_unreadable,
    untrusted_package,
    failed,
    internal,
};

/// The name as answers spell it, for example "wrong_state".
std::string_view name_of(ErrorKind kind);

/// Why something could not be done. Every text is for a person; empty means "nothing to say".
struct ErrorDetail {
    ErrorKind kind = ErrorKind::internal;
    std::string attempted;  ///< a verb phrase that completes "could not …": "upgrade the VM"
    std::string object;     ///< the name of what it was done to, without quotes
    std::string found;      ///< what stood in the way: "it is running"
    std::string needed;     ///< what would have been right: "a VM that is off"
    std::string code;  ///< the native code as people search for it: hexadecimal from 0x80000000, else decimal
    std::string code_family;  ///< whose code it is: "Windows Installer", "UpgradeSystemVersion", "HRESULT"
    std::string symbol;       ///< ERROR_INSTALL_FAILURE
    std::string hint;         ///< the way out, a whole sentence
    std::string cause;        ///< what lies beneath, in the platform's own words

    bool operator==(const ErrorDetail&) const = default;
};

/// One sentence with everything that ErrorDetail knows: attempted, object in quotes, found, needed, cause,
/// hint, and the code last.
std::string sentence(const ErrorDetail& detail);

/// The same without what was attempted on which object, for where a row already says so.
std::string explanation(const ErrorDetail& detail);

/// The one exception of the helper. Expected outcomes (nothing to do, refused) are values of a plan, never
/// this.
class OperationError : public std::exception {
  public:
    explicit OperationError(ErrorDetail detail);

    const ErrorDetail& detail() const noexcept { return detail_; }
    const char* what() const noexcept override { return text_.c_str(); }

  private:
    ErrorDetail detail_;
    std::string text_;
};

/// A native code as people search for it: hexadecimal from 0x80000000 up, decimal below.
std::string code_text(unsigned long code);

}  // namespace upshift
