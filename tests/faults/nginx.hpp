#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "support/loopback.hpp"
#include "support/program.hpp"
#include "support/read_file.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {

/// nginx over TLS on a free loopback port, with files of its own, as one process.
class Nginx {
  public:
    /// `listen` is for the line of that name (`ssl`, `ssl http2`), `settings` for the server's block,
    /// `location` for what it does with each request.
    explicit Nginx(const TlsIdentity& identity, std::string settings = {}, std::string listen = "ssl",
                   std::string location = "return 204;")
        : settings_(std::move(settings)), listen_(std::move(listen)), location_(std::move(location)) {
        files_.write("server.pem", identity.certificate_pem);
        files_.write("server.key", identity.key_pem);
    }

    static bool is_here() { return !find_program("nginx").empty(); }
    /// Only when it is here.
    static bool speaks_http2() {
        const TempDir scratch;
        const auto output = (scratch.path() / "output").string();
        Program program({find_program("nginx"), "-V"}, output);
        return wait_for_text(output, "http_v2_module", std::chrono::seconds(10));
    }

    /// Whether it runs; if not, log() says why.
    [[nodiscard]] bool start() {
        constexpr int tries = 3;  // somebody else may take the port before nginx does
        for (int i = 0; i < tries; ++i) {
            port_ = unused_port();
            const auto config = files_.write("nginx.conf", configuration());
            program_ =
                std::make_unique<Program>(std::vector<std::string>{find_program("nginx"), "-p", folder(),
                                                                   "-e", error_log(), "-c", config},
                                          path("output"));
            if (program_->wait_until_listening(port_, std::chrono::seconds(10))) {
                return true;
            }
        }
        return false;
    }

    /// Adds a file that `settings` can name: its folder is the one that nginx runs in.
    std::string write(const std::string& name, const std::string& content) const {
        return files_.write(name, content);
    }
    std::string origin() const { return make_origin("https", "127.0.0.1", port_); }
    std::string log() const { return read_file(error_log()) + read_file(path("output")); }
    /// Whether the text appears in the log of errors, where nginx tells what it thinks of a handshake.
    bool complains_of(const std::string& text) const {
        return wait_for_text(error_log(), text, std::chrono::seconds(10));
    }
    /// A line for each request: `TLSv1.3 <r if the session was resumed, else .> HTTP/1.1 204 <client's
    /// name>`.
    bool has_logged(const std::string& text) const {
        return wait_for_text(path("access.log"), text, std::chrono::seconds(10));
    }
    std::string requests() const { return read_file(path("access.log")); }

  private:
    std::string folder() const { return files_.path().string(); }
    std::string path(const std::string& name) const { return (files_.path() / name).string(); }
    std::string error_log() const { return path("error.log"); }

    std::string configuration() const {
        const auto temporary = [this](const char* what) {
            return std::string{what} + "_temp_path " + path(what) + "; ";
        };
        return "daemon off; master_process off; worker_processes 1; pid " + path("pid") + ";\n" +
               "error_log " + error_log() + " info;\nevents { worker_connections 256; }\nhttp {\n" +
               temporary("client_body") + temporary("proxy") + temporary("fastcgi") + temporary("uwsgi") +
               temporary("scgi") +
               "\nlog_format seen '$ssl_protocol $ssl_session_reused $server_protocol $status "
               "$ssl_client_s_dn';\naccess_log " +
               path("access.log") + " seen;\nserver { listen 127.0.0.1:" + std::to_string(port_) + " " +
               listen_ + ";\nssl_certificate server.pem; ssl_certificate_key server.key;\n" + settings_ +
               "\nlocation / { " + location_ + " }\n}\n}\n";
    }

    TempDir files_{};
    std::string settings_;
    std::string listen_;
    std::string location_;
    std::uint16_t port_ = 0;
    std::unique_ptr<Program> program_{};
};

}  // namespace sent::test
