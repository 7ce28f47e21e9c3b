// R7: memory runs out at each place where a blocking call asks for some.

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "trial.hpp"

namespace sent::test {

namespace {

class R7_NoMemory : public Torture {};
class R7_NoMemoryForNew : public Torture {};

TEST_P(R7_NoMemoryForNew, ClientIsMadeAndDestroyed) {
    Service service;
    auto options = service.options();
    options.extra_headers.add("X-Of-The-Application", "a value that needs memory of its own");
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client;
        if (trial.run([&] {
                client.emplace(options);
                const Client copy = client->for_profile("0193f1c2-aaaa-bbbb-cccc-ddddeeeeffff");
                const Client other = copy.with_options(CallOptions{});
            })) {
            expect_usable(*client);
        }
        trial.run([&] { client.reset(); });
    });
}

TEST_P(R7_NoMemory, CallThatIsAccepted) {
    Service service;
    const auto request = message();
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        std::optional<Result<v3::SendMessageResponse>> result;
        trial.run([&] { result.emplace(client->call(request)); });
        expect_usable(*client);
        client.reset();
        expect_honest(result, service.take_accepted());
    });
}

TEST_P(R7_NoMemory, CallOverAKeptConnection) {
    Service service;
    const auto request = message();
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        expect_usable(*client);
        std::optional<Result<v3::SendMessageResponse>> result;
        trial.run([&] { result.emplace(client->call(request)); });
        expect_usable(*client);
        client.reset();
        expect_honest(result, service.take_accepted());
    });
}

TEST_P(R7_NoMemory, CallWithoutAKey) {
    Service service;
    const auto request = send_request();
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        std::optional<Result<void>> result;
        trial.run([&] { result.emplace(client->call(request)); });
        expect_usable(*client);
        client.reset();
        expect_honest(result, service.take_accepted());
    });
}

TEST_P(R7_NoMemory, CallThatIsRefused) {
    Service service(400);
    const auto request = message();
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        std::optional<Result<v3::SendMessageResponse>> result;
        bool threw_api_error = false;
        trial.run([&] {
            result.emplace(client->call(request));
            try {
                (void)result->value();
            } catch (const ApiError& error) {
                threw_api_error = std::string_view{error.what()}.size() > 1;
            }
        });
        if (!trial.has_failed()) {
            EXPECT_TRUE(threw_api_error);
            EXPECT_EQ(result->error().code, "VALIDATION_002");
        }
        expect_usable(*client);
    });
}

TEST_P(R7_NoMemory, CallThatIsRepeatedAndLogged) {
    Service service;
    const auto request = message();
    std::size_t lines = 0;
    auto options = service.options();
    options.log.level = LogLevel::debug;
    options.log.sink = [&](const LogRecord& record) {
        lines += record.message.empty() ? 0U : 1U;
        throw std::string("a text that is too long to do without memory of its own");
    };
    torture(GetParam(), [&](Trial& trial) {
        service.fail_once_with(503);
        std::optional<Client> client(options);
        std::optional<Result<v3::SendMessageResponse>> result;
        trial.run([&] { result.emplace(client->call(request)); });
        service.fail_once_with(0);
        expect_usable(*client);
        client.reset();
        expect_honest(result, service.take_accepted());
    });
    EXPECT_GT(lines, 0U);
}

TEST_P(R7_NoMemory, CallThatCannotConnect) {
    Service service;
    auto options = service.options();
    options.retry.max_retries = 0;
    service.server().go_down();
    const auto request = message();
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(options);
        std::optional<Result<v3::SendMessageResponse>> result;
        trial.run([&] { result.emplace(client->call(request)); });
        if (result) {
            ASSERT_FALSE(*result);
            const auto kind = result->error().kind;
            EXPECT_TRUE(kind == ErrorKind::connection || kind == ErrorKind::resource_exhausted) << kind;
            EXPECT_EQ(result->error().outcome, Outcome::not_sent);
        }
    });
}

TEST_P(R7_NoMemory, AllPages) {
    Service service;
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        std::size_t items = 0;
        std::optional<Error> error;
        const bool complete = trial.run([&] {
            for (const auto& contact : client->v1().contacts().all()) {
                if (!contact) {
                    error = contact.error();
                } else {
                    ++items;
                }
            }
        });
        if (complete && !error) {
            EXPECT_EQ(items, 6U) << "a list that is cut short without a word";
        }
        expect_usable(*client);
    });
}

TEST_P(R7_NoMemory, RawRequest) {
    Service service;
    RawRequest request;
    request.method = "POST";
    request.path = "/v3/something/that-is-not-known-yet";
    request.query.add("of", "a text that has to be encoded & that is long");
    request.body = R"({"to":["+14155550100"]})";
    CallOptions call;
    call.idempotency_key = "a-key-that-needs-memory-of-its-own";
    torture(GetParam(), [&](Trial& trial) {
        std::optional<Client> client(service.options());
        std::optional<Result<RawResponse>> result;
        trial.run([&] { result.emplace(client->request(request, call)); });
        expect_usable(*client);
        client.reset();
        expect_honest(result, service.take_accepted());
    });
}

INSTANTIATE_TEST_SUITE_P(EachSite, R7_NoMemoryForNew, injections_into_new(), injection_name);
INSTANTIATE_TEST_SUITE_P(EachSite, R7_NoMemory, all_injections(), injection_name);

}  // namespace
}  // namespace sent::test
