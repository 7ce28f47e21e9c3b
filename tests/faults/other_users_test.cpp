// R5: a program that uses libcurl and OpenSSL by itself, or that loads and unloads plug-ins with copies of
// the library in them.

#include <curl/curl.h>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "fault_scene.hpp"
#include "module/module.hpp"
#include "support/sanitized.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

/// A plug-in of its own, even if the same file has been loaded already.
class Plugin {
  public:
    Plugin(const TempDir& files, const std::string& name) {
        const auto copy = files.path() / name;
        std::filesystem::copy_file(SENT_TEST_MODULE, copy, std::filesystem::copy_options::skip_existing);
        handle_ = ::dlopen(copy.c_str(), RTLD_NOW | RTLD_LOCAL);
        EXPECT_NE(handle_, nullptr) << ::dlerror();
    }
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;
    ~Plugin() { unload(); }

    /// How many of the plug-in's calls succeeded.
    int run(const std::string& url, const std::string& ca_file) {
        auto* const function = reinterpret_cast<ModuleRun*>(::dlsym(handle_, "sent_test_run"));
        return function != nullptr ? function(url.c_str(), ca_file.c_str()) : -1;
    }
    void leave_running(const std::string& url, const std::string& ca_file) {
        auto* const function =
            reinterpret_cast<ModuleLeaveRunning*>(::dlsym(handle_, "sent_test_leave_running"));
        ASSERT_NE(function, nullptr);
        function(url.c_str(), ca_file.c_str());
    }
    void unload() {
        if (handle_ != nullptr) {
            EXPECT_EQ(::dlclose(handle_), 0);
            handle_ = nullptr;
        }
    }

  private:
    void* handle_ = nullptr;
};

/// A service that is spoken to over TLS.
class TlsService {
  public:
    TlsService() : ca_file(files.write("ca.pem", authority.pem())), server(options()) {
        server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    }

    const CertificateAuthority authority{};
    const TempDir files{};
    const std::string ca_file;
    ScriptedServer server;

  private:
    ServerOptions options() const {
        ServerOptions options;
        options.tls = test::TlsOptions{};
        options.tls->identity = authority.localhost();
        return options;
    }
};

/// What any program may do with OpenSSL.
void use_openssl() {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_client_method()),
                                                                    &SSL_CTX_free);
    const std::unique_ptr<SSL, decltype(&SSL_free)> connection(SSL_new(context.get()), &SSL_free);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EXPECT_EQ(EVP_Digest("text", 4, digest.data(), &size, EVP_sha256(), nullptr), 1);
}

/// What any program may do with libcurl; false when the transfer failed.
bool use_curl(const std::string& url) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
    curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
    return curl_easy_perform(easy.get()) == CURLE_OK;
}

TEST(R5_OtherUsers, CleaningUpCurlDisturbsNoCall) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.be_healthy();
        EXPECT_TRUE(scene.list());
        ASSERT_EQ(curl_global_init(CURL_GLOBAL_DEFAULT), CURLE_OK);
        curl_global_cleanup();
        EXPECT_TRUE(scene.list());
        // One too many, which is a bug of the program, though a common one.
        curl_global_cleanup();
        EXPECT_TRUE(scene.list());
        const Client another(scene.options);
        EXPECT_TRUE(another.v1().contacts().list());
    });
}

TEST(R5_OtherUsers, OfCurlAndOpensslOnOtherThreads) {
    TlsService service;
    Scene plain;
    plain.be_healthy();
    std::atomic<bool> stop{false};
    std::atomic<int> failures{0};
    std::vector<std::thread> others;
    others.emplace_back([&] {
        while (!stop) {
            failures += use_curl(plain.server.origin() + "/v1/contacts") ? 0 : 1;
            curl_global_init(CURL_GLOBAL_DEFAULT);
            curl_global_cleanup();
        }
    });
    others.emplace_back([&] {
        while (!stop) {
            use_openssl();
        }
    });
    auto options = quick_options(service.server.origin("https", "localhost"));
    options.tls.ca_file = service.ca_file;
    for (int i = 0; i < 10; ++i) {
        const Client client(options);
        for (const auto driver : {Driver::call, Driver::submit}) {
            const auto result = perform(client, driver, send_request());
            EXPECT_TRUE(result) << describe(result);
        }
    }
    stop = true;
    for (auto& other : others) {
        other.join();
    }
    EXPECT_EQ(failures, 0);
}

/// A sanitizer takes the copies of a plug-in for one library that is there several times.
class R5_Plugins : public testing::Test {
  protected:
    void SetUp() override {
        if (sanitized) {
            GTEST_SKIP() << "a sanitizer minds copies of a library";
        }
    }
};

TEST_F(R5_Plugins, WithACopyOfTheLibraryEach) {
    TlsService service;
    const std::string url = service.server.origin("https", "localhost");
    auto options = quick_options(url);
    options.tls.ca_file = service.ca_file;
    const Client own(options);
    EXPECT_TRUE(own.call(send_request()));
    Plugin first(service.files, "first.so");
    Plugin second(service.files, "second.so");
    std::atomic<int> calls{0};
    std::vector<std::thread> threads;
    for (auto* plugin : {&first, &second}) {
        threads.emplace_back([&, plugin] {
            for (int i = 0; i < 5; ++i) {
                calls += plugin->run(url, service.ca_file);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(calls, 10 * module_calls);
    EXPECT_TRUE(own.call(send_request()));
}

/// Runs the test in a process of its own, which ends by exit(): that must be orderly, too.
void in_own_process(const std::function<void()>& body) {
    EXPECT_EXIT(
        {
            body();
            std::exit(testing::Test::HasFailure() ? 1 : 0);
        },
        testing::ExitedWithCode(0), "");
}

class R5_PluginsDeathTest : public R5_Plugins {
  protected:
    R5_PluginsDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(R5_PluginsDeathTest, MayBeUnloadedAfterUse) {
    in_own_process([] {
        TlsService service;
        const std::string url = service.server.origin("https", "localhost");
        for (int round = 0; round < 2; ++round) {
            {
                // The C++ run-time library keeps the first of several copies loaded, if only by chance.
                Plugin first(service.files, "first.so");
                Plugin second(service.files, "second.so");
                EXPECT_EQ(first.run(url, service.ca_file), module_calls);
                EXPECT_EQ(second.run(url, service.ca_file), module_calls);
            }
            // OpenSSL frees contexts, the process forks: whoever asked to be told of that is gone.
            use_openssl();
            EXPECT_TRUE(use_curl("file:///proc/self/stat"));
            const pid_t child = fork();
            if (child == 0) {
                _exit(0);
            }
            EXPECT_EQ(waitpid(child, nullptr, 0), child);
        }
    });
}

TEST_F(R5_PluginsDeathTest, MayBeUnloadedAmidARequest) {
    in_own_process([] {
        TlsService service;
        service.server.by_default({read_request(), hold()});
        {
            Plugin first(service.files, "first.so");
            Plugin second(service.files, "second.so");
            for (auto* plugin : {&first, &second}) {
                plugin->leave_running(service.server.origin("https", "localhost"), service.ca_file);
            }
            EXPECT_TRUE(service.server.wait_for_requests(2, patience));
        }
        use_openssl();
    });
}

}  // namespace
}  // namespace sent::test
