// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/sha256.hpp"

#include <windows.h>

#include <array>
#include <bcrypt.h>
#include <cstdio>

#include "machine/windows/system_error.hpp"
#include "machine/windows/system_library.hpp"

namespace upshift {

namespace {

void require(NTSTATUS status) {
    if (status < 0) {
        ErrorDetail detail = system_error(static_cast<std::uint32_t>(status));
        detail.attempted = "compute a SHA-256";
        throw OperationError(detail);
    }
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
    // Windows finds the library of a program's import table beside the program first.
    const SystemLibrary library(L"bcrypt.dll");
    decltype(&BCryptOpenAlgorithmProvider) open = nullptr;
    decltype(&BCryptHash) hash = nullptr;
    decltype(&BCryptCloseAlgorithmProvider) close = nullptr;
    library.load(open, "BCryptOpenAlgorithmProvider");
    library.load(hash, "BCryptHash");
    library.load(close, "BCryptCloseAlgorithmProvider");

    BCRYPT_ALG_HANDLE algorithm = nullptr;
    require(open(&algorithm, BCRYPT_SHA256_ALGORITHM, nullptr, 0));
    std::array<UCHAR, 32> digest{};
    const NTSTATUS status =
        hash(algorithm, nullptr, 0, const_cast<PUCHAR>(reinterpret_cast<const UCHAR*>(bytes.data())),
             static_cast<ULONG>(bytes.size()), digest.data(), digest.size());
    close(algorithm, 0);
    require(status);

    std::string text;
    for (const UCHAR byte : digest) {
        std::array<char, 3> digits{};
        (void)std::snprintf(digits.data(), digits.size(), "%02x", byte);
        text += digits.data();
    }
    return text;
}

}  // namespace upshift
