#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sent::detail::http {

/// What the headers of a reply say of its length, and of the life of its connection. When they say two
/// different lengths, one of them is somebody else's reply: then none is believed.
class ReplyFraming {
  public:
    void begin() noexcept { *this = ReplyFraming{}; }

    /// Takes one header field, `name` as it stands before the colon. False when it contradicts an earlier
    /// one, or when its value is no length.
    bool note(std::string_view name, std::string_view value) noexcept;
    /// Whether a field of that name says where the reply ends.
    static bool is_length(std::string_view name) noexcept;

    /// N of `Keep-Alive: timeout=N`: how long the server keeps the idle connection.
    [[nodiscard]] std::optional<std::chrono::seconds> keep_alive() const noexcept { return keep_alive_; }

  private:
    bool note_length(std::string_view value) noexcept;
    bool note_codings(std::string_view value) noexcept;
    void note_keep_alive(std::string_view value) noexcept;

    std::optional<std::uint64_t> length_{};
    bool has_codings_ = false;
    bool is_chunked_ = false;
    std::optional<std::chrono::seconds> keep_alive_{};
};

}  // namespace sent::detail::http
