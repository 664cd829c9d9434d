// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a program as the shell of a remote session does: in a job that ends everything in it when the shell
// ends, and with a stream of the session's that every process may inherit.
//   job_shell [--tight | --watched] PROGRAM WORDS…
// From a tight job nothing can break away, as little as from a shell within another program's job. A watched
// program must not leave the session's stream open when it has ended: exit code 252.
#include <windows.h>

#include <cwchar>
#include <string>

namespace {

std::wstring quoted(const wchar_t* word) {
    return L"\"" + std::wstring(word) + L"\"";
}

HANDLE make_job(bool tight) {
    HANDLE job = CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | (tight ? 0 : JOB_OBJECT_LIMIT_BREAKAWAY_OK);
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
    return job;
}

struct Stream {
    HANDLE read = nullptr;
    HANDLE write = nullptr;
};

Stream make_inheritable_stream() {
    SECURITY_ATTRIBUTES attributes{
        .nLength = sizeof(attributes), .lpSecurityDescriptor = nullptr, .bInheritHandle = TRUE};
    Stream stream;
    CreatePipe(&stream.read, &stream.write, &attributes, 0);
    SetHandleInformation(stream.read, HANDLE_FLAG_INHERIT, 0);
    return stream;
}

/// Whether nobody holds the other end any more, within a second: a process that ends closes its handles late.
bool is_released(HANDLE read) {
    for (int i = 0; i < 20; ++i) {
        DWORD available = 0;
        if (PeekNamedPipe(read, nullptr, 0, nullptr, &available, nullptr) == FALSE) {
            return GetLastError() == ERROR_BROKEN_PIPE;
        }
        Sleep(50);
    }
    return false;
}

}  // namespace

int wmain(int count, wchar_t** words) {
    const std::wstring mode = count > 1 ? words[1] : L"";
    const bool has_mode = mode == L"--tight" || mode == L"--watched";
    std::wstring command;
    for (int i = has_mode ? 2 : 1; i < count; ++i) {
        command += (command.empty() ? L"" : L" ") + quoted(words[i]);
    }
    const Stream stream = make_inheritable_stream();
    STARTUPINFOW startup{};
    startup.cb = sizeof(startup);
    PROCESS_INFORMATION process{};
    if (CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, CREATE_SUSPENDED, nullptr, nullptr,
                       &startup, &process) == FALSE ||
        AssignProcessToJobObject(make_job(mode == L"--tight"), process.hProcess) == FALSE) {
        return 250;
    }
    ResumeThread(process.hThread);
    WaitForSingleObject(process.hProcess, INFINITE);
    CloseHandle(stream.write);
    DWORD code = 251;
    GetExitCodeProcess(process.hProcess, &code);
    return mode != L"--watched" || is_released(stream.read) ? static_cast<int>(code) : 252;
}
