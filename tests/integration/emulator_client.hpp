#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <curl/curl.h>
#include <nlohmann/json.hpp>

#include <sent/testing/emulator.hpp>

#include "support/eventually.hpp"

namespace sent::test {

using Json = nlohmann::json;

/// What came back: a transport error, or a reply.
struct Answer {
    CURLcode error = CURLE_OK;
    long status = 0;
    std::string content_type{};
    std::string head{};
    std::string body{};

    Json json() const { return Json::parse(body); }
};

/// A user of the emulator that knows nothing of our client: bare libcurl, one connection that is kept.
class OtherClient {
  public:
    explicit OtherClient(const testing::Emulator& emulator)
        : OtherClient(emulator.base_url(), emulator.api_key(), emulator.sender_id()) {}
    OtherClient(std::string base_url, const std::string& api_key, const std::string& sender_id)
        : base_url_(std::move(base_url)), headers_{{"x-api-key", api_key}, {"x-sender-id", sender_id}} {
        if (!curl_) {
            throw std::runtime_error("no curl handle");
        }
    }

    /// An empty value leaves the header out.
    void set_header(const std::string& name, const std::string& value) { headers_[name] = value; }
    void set_timeout(std::chrono::milliseconds timeout) { timeout_ = timeout; }

    Answer get(const std::string& path) { return send("GET", path, nullptr); }
    Answer remove(const std::string& path) { return send("DELETE", path, nullptr); }
    Answer post(const std::string& path, const Json& body) { return post_text(path, body.dump()); }
    Answer post_text(const std::string& path, const std::string& body) { return send("POST", path, &body); }
    Answer send(const std::string& method, const std::string& path, const std::string* body) {
        Answer answer;
        std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> lines(nullptr, &curl_slist_free_all);
        const auto add = [&lines](const std::string& line) {
            lines.reset(curl_slist_append(lines.release(), line.c_str()));
        };
        for (const auto& [name, value] : headers_) {
            if (!value.empty()) {
                add(std::string(name).append(": ").append(value));
            }
        }
        CURL* handle = curl_.get();
        curl_easy_reset(handle);
        if (body != nullptr) {
            if (headers_.count("Content-Type") == 0) {
                add("Content-Type: application/json");
            }
            curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body->c_str());
            curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(body->size()));
        }
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, method.c_str());
        curl_easy_setopt(handle, CURLOPT_NOBODY, method == "HEAD" ? 1L : 0L);
        curl_easy_setopt(handle, CURLOPT_URL, (base_url_ + path).c_str());
        curl_easy_setopt(handle, CURLOPT_HTTPHEADER, lines.get());
        curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout_.count()));
        curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(handle, CURLOPT_PROXY, "");
        curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &append);
        curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer.body);
        curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &append);
        curl_easy_setopt(handle, CURLOPT_HEADERDATA, &answer.head);
        answer.error = curl_easy_perform(handle);
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer.status);
        const char* type = nullptr;
        curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
        answer.content_type = type == nullptr ? "" : type;
        return answer;
    }

  private:
    static std::size_t append(char* bytes, std::size_t size, std::size_t count, void* into) {
        static_cast<std::string*>(into)->append(bytes, size * count);
        return size * count;
    }

    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl_{curl_easy_init(), &curl_easy_cleanup};
    std::string base_url_;
    std::map<std::string, std::string> headers_;
    std::chrono::milliseconds timeout_{10000};
};

/// The body of the Getting Started guide's message, which the seeds fit.
inline Json guide_message() {
    return {{"contactId", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"},
            {"templateId", "7ba7b820-9dad-11d1-80b4-00c04fd430c8"},
            {"messageBody", {{"name", "John Doe"}, {"order_id", "12345"}}}};
}

}  // namespace sent::test
