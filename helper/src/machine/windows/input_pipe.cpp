// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/input_pipe.hpp"

#include <memory>
#include <sddl.h>

#include "machine/run_folder.hpp"
#include "machine/windows/current_user.hpp"
#include "machine/windows/system_error.hpp"
#include "machine/windows/text.hpp"

namespace upshift {

namespace {

constexpr DWORD patience_ms = 60000;

OperationError error_with(DWORD code) {
    ErrorDetail detail = system_error(code);
    detail.attempted = "hand the arguments to the detached run";
    detail.hint = "Nothing was altered.";
    return OperationError(detail);
}

struct LocalFreer {
    void operator()(void* memory) const { LocalFree(memory); }
};

}  // namespace

InputPipe::InputPipe()
    : name_(R"(\\.\pipe\upshift-)" + new_run_id(std::chrono::system_clock::now())),
      done_(CreateEventW(nullptr, TRUE, FALSE, nullptr)) {
    // "Security Descriptor Definition Language": full access for SYSTEM and this user.
    const std::wstring rights = L"D:P(A;;GA;;;SY)(A;;GA;;;" + current_user_sid() + L")";
    SECURITY_ATTRIBUTES attributes{
        .nLength = sizeof(attributes), .lpSecurityDescriptor = nullptr, .bInheritHandle = FALSE};
    if (!done_ || ConvertStringSecurityDescriptorToSecurityDescriptorW(
                      rights.c_str(), SDDL_REVISION_1, &attributes.lpSecurityDescriptor, nullptr) == FALSE) {
        throw error_with(GetLastError());
    }
    const std::unique_ptr<void, LocalFreer> descriptor(attributes.lpSecurityDescriptor);
    constexpr DWORD buffer = 65536;
    pipe_ = FileHandle(CreateNamedPipeW(
        windows::wide(name_).c_str(),
        PIPE_ACCESS_OUTBOUND | FILE_FLAG_FIRST_PIPE_INSTANCE | FILE_FLAG_OVERLAPPED,
        PIPE_TYPE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, buffer, 0, 0, &attributes));
    if (!pipe_) {
        throw error_with(GetLastError());
    }
}

void InputPipe::wait_for(OVERLAPPED& operation) {
    DWORD moved = 0;
    if (WaitForSingleObject(done_.get(), patience_ms) != WAIT_OBJECT_0) {
        CancelIo(pipe_.get());
        GetOverlappedResult(pipe_.get(), &operation, &moved, TRUE);
        throw error_with(WAIT_TIMEOUT);
    }
    if (GetOverlappedResult(pipe_.get(), &operation, &moved, TRUE) == FALSE) {
        throw error_with(GetLastError());
    }
}

void InputPipe::give(std::string_view text) {
    OVERLAPPED operation{};
    operation.hEvent = done_.get();
    if (ConnectNamedPipe(pipe_.get(), &operation) == FALSE && GetLastError() != ERROR_PIPE_CONNECTED) {
        if (GetLastError() != ERROR_IO_PENDING) {
            throw error_with(GetLastError());
        }
        wait_for(operation);
    }
    ResetEvent(done_.get());
    if (WriteFile(pipe_.get(), text.data(), static_cast<DWORD>(text.size()), nullptr, &operation) == FALSE) {
        if (GetLastError() != ERROR_IO_PENDING) {
            throw error_with(GetLastError());
        }
        wait_for(operation);
    }
    FlushFileBuffers(pipe_.get());
}

}  // namespace upshift
