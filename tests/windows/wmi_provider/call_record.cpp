// SPDX-License-Identifier: GPL-3.0-or-later
#include "call_record.hpp"

#include <windows.h>

#include <cstdio>
#include <mutex>
#include <string>

#include <nlohmann/json.hpp>

#include "environment.hpp"

namespace upshift::test_provider {

namespace {

std::FILE* record_file() {
    const auto path = environment(L"UPSHIFT_WMI_RECORD");
    return path.empty() ? nullptr : ::_wfopen(path.c_str(), L"ab");
}

/// A file that no process before this one had: Wine gives the id of one that has ended to the next.
HANDLE new_file_beside(const std::wstring& path) {
    HANDLE file = INVALID_HANDLE_VALUE;
    int number = 1;
    do {
        const auto numbered = path + L"." + std::to_wstring(number++);
        file = ::CreateFileW(numbered.c_str(), GENERIC_READ | GENERIC_WRITE,
                             FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, CREATE_NEW, 0, nullptr);
    } while (file == INVALID_HANDLE_VALUE && ::GetLastError() == ERROR_FILE_EXISTS);
    return file;
}

/// The count of this process, shared with whoever reads its file; nullptr without one.
volatile LONG64* mapped_count() {
    const auto path = environment(L"UPSHIFT_WMI_REFERENCES");
    if (path.empty()) {
        return nullptr;
    }
    const HANDLE file = new_file_beside(path);
    const HANDLE mapping = ::CreateFileMappingW(file, nullptr, PAGE_READWRITE, 0, sizeof(LONG64), nullptr);
    return static_cast<volatile LONG64*>(::MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, sizeof(LONG64)));
}

}  // namespace

void record_call(const std::string& call, const std::vector<std::pair<std::string, std::string>>& details) {
    static std::FILE* const file = record_file();
    if (file == nullptr) {
        return;
    }
    nlohmann::ordered_json line{{"call", call}};
    for (const auto& [name, text] : details) {
        line[name] = text;
    }
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    std::fputs((line.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace) + "\n").c_str(),
               file);
    std::fflush(file);
}

void count_references(int change) {
    static volatile LONG64* const count = mapped_count();
    if (count != nullptr) {
        ::InterlockedExchangeAdd64(count, change);
    }
}

}  // namespace upshift::test_provider
