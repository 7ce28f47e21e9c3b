#include "module.hpp"

#include <future>
#include <optional>
#include <string>
#include <vector>

#include <sent/sent.hpp>

#define SENT_TEST_MODULE_FUNCTION extern "C" __attribute__((visibility("default")))

namespace {

sent::ClientOptions options(const char* base_url, const char* ca_file) {
    sent::ClientOptions options;
    options.api_key = "key-of-the-plug-in";
    options.sender_id = "sender-1";
    options.base_url = base_url;
    options.tls.ca_file = ca_file;
    options.proxy.mode = sent::ProxyOptions::Mode::off;
    options.use_environment = false;
    return options;
}

sent::v1::SendToContactRequest request() {
    sent::v1::SendToContactRequest request;
    request.contact_id = "contact-1";
    request.template_id = "template-1";
    return request;
}

std::optional<sent::Client>& left_running() {
    static std::optional<sent::Client> client;
    return client;
}

}  // namespace

SENT_TEST_MODULE_FUNCTION int sent_test_run(const char* base_url, const char* ca_file) {
    const sent::Client client(options(base_url, ca_file));
    int succeeded = client.call(request()) ? 1 : 0;
    auto later = client.submit(request());
    succeeded += later.get() ? 1 : 0;
    const auto report = client.bulk(std::vector(2, request()));
    return succeeded + static_cast<int>(report.succeeded);
}

SENT_TEST_MODULE_FUNCTION void sent_test_leave_running(const char* base_url, const char* ca_file) {
    left_running().emplace(options(base_url, ca_file));
    left_running()->submit(request(), [](const sent::Result<void>&) {});
}
