// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/standard_input.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

#include "support/leave_running.hpp"

namespace upshift {

namespace {

std::string read_up_to(std::size_t limit) {
    constexpr std::size_t piece = std::size_t{64} * 1024;
    std::string text;
    while (text.size() < limit) {
        const std::size_t before = text.size();
        const std::size_t wanted = std::min(piece, limit - before);
        text.resize(before + wanted);
        const std::size_t read = read_some_input(std::span(text).subspan(before));
        text.resize(before + read);
        if (read == 0) {
            break;
        }
    }
    return text;
}

/// What the reading thread hands over; shared, because the thread may outlive the one who waits for it.
struct Reading {
    std::mutex mutex;
    std::condition_variable_any ended;
    std::optional<std::string> text;
    std::exception_ptr error;
};

void read_into(Reading& reading, std::size_t limit) {
    std::optional<std::string> text;
    std::exception_ptr error;
    try {
        text = read_up_to(limit);
    } catch (...) {
        error = std::current_exception();
    }
    const std::scoped_lock lock(reading.mutex);
    reading.text = std::move(text);
    reading.error = error;
    reading.ended.notify_one();
}

}  // namespace

std::optional<std::string> read_standard_input(std::size_t limit, const std::stop_token& stop) {
    const auto reading = std::make_shared<Reading>();
    // A read that blocks cannot be interrupted in the same way everywhere; a thread can be left everywhere.
    leave_running(std::thread([reading, limit] { read_into(*reading, limit); }));

    std::unique_lock lock(reading->mutex);
    reading->ended.wait(lock, stop, [&] { return reading->text || reading->error; });
    if (reading->error) {
        std::rethrow_exception(reading->error);
    }
    return std::move(reading->text);
}

}  // namespace upshift
