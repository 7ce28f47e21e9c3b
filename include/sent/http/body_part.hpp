#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <sent/export.hpp>

/// @file
/// Parts of a multipart/form-data body. They are read while they are sent, so that a large file is never in
/// memory as a whole.

namespace sent {

/// Content of a part, in memory or in a file. Thread-safe, and the same content however often it is read.
class SENT_EXPORT BodySource {
  public:
    BodySource() = default;
    BodySource(const BodySource&) = delete;
    BodySource& operator=(const BodySource&) = delete;
    virtual ~BodySource();

    /// Returns the number of bytes. It never changes.
    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;
    /// Copies up to `room` bytes, beginning at `offset`, and returns their number: 0 only at the end or if
    /// `room` is 0. Returns nothing if the content cannot be read, or is no longer what it was at first: then
    /// the request must not be completed.
    [[nodiscard]] virtual std::optional<std::size_t> read(std::uint64_t offset, char* buffer,
                                                          std::size_t room) const noexcept = 0;
    /// Returns the whole content, for a transport that needs it in memory. Returns nothing as read() does.
    [[nodiscard]] std::optional<std::string> read_all() const;
};

/// One part of a multipart/form-data body.
struct BodyPart {
    std::string name{};
    /// Empty for a text part, which has no file name.
    std::string file_name{};
    /// Empty for a text part, which has no Content-Type.
    std::string content_type{};
    /// Never null.
    std::shared_ptr<const BodySource> source{};
};

}  // namespace sent
