// exit() amid requests: nothing crashes and nothing hangs.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "processes.hpp"
#include "requests.hpp"
#include "support/posix.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using Exit = ForkTest;

/// A child that is forked while this process has no other thread: one that held a lock of OpenSSL would leave
/// it locked in the child for ever. The child starts when it is told where the server is.
class EarlyChild {
  public:
    explicit EarlyChild(const std::function<void(const std::string& url)>& body) {
        int ends[2] = {-1, -1};
        EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
        std::fflush(nullptr);  // or the child's exit writes it, too
        pid_ = fork();
        if (pid_ == 0) {
            ::close(ends[1]);
            alarm(60);
            char url[256] = {};
            if (::read(ends[0], url, sizeof url - 1) > 0) {
                body(url);
            }
            _exit(1);
        }
        ::close(ends[0]);
        out_ = UniqueFd(ends[1]);
    }
    EarlyChild(EarlyChild&& other) noexcept
        : pid_(std::exchange(other.pid_, -1)), out_(std::move(other.out_)) {}
    EarlyChild(const EarlyChild&) = delete;
    EarlyChild& operator=(const EarlyChild&) = delete;
    ~EarlyChild() {
        if (pid_ > 0) {
            out_.reset();
            (void)status();
        }
    }
    void start(const std::string& url) {
        EXPECT_EQ(::write(out_.get(), url.data(), url.size()), static_cast<ssize_t>(url.size()));
    }
    /// As waitpid gives it.
    int status() {
        int status = -1;
        EXPECT_EQ(waitpid(std::exchange(pid_, -1), &status, 0) > 0, true);
        return status;
    }

  private:
    pid_t pid_ = -1;
    UniqueFd out_;
};

/// Ends the process by exit() while its threads are sending.
[[noreturn]] void exit_amid_requests(const CurlTransportOptions& options, const std::string& url, int after) {
    // Nobody destroys these: that is the point.
    auto* transport = new CurlTransport(options);
    auto* request = new HttpRequest(get(url));
    auto* again = new AsyncTransport::Completion;
    *again = [=](const TransportResult&) { transport->send_async(*request, *again); };
    for (int t = 0; t < 2; ++t) {
        transport->send_async(*request, *again);
        std::thread([=] {
            for (;;) {
                (void)transport->send(*request);
            }
        }).detach();
    }
    for (int k = 0; k <= after; ++k) {
        (void)transport->send(*request);
    }
    std::exit(0);
}

TEST_F(Exit, AmidRequestsOverTlsIsOrderly) {
    const CertificateAuthority authority;
    const TempDir files;
    CurlTransportOptions client;
    client.tls.ca_file = files.write("ca.pem", authority.pem());
    std::vector<EarlyChild> children;
    for (int i = 0; i < 20; ++i) {
        children.emplace_back([&, i](const std::string& url) { exit_amid_requests(client, url, i); });
    }
    ServerOptions options;
    options.tls = test::TlsOptions{};
    options.tls->identity = authority.localhost();
    ScriptedServer server(std::move(options));
    // Each request with a handshake of its own: most of the time is spent inside the TLS library.
    server.by_default({read_request(), test::send(http_reply(204, {{"Connection", "close"}}))});
    for (EarlyChild& child : children) {
        const std::size_t before = server.request_count();
        child.start(server.origin() + "/x");
        const int status = child.status();
        EXPECT_TRUE(WIFEXITED(status)) << "ended by signal " << WTERMSIG(status);
        EXPECT_EQ(WEXITSTATUS(status), 0);
        EXPECT_GT(server.request_count(), before);
    }
}

TEST_F(Exit, WithStaticTransportIsOrderly) {
    ScriptedServer server;
    server.by_default({read_request(), hold()});
    const HttpRequest request = get(server.origin() + "/x");
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        static CurlTransport transport;
        transport.send_async(request, [](const TransportResult&) {});
        std::thread([&] { (void)transport.send(request); }).detach();
        std::exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

/// How this process ends when all exit handlers have run, whenever they were registered; 0: as it would.
std::atomic<int> at_last{0};

__attribute__((destructor)) void end_at_last() {
    if (at_last != 0) {
        _exit(at_last);
    }
}

// The transport's own thread is the one that destroys it then, and nobody can join it.
TEST_F(Exit, WaitsForTheThreadOfATransportDestroyedByACompletion) {
    ScriptedServer server;
    server.by_default(echo());
    const HttpRequest request = get(server.origin() + "/x");
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        static std::promise<void> is_exiting;
        static auto transport = std::make_unique<CurlTransport>();
        std::promise<void> destroyed;
        transport->send_async(request, [&](const TransportResult&) {
            transport.reset();
            destroyed.set_value();
            is_exiting.get_future().wait();
            std::this_thread::sleep_for(std::chrono::milliseconds(50));  // what the completion takes
            at_last = 7;
        });
        destroyed.get_future().wait();
        at_last = 1;
        std::atexit([] { is_exiting.set_value(); });
        std::exit(2);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST_F(Exit, AfterWhichTheTransportStillAnswers) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        static CurlTransport* transport = nullptr;
        static std::string where;
        where = url;
        // Called after the transport's own handler, unless an earlier test has had that registered already.
        std::atexit([] {
            const TransportResult result = transport->send(get(where));
            _exit(result || result.error().kind == TransportErrorKind::cancelled ? 7 : 1);
        });
        transport = new CurlTransport;
        std::exit(echoes(*transport, url, "before", false) && echoes(*transport, url, "before", true) ? 0
                                                                                                      : 2);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
}

}  // namespace
}  // namespace sent::test
