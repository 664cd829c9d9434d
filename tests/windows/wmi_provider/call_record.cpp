// SPDX-License-Identifier: GPL-3.0-or-later
#include "call_record.hpp"

#include <windows.h>

#include <cstdio>
#include <mutex>

#include <nlohmann/json.hpp>

#include "environment.hpp"

namespace upshift::test_provider {

namespace {

std::FILE* record_file() {
    const auto path = environment(L"UPSHIFT_WMI_RECORD");
    return path.empty() ? nullptr : ::_wfopen(path.c_str(), L"ab");
}

/// The count of the file, shared with whoever reads it; nullptr without one.
volatile LONG64* mapped_count() {
    const auto path = environment(L"UPSHIFT_WMI_REFERENCES");
    if (path.empty()) {
        return nullptr;
    }
    const HANDLE file = ::CreateFileW(path.c_str(), GENERIC_READ | GENERIC_WRITE,
                                      FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_ALWAYS, 0, nullptr);
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
