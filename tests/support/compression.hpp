#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sent::test {

/// The text as one gzip member.
std::string gzip(std::string_view text);

/// The text as a brotli stream that stores it without compressing, for Content-Encoding: br.
std::string brotli_stored(std::string_view text);

/// A valid gzip stream of zero bytes, as parts to send one after the other: `head`, `block_count` times
/// `block`, `tail`. 10 GB take a few KiB of memory and no time to make.
struct GzipZeros {
    explicit GzipZeros(std::uint64_t unpacked);

    /// Size of the packed stream.
    std::uint64_t size() const { return head.size() + block.size() * block_count + tail.size(); }

    std::string head;
    std::string block;
    std::uint64_t block_count;
    std::string tail;
};

/// The Content-Length of `send_gzip_zeros(unpacked)`.
std::uint64_t gzip_zeros_size(std::uint64_t unpacked);

}  // namespace sent::test
