#pragma once

// What the thread sanitizer has to know in tests that fork or whose Qt is not built with it. Include once a program.

#if defined(__SANITIZE_THREAD__)
// Children of tests fork from a process whose only other thread is Qt Test's watchdog, which holds nothing of ours.
extern "C" __attribute__((visibility("default"))) const char* __tsan_default_options()
{
    return "die_after_fork=0";
}
// Debian's Qt is not instrumented: how its watchdog and main thread agree is invisible.
extern "C" __attribute__((visibility("default"))) const char* __tsan_default_suppressions()
{
    return "race:QWaitCondition\ncalled_from_lib:libQt6Test.so\n";
}
#endif
