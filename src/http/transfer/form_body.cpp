#include "http/transfer/form_body.hpp"

#include <algorithm>
#include <cstdio>

namespace sent::detail::http {

CURLcode FormBody::set(CURL* easy, const std::vector<BodyPart>& parts) {
    mime_.reset(curl_mime_init(easy));
    if (!mime_) {
        return CURLE_OUT_OF_MEMORY;
    }
    cursors_.assign(parts.size(), Cursor{});
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (const CURLcode code = add(mime_.get(), parts[i], cursors_[i]); code != CURLE_OK) {
            return code;
        }
    }
    return curl_easy_setopt(easy, CURLOPT_MIMEPOST, mime_.get());
}

void FormBody::clear(CURL* easy) noexcept {
    if (mime_) {
        curl_easy_setopt(easy, CURLOPT_MIMEPOST, nullptr);
        mime_.reset();
        cursors_.clear();
    }
}

CURLcode FormBody::add(curl_mime* mime, const BodyPart& part, Cursor& cursor) {
    curl_mimepart* const added = curl_mime_addpart(mime);
    if (added == nullptr) {
        return CURLE_OUT_OF_MEMORY;
    }
    cursor.source = part.source.get();
    CURLcode code = curl_mime_name(added, part.name.c_str());
    if (code == CURLE_OK && !part.file_name.empty()) {
        code = curl_mime_filename(added, part.file_name.c_str());
    }
    if (code == CURLE_OK && !part.content_type.empty()) {
        code = curl_mime_type(added, part.content_type.c_str());
    }
    return code != CURLE_OK ? code
                            : curl_mime_data_cb(added, static_cast<curl_off_t>(part.source->size()), &on_read,
                                                &on_seek, nullptr, &cursor);
}

std::size_t FormBody::on_read(char* buffer, std::size_t size, std::size_t count, void* cursor) noexcept {
    auto& part = *static_cast<Cursor*>(cursor);
    const auto bytes = part.source->read(part.offset, buffer, size * count);
    if (!bytes) {
        part.failed = true;
        return CURL_READFUNC_ABORT;
    }
    part.offset += *bytes;
    return *bytes;
}

/// libcurl rewinds each part before it sends the request.
int FormBody::on_seek(void* cursor, curl_off_t offset, int origin) noexcept {
    if (origin != SEEK_SET || offset < 0) {
        return CURL_SEEKFUNC_CANTSEEK;
    }
    static_cast<Cursor*>(cursor)->offset = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

bool FormBody::was_cut_off() const noexcept {
    return std::any_of(cursors_.begin(), cursors_.end(), [](const Cursor& part) { return part.failed; });
}

}  // namespace sent::detail::http
