// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/answer_channel.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace upshift {

namespace {

bool is_open(int descriptor) {
    return ::fcntl(descriptor, F_GETFD) != -1;
}

/// The lowest free descriptor, on something that takes no output and gives no input: the null device, or a
/// folder where there is none (a bare chroot).
int open_nothing() {
    const int null_device = ::open("/dev/null", O_RDWR);
    return null_device == -1 ? ::open("/", O_RDONLY | O_DIRECTORY) : null_device;
}

/// A file opened later would otherwise take the number of a closed standard stream, and output meant for that
/// stream would land in it.
void take_closed_streams() {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
        if (!is_open(descriptor)) {
            open_nothing();
        }
    }
}

/// Standard output may be a pipe that somebody has set to O_NONBLOCK; then EAGAIN only means "wait".
bool is_passing(int error, int descriptor) {
    if (error == EAGAIN) {
        pollfd wanted{.fd = descriptor, .events = POLLOUT, .revents = 0};
        ::poll(&wanted, 1, -1);
        return true;
    }
    return error == EINTR;
}

}  // namespace

AnswerChannel::AnswerChannel() noexcept {
    // A reader that went away is an error of write, not the end of the process.
    (void)std::signal(SIGPIPE, SIG_IGN);
    const bool has_output = is_open(STDOUT_FILENO);
    take_closed_streams();
    if (!has_output) {
        return;
    }
    handle_ = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int nothing = open_nothing();
    if (nothing == -1) {
        ::close(STDOUT_FILENO);
        return;
    }
    ::dup2(nothing, STDOUT_FILENO);
    ::close(nothing);
}

bool AnswerChannel::redirect(const std::string& path) noexcept {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file == -1) {
        return false;
    }
    if (handle_ != -1) {
        ::close(static_cast<int>(handle_));
    }
    handle_ = file;
    return true;
}

const char* AnswerChannel::write(std::string_view text) const noexcept {
    const int descriptor = static_cast<int>(handle_);
    if (descriptor == -1) {
        return "it is closed";
    }
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (!is_passing(errno, descriptor)) {
            return ::strerrordesc_np(errno);
        }
    }
    // Network file systems tell of a full disk only now.
    return ::close(descriptor) == 0 || errno == EINTR ? nullptr : ::strerrordesc_np(errno);
}

void AnswerChannel::end_now(int exit_code) noexcept {
    std::_Exit(exit_code);
}

}  // namespace upshift
