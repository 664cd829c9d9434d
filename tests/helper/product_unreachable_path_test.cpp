// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "installer/path_form.hpp"
#include "installer/unreachable_path.hpp"

using namespace upshift;
using Catch::Matchers::Contains;

TEST_CASE("a path of Windows is known by its form", "[installer]") {
    struct Row {
        const char* path;
        PathForm form;
        const char* drive;
        const char* computer;
        const char* share;
        bool names_file = true;
    };
    const Row row = GENERATE(values<Row>({
        {R"(C:\packages\a.msi)", PathForm::drive, "C:", "", ""},
        {"C:/packages/a.msi", PathForm::drive, "C:", "", ""},
        {"c:a.msi", PathForm::drive_relative, "c:", "", ""},
        {R"(\packages\a.msi)", PathForm::root_relative, "", "", ""},
        {R"(packages\a.msi)", PathForm::relative, "", "", ""},
        {"", PathForm::relative, "", "", ""},
        {R"(\\files\share\a.msi)", PathForm::unc, "", "files", "share"},
        {"//files/share/a.msi", PathForm::unc, "", "files", "share"},
        {R"(\\files\share)", PathForm::unc, "", "files", "share", false},
        {R"(\\files\share\)", PathForm::unc, "", "files", "share", false},
        {R"(\\files)", PathForm::unc, "", "files", "", false},
        {R"(\\)", PathForm::unc, "", "", "", false},
        {R"(\\?\X:\a.msi)", PathForm::drive, "X:", "", ""},
        {R"(\\?\UNC\files\share\a.msi)", PathForm::unc, "", "files", "share"},
        {R"(\\?\unc\files\share\a.msi)", PathForm::unc, "", "files", "share"},
        {R"(\\?\Volume{12345678-9ABC-DEF0-1234-56789ABCDEF0}\a.msi)", PathForm::device, "", "", ""},
        {R"(\\.\pipe\a.msi)", PathForm::device, "", "", ""},
        {"https://files/a.msi", PathForm::url, "", "", ""},
        {"file:///C:/a.msi", PathForm::url, "", "", ""},
    }));
    INFO(row.path);
    const WindowsPath parsed = parse_windows_path(row.path);
    CHECK(parsed.form == row.form);
    CHECK(parsed.drive == row.drive);
    CHECK(parsed.computer == row.computer);
    CHECK(parsed.share == row.share);
    CHECK(parsed.names_file == row.names_file);
}

TEST_CASE("a path that cannot be reached is explained with a way out", "[installer]") {
    struct Row {
        UnreachablePath path;
        const char* found;
        const char* hint;
    };
    const std::string unc = R"(\\files\share\a.msi)";
    const Row row = GENERATE_COPY(values<Row>({
        {{unc, 2}, "there is no such file", "as the account"},
        {{unc, 3, true, R"(\\files\share\x)"}, "there is no such file", R"("\\files\share\x" is not there)"},
        {{unc, 5}, "", "cannot pass its credentials"},
        {{R"(\\?\UNC\files\share\a.msi)", 5}, "", "cannot pass its credentials"},
        {{unc, 53}, "the computer \"files\" was not found on the network", "name resolves"},
        {{unc, 64}, "\"files\" ended the connection", "SMB"},
        {{unc, 65}, "\"files\" denied the access", "win_copy"},
        {{unc, 67}, "there is no share \"share\" on \"files\"", "name of the share"},
        {{unc, 86}, "the password for \"files\" is wrong", "Correct the password"},
        {{unc, 1219}, "this logon is connected to \"files\" as another user already", "net use /delete"},
        {{unc, 1312}, "this logon has no credentials for \"files\"", "new_credentials"},
        {{unc, 1326}, "\"files\" did not accept the user or the password", "Kerberos delegation"},
        {{unc, 1385}, "the account may not log on to \"files\" over the network", "Access this computer"},
        {{R"(Y:\a.msi)", 64}, "the computer of the share ended the connection", "SMB"},
        {{R"(\\files)", 53}, "the path names no file on a share", R"(\\server\share)"},
        {{R"(X:\a.msi)", 3, false}, "this logon has no drive X:", "belongs to the logon that mapped it"},
        {{R"(\\?\X:\a.msi)", 3, false}, "this logon has no drive X:", R"(\\server\share)"},
        {{"X:a.msi", 2, false}, "this logon has no drive X:", "win_copy"},
        {{R"(C:\a.msi)", 2}, "there is no such file", "as the account"},
        {{R"(C:\pakages\a.msi)", 3, true, R"(C:\pakages)"},
         "there is no such file",
         R"("C:\pakages" is not there: check that name.)"},
        {{R"(C:\a.msi)", 5}, "", "SYSTEM, read the file"},
        {{R"(C:\a.msi)", 32}, "another program has it open", "run this again"},
        {{R"(C:\a?.msi)", 123}, "it is no path of Windows", "whole path"},
        {{R"(C:\a.msi)", 1117}, "", "as the account"},
        {{"a.msi", 2}, "there is no such file", "from the folder that the helper runs in"},
        {{"C:a.msi", 2}, "there is no such file", "from the folder that the helper runs in"},
        {{R"(\files\share\a.msi)", 3}, "there is no such file", "begins with two"},
        {{"C:\\packages\temp.msi", 123},
         "the path holds a tab, a line break or another control character",
         "YAML"},
        {{R"("C:\a b.msi")", 123}, "the path holds quotes", "Leave them out"},
        {{"https://files/a.msi", 123}, "it is a URL and no path", "win_get_url"},
    }));
    INFO(row.path.path << ", code " << row.path.code);
    const PathExplanation explained = explain(row.path);
    CHECK(explained.found == row.found);
    CHECK_THAT(explained.hint, Contains(row.hint));
    CHECK(explained.hint.find('{') == std::string::npos);
    CHECK(explained.hint.back() == '.');
}

TEST_CASE("a share that the logon may not read has three ways out", "[installer]") {
    const PathExplanation explained = explain({.path = R"(\\files\share\a.msi)", .code = 5});
    CHECK_THAT(explained.hint,
               Contains("win_copy") && Contains("become") && Contains("account of this computer"));
}
