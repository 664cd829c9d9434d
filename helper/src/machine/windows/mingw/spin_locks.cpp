// SPDX-License-Identifier: GPL-3.0-or-later
// The spin locks of mingw-w64's threads library (winpthreads 10, spinlock.c), which every mutex and condition
// variable of a program goes through, in place of the library's own.
//
// Those spin for whole time slices where the thread that holds the lock does not run. With more threads than
// processors that is often: of 64 VMs upgraded at once under Wine on two processors, four fifths of the time
// went there. These wait instead, by WaitOnAddress, after a moment of spinning.
#include <windows.h>

#include <pthread.h>

namespace {

/// As PTHREAD_SPINLOCK_INITIALIZER has it.
constexpr pthread_spinlock_t is_free = -1;
constexpr pthread_spinlock_t is_held = 0;
constexpr pthread_spinlock_t is_waited_for = 1;
/// Long enough for a holder that runs on another processor.
constexpr int spins_before_waiting = 64;

// NOLINTBEGIN(readability-non-const-parameter) the atomic operations write through it
bool take(pthread_spinlock_t* lock) {
    pthread_spinlock_t expected = is_free;
    return __atomic_compare_exchange_n(lock, &expected, is_held, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

bool take_soon(pthread_spinlock_t* lock) {
    for (int spin = 0; spin < spins_before_waiting; ++spin) {
        if (__atomic_load_n(lock, __ATOMIC_RELAXED) == is_free && take(lock)) {
            return true;
        }
        YieldProcessor();
    }
    return false;
}

/// Whoever takes it in this way cannot know whether others wait, too, and wakes one all the same.
bool take_from_waiting(pthread_spinlock_t* lock) {
    return __atomic_exchange_n(lock, is_waited_for, __ATOMIC_ACQUIRE) == is_free;
}
// NOLINTEND(readability-non-const-parameter)

}  // namespace

extern "C" {

int pthread_spin_init(pthread_spinlock_t* lock, int /*shared*/) {
    *lock = is_free;
    return 0;
}

int pthread_spin_destroy(pthread_spinlock_t* /*lock*/) {
    return 0;
}

int pthread_spin_lock(pthread_spinlock_t* lock) {
    if (take(lock) || take_soon(lock)) {
        return 0;
    }
    while (!take_from_waiting(lock)) {
        pthread_spinlock_t held = is_waited_for;
        ::WaitOnAddress(lock, &held, sizeof held, INFINITE);
    }
    return 0;
}

int pthread_spin_trylock(pthread_spinlock_t* lock) {
    return take(lock) ? 0 : EBUSY;
}

int pthread_spin_unlock(pthread_spinlock_t* lock) {
    if (__atomic_exchange_n(lock, is_free, __ATOMIC_RELEASE) == is_waited_for) {
        ::WakeByAddressSingle(lock);
    }
    return 0;
}
}
