#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>

#include "faults/fault_scene.hpp"
#include "support/posix.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {

/// A service in a separate process, to which limits of this process do not apply, and which leaves this
/// process without threads and without OpenSSL. What has "silence" in its body gets no answer.
class ServiceProcess {
  public:
    explicit ServiceProcess(bool tls = false) : tls_(tls) {
        int ends[2] = {-1, -1};
        EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
        std::fflush(nullptr);
        child_ = fork();
        if (child_ == 0) {
            alarm(600);
            serve_for_ever(ends[1]);
        }
        ::close(ends[1]);
        const UniqueFd in(ends[0]);
        EXPECT_EQ(read(in.get(), &port_, sizeof port_), static_cast<ssize_t>(sizeof port_));
    }
    ServiceProcess(const ServiceProcess&) = delete;
    ServiceProcess& operator=(const ServiceProcess&) = delete;
    ~ServiceProcess() {
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }

    [[nodiscard]] std::string origin() const {
        return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_);
    }
    [[nodiscard]] ClientOptions options() const {
        auto options = quick_options(origin());
        options.tls.ca_file = tls_ ? ca_file() : "";
        options.retry.max_retries = 0;
        return options;
    }

  private:
    [[nodiscard]] std::string ca_file() const { return (files_.path() / "ca.pem").string(); }

    [[noreturn]] void serve_for_ever(int told) {
        ServerOptions options;
        if (tls_) {
            const CertificateAuthority authority;
            options.tls.emplace();
            options.tls->identity = authority.localhost();
            (void)files_.write("ca.pem", many_certificates(authority));
        }
        ScriptedServer server(options);
        server.by_default({serve([](const ReceivedRequest& request) {
            const bool silence = request.body.find("silence") != std::string::npos;
            return silence ? Reply("", Reply::Then::hold) : Reply(healthy_reply(request));
        })});
        const auto port = server.port();
        if (write(told, &port, sizeof port) == static_cast<ssize_t>(sizeof port)) {
            for (;;) {
                ::pause();
            }
        }
        _exit(1);
    }

    /// As many as a system usually trusts, so that reading them takes as long.
    static std::string many_certificates(const CertificateAuthority& authority) {
        std::string all = authority.pem();
        for (int i = 0; i < 120; ++i) {
            all += CertificateAuthority("CA " + std::to_string(i)).pem();
        }
        return all;
    }

    bool tls_;
    TempDir files_{};
    pid_t child_ = -1;
    std::uint16_t port_ = 0;
};

}  // namespace sent::test
