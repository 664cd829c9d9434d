// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// Files by paths in UTF-8, platform by platform. The standard library's own paths would do the same and bring
// 100 kB along. Every function throws std::system_error where it cannot do its work.
namespace upshift {

/// Whether writing waits until what was written outlasts a loss of power.
enum class Flush { no, to_disk };

std::string read_file(const std::string& path);
/// Makes it, or replaces what it holds.
void write_file(const std::string& path, std::string_view text, Flush flush);
/// Takes the place of a file that is there.
void rename_file(const std::string& from, const std::string& to, Flush flush);
/// Nothing happens where there is none.
void delete_file(const std::string& path);
/// Also false where nobody may look.
bool file_exists(const std::string& path);

/// The path of a file in a folder.
std::string path_in(const std::string& folder, std::string_view name);
/// The folder for files that nobody keeps.
std::string temporary_folder();
/// For the name of a file that is not there yet.
unsigned random_number();

}  // namespace upshift
