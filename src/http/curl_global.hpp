#pragma once

#include <cstdint>

namespace sent::detail::http {

/// Sets libcurl up, once per process, and watches for fork from then on. False when libcurl cannot be used.
bool ensure_curl() noexcept;

/// Counts the forks between the first process and this one. What was made under another number belongs to
/// another process: its connections may neither be used nor closed here.
std::uint64_t fork_generation() noexcept;

/// Whether this libcurl may write to a TLS socket without MSG_NOSIGNAL, see SigpipeGuard.
bool curl_may_raise_sigpipe() noexcept;

/// Whether this libcurl can unpack gzip, so that servers may be told to use it.
bool can_unpack_gzip() noexcept;

}  // namespace sent::detail::http
