// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/answer_channel.hpp"

#include <windows.h>

#include <algorithm>
#include <exception>
#include <fcntl.h>
#include <io.h>

#include "machine/windows/text.hpp"

namespace upshift {

namespace {

bool is_usable(HANDLE handle) {
    return handle != nullptr && handle != INVALID_HANDLE_VALUE;
}

/// An own copy that children do not inherit, or -1 where there is nothing to copy.
std::intptr_t private_copy(HANDLE handle) {
    HANDLE copy = nullptr;
    if (!is_usable(handle) || ::DuplicateHandle(::GetCurrentProcess(), handle, ::GetCurrentProcess(), &copy,
                                                0, FALSE, DUPLICATE_SAME_ACCESS) == FALSE) {
        return -1;
    }
    return reinterpret_cast<std::intptr_t>(copy);
}

/// The C runtime, and children that inherit, write to the handle of descriptor 1 and to STD_OUTPUT_HANDLE.
void redirect_output_to_null_device() {
    SECURITY_ATTRIBUTES inheritable{
        .nLength = sizeof(SECURITY_ATTRIBUTES), .lpSecurityDescriptor = nullptr, .bInheritHandle = TRUE};
    HANDLE null_device = ::CreateFileW(L"NUL", GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                       &inheritable, OPEN_EXISTING, 0, nullptr);
    if (!is_usable(null_device)) {
        return;
    }
    const int descriptor = ::_open_osfhandle(reinterpret_cast<std::intptr_t>(null_device), _O_BINARY);
    constexpr int standard_output = 1;
    if (descriptor == -1) {
        ::SetStdHandle(STD_OUTPUT_HANDLE, null_device);
        return;
    }
    if (descriptor != standard_output) {
        ::_dup2(descriptor, standard_output);
        ::_close(descriptor);
    }
    // NOLINTNEXTLINE(performance-no-int-to-ptr) it was a handle before
    auto* const output = reinterpret_cast<HANDLE>(::_get_osfhandle(standard_output));
    ::SetHandleInformation(output, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
    ::SetStdHandle(STD_OUTPUT_HANDLE, output);
}

const char* reason_of(DWORD error) {
    switch (error) {
        case ERROR_DISK_FULL:
        case ERROR_HANDLE_DISK_FULL:
            return "the disk is full";
        case ERROR_BROKEN_PIPE:
        case ERROR_NO_DATA:
            return "its reader has gone";
        case ERROR_ACCESS_DENIED:
        case ERROR_INVALID_HANDLE:
            return "it is not open for writing";
        default:
            return "the system refused it";
    }
}

}  // namespace

AnswerChannel::AnswerChannel() noexcept : handle_(private_copy(::GetStdHandle(STD_OUTPUT_HANDLE))) {
    redirect_output_to_null_device();
}

bool AnswerChannel::redirect(const std::string& path) noexcept {
    HANDLE file = INVALID_HANDLE_VALUE;
    try {
        file = ::CreateFileW(windows::wide(path).c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                             nullptr, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    } catch (const std::exception&) {
        return false;
    }
    if (!is_usable(file)) {
        return false;
    }
    if (handle_ != -1) {
        // NOLINTNEXTLINE(performance-no-int-to-ptr) it was a handle before
        ::CloseHandle(reinterpret_cast<HANDLE>(handle_));
    }
    handle_ = reinterpret_cast<std::intptr_t>(file);
    return true;
}

const char* AnswerChannel::write(std::string_view text) const noexcept {
    if (handle_ == -1) {
        return "it is closed";
    }
    // NOLINTNEXTLINE(performance-no-int-to-ptr) it was a handle before
    auto* const output = reinterpret_cast<HANDLE>(handle_);
    while (!text.empty()) {
        constexpr std::size_t piece = std::size_t{1} << 20U;
        DWORD written = 0;
        if (::WriteFile(output, text.data(), static_cast<DWORD>(std::min(text.size(), piece)), &written,
                        nullptr) == FALSE) {
            return reason_of(::GetLastError());
        }
        text.remove_prefix(written);
    }
    return nullptr;
}

void AnswerChannel::end_now(int exit_code) noexcept {
    // ExitProcess would run the detach code of every DLL while abandoned threads hold its locks, and may
    // never return.
    ::TerminateProcess(::GetCurrentProcess(), static_cast<UINT>(exit_code));
    while (true) {
        ::Sleep(INFINITE);
    }
}

}  // namespace upshift
