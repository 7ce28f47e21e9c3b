#pragma once

/// @file
/// Symbol visibility. The library is compiled with hidden visibility; what carries SENT_EXPORT is its ABI.
/// SENT_STATIC is defined by the build (and by the installed targets) for static libraries, SENT_BUILDING
/// only while the library itself is compiled.

#if defined(SENT_STATIC)
#define SENT_EXPORT
#elif defined(_WIN32)
#if defined(SENT_BUILDING)
#define SENT_EXPORT __declspec(dllexport)
#else
#define SENT_EXPORT __declspec(dllimport)
#endif
#else
#define SENT_EXPORT __attribute__((visibility("default")))
#endif
