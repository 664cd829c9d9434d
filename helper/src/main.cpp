// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine/answer_channel.hpp"
#include "machine/command_line.hpp"
#include "program/run.hpp"

int main(int count, char** words) {
    upshift::AnswerChannel channel;
    upshift::Run run(channel);
    run.carry_out(upshift::command_line_words(count, words));
}
