// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace upshift {

/// Has `last_words` called, on the thread at fault, when this process is about to die of a crash: an access
/// outside its memory, an exhausted stack, an abort. It must not allocate and must not return. A handler that
/// somebody has set already, such as a sanitizer, is left in place.
void before_a_crash(void (*last_words)());

}  // namespace upshift
