#pragma once

namespace sent::detail::http {

/// Initialises libcurl once, also in a child that was forked meanwhile (A4 in docs/reliability.md). Returns
/// false if libcurl cannot be used.
bool ensure_curl() noexcept;

/// Whether this libcurl can decompress gzip. If so, servers may be asked for it.
bool can_unpack_gzip() noexcept;

}  // namespace sent::detail::http
