// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/late_guests.hpp"

#include <iterator>

namespace upshift {

LateGuests::~LateGuests() {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
    changed_.notify_one();
}

void LateGuests::watch(std::unique_ptr<VmUpgrade> upgrade, OnEnd on_end) {
    const std::lock_guard lock(mutex_);
    new_ones_.push_back({std::move(upgrade), std::move(on_end)});
    changed_.notify_one();
    if (!thread_.joinable()) {
        thread_ = std::jthread([this] { work(); });
    }
}

void LateGuests::finish() {
    {
        const std::lock_guard lock(mutex_);
        finishing_ = true;
        changed_.notify_one();
    }
    if (thread_.joinable()) {
        thread_.join();
    }
    if (trouble_) {
        std::rethrow_exception(trouble_);
    }
}

void LateGuests::work() {
    try {
        std::vector<Watched> watched;
        while (take_new_ones(watched)) {
            look_at(watched);
            if (!watched.empty()) {
                clock_.wait_until(clock_.now() + std::chrono::seconds(1), stop_);
            }
        }
    } catch (...) {
        trouble_ = std::current_exception();
    }
}

bool LateGuests::take_new_ones(std::vector<Watched>& watched) {
    std::unique_lock lock(mutex_);
    if (watched.empty()) {
        changed_.wait(lock, [this] { return finishing_ || !new_ones_.empty(); });
    }
    std::move(new_ones_.begin(), new_ones_.end(), std::back_inserter(watched));
    new_ones_.clear();
    return !watched.empty();
}

void LateGuests::look_at(std::vector<Watched>& watched) {
    std::erase_if(watched, [](Watched& one) {
        one.upgrade->look();
        if (one.upgrade->is_to_be_watched()) {
            return false;
        }
        one.on_end(*one.upgrade);
        return true;
    });
}

}  // namespace upshift
