// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace upshift {

/// A name for comparison without case: one element per character of the UTF-8 text, capitals made small in
/// ASCII, Latin-1, Latin Extended-A, Greek and Cyrillic; other scripts compare as they are. A byte that is no
/// UTF-8 stands for itself and equals no character.
std::u32string fold_case(std::string_view text);

/// A name with * (any text) and ? (any one character), without case.
class Pattern {
  public:
    explicit Pattern(std::string_view text) : folded_(fold_case(text)) {}

    /// True where it has neither * nor ?, and so means one name.
    bool is_exact() const { return folded_.find_first_of(U"*?") == std::u32string::npos; }
    bool matches(const std::u32string& folded_name) const;
    const std::u32string& folded() const { return folded_; }

  private:
    std::u32string folded_;
};

/// Several patterns as one question; many exact names cost no more than one.
class PatternSet {
  public:
    explicit PatternSet(const std::vector<std::string>& patterns);

    bool matches(const std::u32string& folded_name) const;

  private:
    std::unordered_set<std::u32string> exact_;
    std::vector<Pattern> wild_;
};

}  // namespace upshift
