// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/windows/task_scheduler.hpp"

#include <windows.h>

#include <chrono>
#include <taskschd.h>

#include "cim/windows/com_pointer.hpp"
#include "cim/windows/com_security.hpp"
#include "cim/windows/com_variant.hpp"
#include "machine/run_folder.hpp"
#include "machine/task_text.hpp"
#include "machine/windows/current_user.hpp"
#include "machine/windows/system_error.hpp"
#include "machine/windows/text.hpp"

namespace upshift {

namespace {

using cim::Bstr;
using cim::ComPointer;

// "taskschd.h"; libuuid of mingw-w64 lacks them.
constexpr CLSID task_scheduler{0x0f87369f, 0xa4e5, 0x4cfc, {0xbd, 0x3e, 0x73, 0xe6, 0x15, 0x45, 0x72, 0xdd}};
constexpr IID service_interface{0x2faba4c7, 0x4da9, 0x4013, {0x96, 0x97, 0x20, 0xcc, 0x3f, 0xd4, 0x0f, 0x85}};

/// SCHED_S_BATCH_LOGON_PROBLEM: registered, and would not start ("Task Scheduler Error and Success
/// Constants").
constexpr HRESULT may_not_log_on = 0x4131C;

void check(HRESULT result, const char* attempted, const std::string& task) {
    if (SUCCEEDED(result)) {
        return;
    }
    // Windows errors stand in the lower half ("Structure of COM Error Codes").
    const bool is_windows_error = HRESULT_FACILITY(result) == FACILITY_WIN32;
    const auto code = static_cast<std::uint32_t>(is_windows_error ? HRESULT_CODE(result) : result);
    ErrorDetail detail = system_error(code);
    detail.attempted = attempted;
    detail.object = task;
    throw OperationError(detail);
}

ComPointer<ITaskFolder> open_folder(const std::string& task) {
    ComPointer<ITaskService> service;
    check(::CoCreateInstance(task_scheduler, nullptr, CLSCTX_INPROC_SERVER, service_interface,
                             service.receive_any()),
          "reach the Task Scheduler for", task);
    const VARIANT none{};
    check(service->Connect(none, none, none, none), "connect to the Task Scheduler for", task);
    ComPointer<ITaskFolder> folder;
    check(service->GetFolder(Bstr(R"(\)").get(), folder.receive()), "open the folder of tasks for", task);
    return folder;
}

}  // namespace

void start_by_task_scheduler(const std::string& task_name, const std::string& program,
                             const std::string& arguments) {
    const cim::ComThread thread;
    const auto folder = open_folder(task_name);
    const auto tomorrow = std::chrono::system_clock::now() + std::chrono::hours(24);
    const std::string user = windows::narrow(current_user_sid());
    const std::string text = task_text({.user_sid = user,
                                        .program = program,
                                        .arguments = arguments,
                                        .expires = begun_at(new_run_id(tomorrow))});
    const VARIANT none{};
    const Bstr name(task_name);
    ComPointer<IRegisteredTask> task;
    // As whom it runs stands in the text.
    const auto logon = user == "S-1-5-18" ? TASK_LOGON_SERVICE_ACCOUNT : TASK_LOGON_S4U;
    const HRESULT registered = folder->RegisterTask(name.get(), Bstr(text).get(), TASK_CREATE, none, none,
                                                    logon, none, task.receive());
    check(registered, "register the task", task_name);
    if (registered == may_not_log_on) {
        folder->DeleteTask(name.get(), 0);
        throw OperationError({.kind = ErrorKind::access_denied,
                              .attempted = "register the task",
                              .object = task_name,
                              .found = "this user may not log on as a batch job",
                              .hint = "Grant that right to the group Administrators."});
    }
    ComPointer<IRunningTask> running;
    const HRESULT begun = task->Run(none, running.receive());
    if (FAILED(begun)) {
        folder->DeleteTask(name.get(), 0);
    }
    check(begun, "run the task", task_name);
}

}  // namespace upshift
