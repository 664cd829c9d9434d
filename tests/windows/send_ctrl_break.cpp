// SPDX-License-Identifier: GPL-3.0-or-later
// Starts the given command, waits until it reads its standard input, and lets it have Ctrl-Break. Standard
// output and error are the command's; so is the exit code. 99: something else went wrong.
//
// GenerateConsoleCtrlEvent fails under Wine 8.0 without a display (measured: errors 6 and 12). What it leads
// to, on Windows and under Wine alike, is a thread in the process that runs CtrlRoutine of kernelbase.dll
// with the event; this program starts that thread itself.
#include <windows.h>

#include <cstdint>
#include <string>

namespace {

constexpr int went_wrong = 99;

struct Pipe {
    HANDLE read = nullptr;
    HANDLE write = nullptr;
};

Pipe pipe_to_child() {
    SECURITY_ATTRIBUTES inheritable{sizeof(SECURITY_ATTRIBUTES), nullptr, TRUE};
    Pipe pipe;
    ::CreatePipe(&pipe.read, &pipe.write, &inheritable, 4096);
    ::SetHandleInformation(pipe.write, HANDLE_FLAG_INHERIT, 0);
    return pipe;
}

HANDLE start(std::wstring command, HANDLE input) {
    STARTUPINFOW startup{};
    startup.cb = sizeof(startup);
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = input;
    startup.hStdOutput = ::GetStdHandle(STD_OUTPUT_HANDLE);
    startup.hStdError = ::GetStdHandle(STD_ERROR_HANDLE);
    PROCESS_INFORMATION process{};
    if (::CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, 0, nullptr, nullptr, &startup,
                         &process) == FALSE) {
        return nullptr;
    }
    return process.hProcess;
}

bool send_ctrl_break(HANDLE process) {
    // kernelbase.dll lies at the same address in every process of one architecture.
    const FARPROC routine = ::GetProcAddress(::GetModuleHandleW(L"kernelbase.dll"), "CtrlRoutine");
    if (routine == nullptr) {
        return false;
    }
    // NOLINTNEXTLINE(performance-no-int-to-ptr) the event is the routine's argument
    auto* const event = reinterpret_cast<void*>(std::uintptr_t{CTRL_BREAK_EVENT});
    // NOLINTNEXTLINE(bugprone-casting-through-void) GCC warns of the cast between the function types itself
    const auto entry = reinterpret_cast<LPTHREAD_START_ROUTINE>(reinterpret_cast<void*>(routine));
    return ::CreateRemoteThread(process, nullptr, 0, entry, event, 0, nullptr) != nullptr;
}

/// More blanks than the pipe holds: once they are written the child has begun to read.
void wait_until_it_reads(HANDLE pipe) {
    const std::string blanks(std::size_t{256} * 1024, ' ');
    DWORD written = 0;
    ::WriteFile(pipe, blanks.data(), static_cast<DWORD>(blanks.size()), &written, nullptr);
}

}  // namespace

int wmain(int count, wchar_t** words) {
    if (count != 2) {
        return went_wrong;
    }
    const Pipe input = pipe_to_child();
    HANDLE child = start(words[1], input.read);
    if (child == nullptr) {
        return went_wrong;
    }
    wait_until_it_reads(input.write);
    if (!send_ctrl_break(child)) {
        ::TerminateProcess(child, went_wrong);
    }
    // Its standard input stays open: only the event can end it.
    ::WaitForSingleObject(child, INFINITE);
    DWORD code = went_wrong;
    ::GetExitCodeProcess(child, &code);
    return static_cast<int>(code);
}
