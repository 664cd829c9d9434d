// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "contract/operations.hpp"
#include "program/command_line.hpp"

namespace upshift {

std::string help_text() {
    std::string text =
        "upshift brings Hyper-V virtual machines and Windows Installer products to a wanted version, and "
        "does\n"
        "nothing where they are already there.\n"
        "\n"
        "usage: upshift OPERATION [switches] < arguments.json\n"
        "       upshift schema OPERATION\n"
        "       upshift poll RUN | cancel RUN | confirm RUN | runs\n"
        "       upshift stage < {\"version\": ..., \"sha256\": ...}\n"
        "\n"
        "Standard input holds the arguments, one JSON object; standard output gets the answer, one line of "
        "JSON.\n"
        "\n"
        "operations:\n";
    for (const Operation& operation : operations()) {
        std::string name(operation.name);
        name.resize(26, ' ');
        text += "  " + name + std::string(operation.summary) + "\n";
    }
    text +=
        "\n"
        "switches:\n"
        "  --check                      say what would be done, and do nothing\n"
        "  --diff                       answer with the lines before and after\n"
        "  --detailed-exitcode          exit code 2 in place of 0 where something was changed\n"
        "  --progress auto|json|none    on standard error: a bar and a table at a terminal, JSON lines, "
        "nothing\n"
        "  --detach                     work on after this process and its session have ended; answers "
        "within "
        "--wait,\n"
        "                               otherwise names the run: poll RUN gives its answer, cancel RUN ends "
        "it "
        "in order,\n"
        "                               runs lists all\n"
        "  --wait SECONDS               how long --detach, poll and cancel wait for the answer: 20, at most "
        "3600\n"
        "  --confirm                    an answer that tells of changes counts as given only after confirm "
        "RUN\n"
        "  --version                    print the version\n"
        "  --help                       print this\n"
        "\n"
        "exit codes: 0 done, 1 failed, 64 the command line or the arguments could not be used; the answer is "
        "on\n"
        "standard output in each case.\n"
        "\n"
        "example: what would be upgraded on the host that host.json describes?\n"
        "  echo '{\"name\": \"*\", \"simulation\": \"host.json\"}' | upshift hyperv_vm_version --check "
        "--diff\n"
        "\n"
        "\"upshift schema OPERATION\" describes every argument and every field of the answer as JSON "
        "Schema.\n";
    return text;
}

}  // namespace upshift
