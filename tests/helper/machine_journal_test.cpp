// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include <catch2/catch.hpp>

#include "machine/file_journal.hpp"
#include "machine/journal_text.hpp"
#include "support/error.hpp"
#include "support/scratch_folder.hpp"

using namespace upshift;

namespace {

const JournalEntry web{.operation = "hyperv_vm_version",
                       .host = "hv1",
                       .id = "7A2F1C00-0000-0000-0000-000000000001",
                       .name = "web",
                       .begun = "shutting down",
                       .restart = true};

/// The folder of the test that runs; a place is a plain function and knows nothing else.
std::filesystem::path& place_of_test() {
    static std::filesystem::path place;
    return place;
}

StatePlace the_place() {
    return {place_of_test().string(), true};
}

/// A state folder that is not there yet, and what a run sees and leaves in it.
class Folder {
  public:
    Folder() { place_of_test() = scratch_.path() / "state"; }

    /// A run that writes the entry and is killed.
    static void leave(const JournalEntry& entry) { FileJournal(the_place).write(entry); }
    static JournalReading read(const std::string& operation = "hyperv_vm_version") {
        return FileJournal(the_place).read(operation);
    }
    std::string write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories(place_of_test());
        return scratch_.write("state/" + name, text);
    }
    bool has(const std::string& name) const { return scratch_.has("state/" + name); }
    bool is_there() const { return scratch_.has("state"); }
    const test::ScratchFolder& scratch() const { return scratch_; }

  private:
    test::ScratchFolder scratch_;
};

void set_environment(const char* name, const std::string& value) {
#ifdef _WIN32
    _putenv_s(name, value.c_str());
#else
    setenv(name, value.c_str(), 1);
#endif
}

}  // namespace

TEST_CASE("an entry survives as text, whatever its names hold", "[journal]") {
    auto entry = web;
    entry.name = GENERATE("web", "", "a: b", "two\nlines\n", "back\\slash\\n", "\xC3\xBC");
    entry.job = GENERATE("", "5C7E3D10-11F4-4C57-9E5B-2B0C7A6F1D04");
    entry.begun_at = 1700000000;

    CHECK(parse_journal_text(to_journal_text(entry)) == entry);
}

TEST_CASE("a text that was cut off anywhere is no entry", "[journal]") {
    auto entry = web;
    entry.job = GENERATE("", "5C7E3D10-11F4-4C57-9E5B-2B0C7A6F1D04");
    const auto text = to_journal_text(entry);
    std::size_t taken = 0;
    for (std::size_t size = 0; size < text.size(); ++size) {
        taken += parse_journal_text(text.substr(0, size)) ? 1 : 0;
    }
    CHECK(taken == 0);
    CHECK_FALSE(parse_journal_text(text + "more"));
}

TEST_CASE("the next run reads what a killed one had begun", "[journal]") {
    const Folder folder;
    Folder::leave(web);

    const auto reading = Folder::read();

    REQUIRE(reading.entries.size() == 1);
    CHECK(reading.entries.front().begun_at > 1700000000);
    auto entry = reading.entries.front();
    entry.begun_at = 0;
    CHECK(entry == web);
    CHECK(reading.warnings.empty());
}

TEST_CASE("what a run that goes on is at is not left behind", "[journal]") {
    const Folder folder;
    FileJournal at_work(the_place);
    at_work.write(web);

    CHECK(Folder::read().entries.empty());
}

TEST_CASE("an entry that was taken out is gone", "[journal]") {
    const Folder folder;
    FileJournal journal(the_place);
    journal.write(web);

    journal.take_out(web);

    CHECK(Folder::read().entries.empty());
    CHECK(StateFolder(the_place()).files().empty());
}

TEST_CASE("an entry left by another run can be taken out", "[journal]") {
    const Folder folder;
    Folder::leave(web);

    FileJournal(the_place).take_out(web);

    CHECK(Folder::read().entries.empty());
}

TEST_CASE("taking out what is not there does nothing", "[journal]") {
    const Folder folder;

    CHECK_NOTHROW(FileJournal(the_place).take_out(web));
    CHECK_FALSE(folder.is_there());
}

TEST_CASE("an entry takes the place of the one with its key", "[journal]") {
    const Folder folder;
    Folder::leave(web);
    auto later = web;
    later.begun = "discarding its saved state";
    Folder::leave(later);

    const auto entries = Folder::read().entries;

    REQUIRE(entries.size() == 1);
    CHECK(entries.front().begun == "discarding its saved state");
}

TEST_CASE("entries of other operations are left to them", "[journal]") {
    const Folder folder;
    Folder::leave(web);

    CHECK(Folder::read("msi_product_version").entries.empty());
    CHECK(Folder::read().entries.size() == 1);
}

TEST_CASE("reading a journal that is not there finds nothing and makes nothing", "[journal]") {
    const Folder folder;

    CHECK(Folder::read().entries.empty());
    CHECK(Folder::read().warnings.empty());
    CHECK_FALSE(folder.is_there());
}

TEST_CASE("a damaged entry is told of and left where it is", "[journal]") {
    const Folder folder;
    Folder::leave(web);
    folder.write("begun-0.journal", to_journal_text(web).substr(0, 40));

    const auto reading = Folder::read();

    CHECK(reading.entries.size() == 1);
    REQUIRE(reading.warnings.size() == 1);
    CHECK_THAT(reading.warnings.front(),
               Catch::StartsWith("Could not read the journal \"") &&
                   Catch::EndsWith("begun-0.journal\": it is damaged. Look which virtual machines are off "
                                   "and which products are there, and "
                                   "delete it by hand."));
    CHECK(folder.has("begun-0.journal"));
}

TEST_CASE("a foreign file in the journal's folder is told of and left where it is", "[journal]") {
    const Folder folder;
    folder.write("notes.txt", "mine");

    const auto reading = Folder::read();

    REQUIRE(reading.warnings.size() == 1);
    CHECK_THAT(reading.warnings.front(),
               Catch::EndsWith("notes.txt\": it is not a file of upshift's journal. It is left alone."));
    CHECK(folder.has("notes.txt"));
}

TEST_CASE("a journal that cannot be written refuses before anything is begun", "[journal]") {
    const Folder folder;
    folder.scratch().write("state", "a file where the folder should be");

    CHECK_THROWS_WITH(
        Folder::leave(web),
        Catch::StartsWith("Could not note down in the journal what is begun with \"web\": the folder \"") &&
            Catch::Contains("cannot be written (") &&
            Catch::EndsWith("needed is a folder that this user may write to. Nothing was begun. Run it as an "
                            "administrator, or set UPSHIFT_STATE_DIR to another folder."));
}

TEST_CASE("the state goes where UPSHIFT_STATE_DIR says, and else to a folder of upshift's own", "[journal]") {
    const Folder folder;
    const auto chosen = folder.scratch().path() / "elsewhere";
    set_environment("UPSHIFT_STATE_DIR", chosen.string());
    CHECK(state_place().path == chosen.string());
    CHECK(state_place().chosen);

    set_environment("UPSHIFT_STATE_DIR", "");
    CHECK_FALSE(state_place().chosen);
    CHECK_THAT(state_place().path, Catch::Contains("pshift"));
}
