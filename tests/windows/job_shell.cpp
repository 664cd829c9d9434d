// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a program as the shell of a remote session does: in a job that ends everything in it when the shell
// ends.
//   job_shell [--tight] PROGRAM WORDS…
// From a tight job nothing can break away, as little as from a shell within another program's job.
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

}  // namespace

int wmain(int count, wchar_t** words) {
    const bool tight = count > 1 && std::wcscmp(words[1], L"--tight") == 0;
    std::wstring command;
    for (int i = tight ? 2 : 1; i < count; ++i) {
        command += (command.empty() ? L"" : L" ") + quoted(words[i]);
    }
    STARTUPINFOW startup{};
    startup.cb = sizeof(startup);
    PROCESS_INFORMATION process{};
    if (CreateProcessW(nullptr, command.data(), nullptr, nullptr, TRUE, CREATE_SUSPENDED, nullptr, nullptr,
                       &startup, &process) == FALSE ||
        AssignProcessToJobObject(make_job(tight), process.hProcess) == FALSE) {
        return 250;
    }
    ResumeThread(process.hThread);
    WaitForSingleObject(process.hProcess, INFINITE);
    DWORD code = 251;
    GetExitCodeProcess(process.hProcess, &code);
    return static_cast<int>(code);
}
