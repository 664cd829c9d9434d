// SPDX-License-Identifier: GPL-3.0-or-later
// A heap of the library's own. The provider of a real host is another process: what it takes and gives back
// must not litter the heap of the program that is measured.
#include <windows.h>

#include <new>

namespace {

HANDLE heap() {
    static HANDLE const own = ::HeapCreate(0, 0, 0);
    return own;
}

}  // namespace

void* operator new(std::size_t size) {
    if (void* const taken = ::HeapAlloc(heap(), 0, size)) {
        return taken;
    }
    throw std::bad_alloc();
}

void operator delete(void* taken) noexcept {
    ::HeapFree(heap(), 0, taken);
}

void operator delete(void* taken, std::size_t /*size*/) noexcept {
    ::HeapFree(heap(), 0, taken);
}
