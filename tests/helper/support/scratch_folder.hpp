// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace upshift::test {

/// A new folder in the temporary one, removed with all that is in it.
class ScratchFolder {
  public:
    ScratchFolder() {
        const auto base = std::filesystem::temp_directory_path();
        auto number = std::chrono::steady_clock::now().time_since_epoch().count();
        do {
            path_ = base / ("upshift-test-" + std::to_string(number++));
        } while (!std::filesystem::create_directory(path_));
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::filesystem::path& path() const { return path_; }
    /// Gives the path of the file written.
    std::string write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return (path_ / name).string();
    }
    std::string read(const std::string& name) const {
        std::ostringstream text;
        text << std::ifstream(path_ / name, std::ios::binary).rdbuf();
        return text.str();
    }
    bool has(const std::string& name) const { return std::filesystem::exists(path_ / name); }
    void remove(const std::string& name) const { std::filesystem::remove(path_ / name); }

  private:
    std::filesystem::path path_;
};

}  // namespace upshift::test
