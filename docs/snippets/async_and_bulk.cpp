// The code blocks of docs/async-and-bulk.md.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <sent/sent.hpp>

using namespace std::chrono_literals;
using Messages = std::vector<sent::v2::SendToPhoneRequest>;

namespace {

void with_a_future(const sent::Client& client, const sent::v2::SendToPhoneRequest& message) {
    std::future<sent::Result<void>> later = client.submit(message);
    // ... other work ...
    if (const auto done = later.get(); !done) {
        std::cerr << done.error() << '\n';
    }
}

void with_a_callback(const sent::Client& client, const sent::v2::SendToPhoneRequest& message,
                     std::atomic<int>& accepted) {
    client.submit(message, [&accepted](const sent::Result<void>& done) {
        if (done) {
            ++accepted;
        }
    });
}

bool with_a_way_out(const sent::Client& client) {
    const sent::CancellationSource stop;
    auto later = client.submit(sent::v2::ListTemplatesRequest{}, {.deadline = 5s, .cancel = stop.token()});
    stop.cancel();  // from any thread
    const auto result = later.get();
    return result || result.error().kind == sent::ErrorKind::cancelled;
}

/// Sends them all; what surely did not go out is returned, to be sent in another run.
Messages send_all(const sent::Client& client, const Messages& messages) {
    const auto report = client.bulk(messages, {.max_in_flight = 32});
    Messages again;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const auto& result = report.results[i];
        if (!result && result.error().outcome == sent::Outcome::not_sent) {
            again.push_back(messages[i]);
        }
    }
    return again;
}

/// Callbacks on the program's own queue of work instead of the transport's thread.
sent::Client with_an_executor(std::function<void(std::function<void()>)> post_to_my_threads) {
    sent::ClientOptions options;
    options.async.executor = std::move(post_to_my_threads);
    options.async.max_pending = 1'000;
    options.async.when_full = sent::WhenFull::fail;  // instead of letting submit wait
    return sent::Client{options};
}

/// Requests over TLS that start together share a connection.
sent::Client with_http2() {
    sent::CurlTransportOptions transport;
    transport.http2 = true;
    sent::ClientOptions options;
    options.transport = std::make_shared<sent::CurlTransport>(transport);
    return sent::Client{options};
}

struct Order {
    std::string number;
    std::string phone_number;
};

sent::SendMessageRequest message_for(const Order& order) {
    sent::SendMessageRequest request;
    request.to = {order.phone_number};
    request.template_ref =
        sent::TemplateRef{.name = "order_shipped", .parameters = {{"order", order.number}}};
    return request;
}

/// Can be killed and run again.
bool send_orders(const sent::Client& client, const std::vector<Order>& orders) {
    std::vector<sent::Keyed<sent::SendMessageRequest>> rows;
    for (const auto& order : orders) {
        rows.push_back({message_for(order), "order-" + order.number + "-shipped"});
    }
    const auto report = client.bulk(rows);
    std::cout << report.succeeded << " accepted, " << report.replayed << " of them by an earlier run\n";
    return report.all_succeeded();
}

/// A million messages need no more memory than a hundred.
bool send_file(const sent::Client& client, std::istream& numbers, const std::string& template_id) {
    const auto next = [&]() -> std::optional<sent::SendMessageRequest> {
        std::string number;
        if (!std::getline(numbers, number)) {
            return std::nullopt;
        }
        sent::SendMessageRequest request;
        request.to = {number};
        request.template_ref = sent::TemplateRef{.id = template_id};
        return request;
    };
    const auto summary =
        client.bulk(next,
                    [](std::size_t line, const sent::Result<sent::SendMessageResponse>& result) {
                        if (!result) {
                            std::cerr << "line " << line << ": " << result.error() << '\n';
                        }
                    },
                    {.max_in_flight = 64, .batch = "spring-sale-2026"});
    return summary.all_succeeded();
}

}  // namespace

int main() {
    const sent::v2::SendToPhoneRequest message{.phone_number = "+14155550100",
                                               .template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8",
                                               .template_variables = {{"name", "Ada"}, {"order_id", "1"}}};
    std::atomic<int> accepted{0};
    bool good = false;
    {
        const sent::Client client;
        with_a_future(client, message);
        with_a_callback(client, message, accepted);
        good = with_a_way_out(client) && send_all(client, Messages(10, message)).empty();
        std::istringstream nobody{""};
        good = good && send_file(client, nobody, message.template_id);
        good = good && send_orders(client, {});
        std::promise<void> ran;
        with_an_executor([](const std::function<void()>& task) {
            task();
        }).submit(message, [&ran](const sent::Result<void>&) { ran.set_value(); });
        ran.get_future().get();
        good = good && with_http2().submit(message).get();
    }
    return good && accepted <= 1 ? 0 : 1;
}
