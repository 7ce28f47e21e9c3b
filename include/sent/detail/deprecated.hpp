#pragma once

/// @file
/// Marks functions for which the service has a replacement. Calling one of them causes a compiler warning
/// that names the replacement. To turn these warnings off, define `SENT_NO_DEPRECATION_WARNINGS` before the
/// first header of the library, or as a compiler option.

#ifdef SENT_NO_DEPRECATION_WARNINGS
#define SENT_DETAIL_DEPRECATED(advice)
#else
#define SENT_DETAIL_DEPRECATED(advice) [[deprecated(advice)]]
#endif
