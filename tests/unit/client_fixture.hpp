#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/testing/fake_clock.hpp>
#include <sent/testing/mock_transport.hpp>

namespace sent::test {

/// A client over a script, with a clock that makes waits take no time, and deaf to the environment.
class ClientFixture : public ::testing::Test {
  protected:
    static ClientOptions options_without_transport() {
        ClientOptions options;
        options.api_key = "test-key";
        options.sender_id = "test-sender";
        options.base_url = "https://api.example";
        options.use_environment = false;
        return options;
    }

    [[nodiscard]] ClientOptions options() const {
        auto result = options_without_transport();
        result.transport = mock;
        result.clock = clock;
        return result;
    }

    static v1::SendToContactRequest send_request() {
        v1::SendToContactRequest request;
        request.contact_id = "contact-1";
        request.template_id = "template-1";
        return request;
    }

    static v2::GetMessageRequest read_request() {
        v2::GetMessageRequest request;
        request.id = "message-1";
        return request;
    }

    /// A write with an idempotency key, which no operation of v1 or v2 is.
    static Result<RawResponse> keyed_write(const Client& client, const std::string& key = "order-1") {
        RawRequest request;
        request.method = "POST";
        request.path = "/v3/messages";
        request.body = "{}";
        CallOptions call;
        call.idempotency_key = key;
        return client.request(request, call);
    }

    std::shared_ptr<testing::MockTransport> mock = std::make_shared<testing::MockTransport>();
    std::shared_ptr<testing::FakeClock> clock = std::make_shared<testing::FakeClock>();
};

}  // namespace sent::test
