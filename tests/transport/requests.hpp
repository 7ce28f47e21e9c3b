#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <sent/http/curl_transport.hpp>

namespace sent::test {

inline constexpr std::chrono::seconds patience{20};

inline HttpRequest get(std::string url) {
    HttpRequest request;
    request.url = std::move(url);
    request.timeout = std::chrono::seconds(15);
    return request;
}

inline HttpRequest post(std::string url, std::string body) {
    HttpRequest request = get(std::move(url));
    request.method = "POST";
    request.headers.add("Content-Type", "application/json");
    request.body = std::move(body);
    return request;
}

/// Collects the results of asynchronous requests.
class Results {
  public:
    AsyncTransport::Completion collector() {
        return [this](TransportResult result) { add(std::move(result)); };
    }
    void add(TransportResult result) {
        const std::lock_guard<std::mutex> lock(mutex_);
        results_.push_back(std::move(result));
        arrived_.notify_all();
    }
    [[nodiscard]] bool wait_for(std::size_t count) {
        std::unique_lock<std::mutex> lock(mutex_);
        return arrived_.wait_for(lock, patience, [&] { return results_.size() >= count; });
    }
    /// Only after the wait.
    std::vector<TransportResult> take() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return std::move(results_);
    }
    std::size_t count() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return results_.size();
    }

  private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<TransportResult> results_;
};

/// Runs the same request blocking or asynchronously, so that one test covers both.
inline TransportResult run(CurlTransport& transport, const HttpRequest& request, bool async) {
    if (!async) {
        return transport.send(request);
    }
    Results results;
    transport.send_async(request, results.collector());
    if (!results.wait_for(1)) {
        TransportError error;
        error.message = "the completion was never called";
        return error;
    }
    return results.take().front();
}

}  // namespace sent::test
