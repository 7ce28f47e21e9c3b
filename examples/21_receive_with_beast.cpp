// The same receiver on Boost.Beast, in its simplest form: one connection after the other, and the work after
// the answer. Links sent::webhooks.
//
//   SENT_WEBHOOK_SECRET=whsec_... SENT_PORT=8080 ./21_receive_with_beast
#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <sent/webhooks.hpp>

namespace {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;
namespace webhooks = sent::webhooks;

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        std::cerr << "Please set " << name << ".\n";
        std::exit(2);
    }
    return value;
}

void handle(const webhooks::Event& event) {
    std::cout << (event.event.empty() ? event.field.str() : event.event);
    if (const auto* status = std::get_if<webhooks::MessageStatusEvent>(&event.payload)) {
        std::cout << ' ' << status->message_id << ' ' << status->message_status;
    }
    std::cout << std::endl;
}

// Answers one delivery; then does what it asks for.
void serve(tcp::socket socket, const webhooks::Verifier& verifier, webhooks::Deduplicator& seen) {
    boost::beast::flat_buffer buffer;
    http::request<http::string_body> request;
    http::read(socket, buffer, request);

    const auto event = verifier.verify(request, request.body());
    const int status = event ? 200 : webhooks::response_status(event.error());
    http::response<http::empty_body> response{http::int_to_status(static_cast<unsigned>(status)),
                                              request.version()};
    response.keep_alive(false);
    response.prepare_payload();
    http::write(socket, response);
    socket.shutdown(tcp::socket::shutdown_send);

    if (event && seen.first_time(webhooks::dedupe_key(request, request.body(), *event))) {
        handle(*event);
    }
}

}  // namespace

int main() {
    const webhooks::Verifier verifier{{.secrets = setting("SENT_WEBHOOK_SECRET")}};
    const int port = std::stoi(setting("SENT_PORT"));
    webhooks::Deduplicator seen;

    boost::asio::io_context context;
    tcp::acceptor acceptor{context,
                           {boost::asio::ip::address_v4::loopback(), static_cast<unsigned short>(port)}};
    std::cout << "http://127.0.0.1:" << acceptor.local_endpoint().port() << "/webhooks" << std::endl;
    for (;;) {
        try {
            serve(acceptor.accept(), verifier, seen);
        } catch (const std::exception& problem) {
            std::cerr << problem.what() << std::endl;  // of one connection
        }
    }
}
