#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <vector>

#include <sent/http/body_part.hpp>

namespace sent::detail::http {

/// Body of a request with parts (HttpRequest::parts), which libcurl reads while it sends. Belongs to one
/// handle.
class FormBody {
  public:
    /// Makes the handle send these parts, which must exist until the transfer has ended.
    CURLcode set(CURL* easy, const std::vector<BodyPart>& parts);
    /// Takes the parts of the last request from the handle.
    void clear(CURL* easy) noexcept;

    /// Whether a part could not be read, so that the body was not completed.
    [[nodiscard]] bool was_cut_off() const noexcept;

  private:
    /// How far libcurl has read a part.
    struct Cursor {
        const BodySource* source = nullptr;
        std::uint64_t offset = 0;
        bool failed = false;
    };
    struct MimeDeleter {
        void operator()(curl_mime* mime) const noexcept { curl_mime_free(mime); }
    };

    static CURLcode add(curl_mime* mime, const BodyPart& part, Cursor& cursor);
    static std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* cursor) noexcept;
    static int on_seek(void* cursor, curl_off_t offset, int origin) noexcept;

    std::vector<Cursor> cursors_{};
    std::unique_ptr<curl_mime, MimeDeleter> mime_{};
};

}  // namespace sent::detail::http
