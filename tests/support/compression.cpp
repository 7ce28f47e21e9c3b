#include "compression.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sent::test {

namespace {

constexpr std::uint64_t block_size = 1024 * 1024;
constexpr int raw_deflate = -15;
constexpr int with_gzip_header = 15 + 16;

std::string deflate_text(std::string_view text, int window, int flush) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("deflateInit2 failed");
    }
    std::string input(text);  // zlib wants a mutable pointer
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    std::string packed;
    std::array<char, 16 * 1024> buffer;
    do {
        stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
        stream.avail_out = static_cast<uInt>(buffer.size());
        deflate(&stream, flush);
        packed.append(buffer.data(), buffer.size() - stream.avail_out);
    } while (stream.avail_out == 0);
    deflateEnd(&stream);
    return packed;
}

/// Deflate blocks that end on a byte boundary and look back on nothing before them, so that they can be
/// repeated.
std::string zero_blocks(std::uint64_t size) {
    return size == 0
               ? ""
               : deflate_text(std::string(static_cast<std::size_t>(size), '\0'), raw_deflate, Z_FULL_FLUSH);
}

unsigned long zeros_crc(std::uint64_t size) {
    const std::string zeros(static_cast<std::size_t>(std::min(size, block_size)), '\0');
    const auto crc_of = [&zeros](std::uint64_t count) {
        return ::crc32(0, reinterpret_cast<const Bytef*>(zeros.data()), static_cast<uInt>(count));
    };
    const unsigned long block_crc = crc_of(zeros.size());
    unsigned long crc = ::crc32(0, nullptr, 0);
    for (; size > zeros.size(); size -= zeros.size()) {
        crc = crc32_combine(crc, block_crc, static_cast<z_off_t>(zeros.size()));
    }
    return crc32_combine(crc, crc_of(size), static_cast<z_off_t>(size));
}

void append_little_endian(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
        out += static_cast<char>(static_cast<unsigned char>((value >> (8 * i)) & 0xffU));
    }
}

}  // namespace

std::string gzip(std::string_view text) {
    return deflate_text(text, with_gzip_header, Z_FINISH);
}

std::string brotli_stored(std::string_view text) {
    constexpr std::size_t most_per_block = 0x10000;
    std::string out;
    bool first = true;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, most_per_block);
        text.remove_prefix(part.size());
        // ISLAST=0, MNIBBLES=0 (four), MLEN-1, ISUNCOMPRESSED=1; before the first one WBITS=16, a single 0.
        const std::uint64_t bits = (std::uint64_t{1} << 19U) | (std::uint64_t{part.size() - 1} << 3U);
        append_little_endian(out, first ? bits << 1U : bits, 3);
        out += part;
        first = false;
    }
    // ISLAST=1, ISLASTEMPTY=1.
    return out += first ? '\x06' : '\x03';
}

GzipZeros::GzipZeros(std::uint64_t unpacked)
    : head("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10), block_count(unpacked / block_size) {
    static const std::string full_block = zero_blocks(block_size);
    block = full_block;
    tail = zero_blocks(unpacked % block_size);
    tail += std::string("\x03\x00", 2);  // an empty last block
    append_little_endian(tail, zeros_crc(unpacked), 4);
    append_little_endian(tail, unpacked, 4);
}

std::uint64_t gzip_zeros_size(std::uint64_t unpacked) {
    return GzipZeros(unpacked).size();
}

}  // namespace sent::test
