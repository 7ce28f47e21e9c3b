#pragma once

namespace sent::detail::http {

/// Sets libcurl up, once. False when libcurl cannot be used.
bool ensure_curl() noexcept;

/// Whether this libcurl can unpack gzip, so that servers may be told to use it.
bool can_unpack_gzip() noexcept;

}  // namespace sent::detail::http
