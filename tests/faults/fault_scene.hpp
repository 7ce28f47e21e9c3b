#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/sent.hpp>

#include "support/scripted_server.hpp"

namespace sent::test {

/// Longer than anything here takes; only a hang comes so far.
inline constexpr std::chrono::seconds patience{20};

inline constexpr std::string_view test_api_key = "key-of-the-tests-4f1c";
inline constexpr std::string_view test_order = "order-4711";

/// Options under which a failing call ends within milliseconds.
inline ClientOptions quick_options(std::string base_url) {
    ClientOptions options;
    options.api_key = test_api_key;
    options.sender_id = "sender-1";
    options.base_url = std::move(base_url);
    options.use_environment = false;
    options.proxy.mode = ProxyOptions::Mode::off;
    options.retry.initial_backoff = std::chrono::milliseconds(2);
    options.retry.max_backoff = std::chrono::milliseconds(10);
    options.attempt_timeout = std::chrono::seconds(15);
    return options;
}

/// The two ways of a request through the library.
enum class Driver { call, submit };

template <class Request>
Result<response_of<Request>> perform(const Client& client, Driver driver, const Request& request,
                                     const CallOptions& options = {}) {
    if (driver == Driver::call) {
        return client.call(request, options);
    }
    auto future = client.submit(request, options);
    if (future.wait_for(patience) != std::future_status::ready) {
        Error error;
        error.message = "the call never ended";
        return error;
    }
    return future.get();
}

/// Runs the body once for each driver.
template <class Body>
void with_both_drivers(Body body) {
    for (const auto driver : {Driver::call, Driver::submit}) {
        const ::testing::ScopedTrace trace(__FILE__, __LINE__,
                                           driver == Driver::call ? "Client::call" : "Client::submit");
        body(driver);
    }
}

inline v1::SendToContactRequest send_request(std::string contact_id = "contact-1") {
    v1::SendToContactRequest request;
    request.contact_id = std::move(contact_id);
    request.template_id = "template-1";
    request.message_body = {{"name", "Ada"}};
    return request;
}

inline std::string contacts_page(const std::string& id = "contact-1") {
    return R"({"items":[{"id":")" + id +
           R"(","phoneNumber":"+14155550100"}],"totalCount":1,"page":0,"pageSize":20,"totalPages":1})";
}

/// What a healthy service answers.
inline std::string healthy_reply(const ReceivedRequest& request, const Headers& headers = {}) {
    if (request.method == "GET") {
        return json_reply(200, contacts_page(), headers);
    }
    constexpr std::string_view accepted =
        R"({"success":true,"data":{},"error":null,"meta":{"request_id":"req-1"}})";
    return request.target.compare(0, 4, "/v3/") == 0 ? json_reply(202, accepted, headers)
                                                     : http_reply(204, headers);
}

/// A server, the options of a client of it, and the three kinds of calls.
class Scene {
  public:
    explicit Scene(Driver driver = Driver::call, ServerOptions server_options = {})
        : server(std::move(server_options)), options(quick_options(server.origin())), driver_(driver) {}

    /// Made of `options` when first used.
    const Client& client() {
        if (!client_) {
            client_.emplace(options);
        }
        return *client_;
    }

    /// v1: without a key.
    Result<void> send(const std::string& contact_id = "contact-1", const CallOptions& call = {}) {
        return perform(client(), driver_, send_request(contact_id), call);
    }
    Result<Page<v1::Contact>> list(const CallOptions& call = {}) {
        return perform(client(), driver_, v1::ListContactsRequest{}, call);
    }
    /// With a key, the same in all attempts. Always by Client::request, which has no asynchronous form.
    Result<RawResponse> send_keyed(CallOptions call = {}) {
        call.idempotency_key = test_order;
        return client().request(v3_send(), call);
    }
    /// A v3 write whose caller gave it no key.
    Result<RawResponse> send_keyless() { return client().request(v3_send()); }

    /// Connections without a script of their own are answered as by the service.
    void be_healthy() {
        server.by_default({serve([](const ReceivedRequest& request) { return healthy_reply(request); })});
    }
    /// The next `count` connections do the same.
    void on_connections(std::size_t count, const Script& script) {
        for (std::size_t i = 0; i < count; ++i) {
            server.on_connection(script);
        }
    }
    /// All requests, whatever their connection, get these replies in their order; the last one repeats.
    void answer(std::vector<Reply> replies) { server.by_default({serve(in_order(std::move(replies)))}); }

    /// How often the text has arrived, in whole requests or in parts of such.
    std::size_t arrivals(std::string_view text) const {
        std::size_t count = 0;
        for (const auto& connection : server.connections()) {
            for (std::size_t at = 0; (at = connection.received.find(text, at)) != std::string::npos; ++at) {
                ++count;
            }
        }
        return count;
    }
    /// The Idempotency-Key of each whole request; empty where there was none.
    std::vector<std::string> keys() const {
        std::vector<std::string> keys;
        for (const auto& request : server.requests()) {
            keys.push_back(request.header("Idempotency-Key").value_or(""));
        }
        return keys;
    }

    ScriptedServer server;
    ClientOptions options;

  private:
    static RawRequest v3_send() {
        RawRequest request;
        request.method = "POST";
        request.path = "/v3/messages";
        request.body = R"({"to":["+14155550100"]})";
        return request;
    }

    Driver driver_;
    std::optional<Client> client_{};
};

/// Text of the error, or "success", for messages of failing tests.
template <class T>
std::string describe(const Result<T>& result) {
    return result ? std::string{"success"} : to_string(result.error());
}

/// Whether a call ended as its caller must be told of a send that may have been carried out.
template <class T>
::testing::AssertionResult is_unknown(const Result<T>& result, int attempts = 1) {
    if (!result && result.error().outcome == Outcome::unknown && result.error().attempts == attempts) {
        return ::testing::AssertionSuccess();
    }
    return ::testing::AssertionFailure()
           << "not unknown after " << attempts << " attempt(s): " << describe(result);
}

}  // namespace sent::test
