#pragma once

// Every public header includes this one before it uses anything of C++17.
#if defined(_MSVC_LANG) ? _MSVC_LANG < 201703L : __cplusplus < 201703L
#error "sent needs C++17 or newer: -std=c++17, in CMake target_compile_features(program PRIVATE cxx_std_17)"
#include <sent needs C++17 or newer>  // stops compilers that would print thousands of further errors
#endif

/// @file
/// Symbol visibility. The libraries are compiled with hidden visibility. Their ABI is what carries one of
/// these macros: SENT_EXPORT in sent::sent, SENT_WEBHOOKS_EXPORT in sent::webhooks, on which sent::sent
/// depends, and SENT_TESTING_EXPORT in sent::testing. The build and the installed targets define SENT_STATIC
/// for static libraries. SENT_BUILDING, SENT_WEBHOOKS_BUILDING and SENT_TESTING_BUILDING are each defined
/// only while the library of that name is compiled, so that on Windows a library exports its own names and
/// imports the names of the others.

#if defined(SENT_STATIC)
#define SENT_DETAIL_OWN
#define SENT_DETAIL_FOREIGN
#elif defined(_WIN32)
#define SENT_DETAIL_OWN __declspec(dllexport)
#define SENT_DETAIL_FOREIGN __declspec(dllimport)
#else
#define SENT_DETAIL_OWN __attribute__((visibility("default")))
#define SENT_DETAIL_FOREIGN __attribute__((visibility("default")))
#endif

#if defined(SENT_BUILDING)
#define SENT_EXPORT SENT_DETAIL_OWN
#else
#define SENT_EXPORT SENT_DETAIL_FOREIGN
#endif

#if defined(SENT_WEBHOOKS_BUILDING)
#define SENT_WEBHOOKS_EXPORT SENT_DETAIL_OWN
#else
#define SENT_WEBHOOKS_EXPORT SENT_DETAIL_FOREIGN
#endif

#if defined(SENT_TESTING_BUILDING)
#define SENT_TESTING_EXPORT SENT_DETAIL_OWN
#else
#define SENT_TESTING_EXPORT SENT_DETAIL_FOREIGN
#endif
