// Compiled with -fno-exceptions and -fno-rtti.
#include "all.hpp"

#include <memory>

namespace {

class OwnTransport final : public sent::Transport {
  public:
    sent::TransportResult send(const sent::HttpRequest& /*request*/) override {
        sent::HttpResponse response;
        response.status = 204;
        return response;
    }
};

class OwnAsyncTransport final : public sent::AsyncTransport {
  public:
    sent::TransportResult send(const sent::HttpRequest& /*request*/) override {
        sent::HttpResponse response;
        response.status = 204;
        return response;
    }
    void send_async(sent::HttpRequest request, Completion done) override { done(send(request)); }
};

template <class T>
bool works(const T& own) {
    sent::ClientOptions options;
    options.api_key = "key";
    options.sender_id = "sender";
    options.use_environment = false;
    options.transport = own;
    const sent::Client client(options);
    sent::v1::SendToContactRequest request;
    request.contact_id = "contact";
    request.template_id = "template";
    client.submit(request, [](const sent::Result<void>&) {});
    const auto later = client.submit(request).get();
    const auto refused = client.call(sent::v1::SendToContactRequest{});
    return client.call(request) && later && !refused &&
           refused.error().kind == sent::ErrorKind::invalid_request;
}

}  // namespace

int main() {
    return works(std::make_shared<OwnTransport>()) && works(std::make_shared<OwnAsyncTransport>()) ? 0 : 1;
}
