// R10: where the API key stands in a process' memory: with the client while there is one, and nowhere after
// it. A core dump holds no more than that.

#include <curl/curl.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "support/forking.hpp"
#include "support/posix.hpp"
#include "support/read_file.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

/// A key that two processes can make of the same number, each for itself.
class MadeUpKey {
  public:
    explicit MadeUpKey(std::uint64_t number) {
        for (char& letter : letters_) {
            number = number * 6364136223846793005ULL + 1442695040888963407ULL;
            letter = "abcdefghijklmnopqrstuvwxyz012345"[number >> 59U];
        }
    }
    MadeUpKey(const MadeUpKey&) = delete;
    MadeUpKey& operator=(const MadeUpKey&) = delete;
    ~MadeUpKey() { explicit_bzero(letters_.data(), letters_.size()); }
    [[nodiscard]] std::string_view view() const { return {letters_.data(), letters_.size()}; }

  private:
    std::array<char, 40> letters_{};
};

/// What stands around each place of another, stopped, process' memory where the text is found. Empty and
/// `problem` set where this machine does not let us look.
std::vector<std::string> find_in_memory(pid_t process, std::string_view text, std::string& problem) {
    const std::string folder = "/proc/" + std::to_string(process);
    std::vector<std::string> found;
    const UniqueFd memory(open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
    if (!memory) {
        problem = std::string{"/proc/<pid>/mem cannot be opened: "} + std::strerror(errno);
        return found;
    }
    std::ifstream maps(folder + "/maps");
    std::string line;
    std::string bytes;
    while (std::getline(maps, line)) {
        std::size_t begin = 0;
        std::size_t end = 0;
        char readable = 0;
        if (std::sscanf(line.c_str(), "%zx-%zx %c", &begin, &end, &readable) != 3 || readable != 'r') {
            continue;
        }
        bytes.resize(end - begin);
        const ssize_t got = pread(memory.get(), bytes.data(), bytes.size(), static_cast<off_t>(begin));
        const std::string_view here(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
        for (auto at = here.find(text); at != std::string_view::npos; at = here.find(text, at + 1)) {
            const auto from = at < 48 ? 0 : at - 48;
            found.push_back(line + ": " + testing::PrintToString(std::string{here.substr(from, 120)}));
        }
    }
    return found;
}

/// The headers of libcurl's own allocations, and what it does with them: overwrite them when they are freed.
extern "C" {
static void* allocate_wiped(std::size_t size) {
    auto* const block = static_cast<std::max_align_t*>(std::malloc(size + sizeof(std::max_align_t)));
    if (block == nullptr) {
        return nullptr;
    }
    std::memcpy(block, &size, sizeof size);
    return block + 1;
}
static std::size_t wiped_size(void* block) {
    std::size_t size = 0;
    std::memcpy(&size, static_cast<std::max_align_t*>(block) - 1, sizeof size);
    return size;
}
static void free_wiped(void* block) {
    if (block != nullptr) {
        explicit_bzero(block, wiped_size(block));
        std::free(static_cast<std::max_align_t*>(block) - 1);
    }
}
static void* reallocate_wiped(void* block, std::size_t size) {
    void* const fresh = allocate_wiped(size);
    if (fresh != nullptr && block != nullptr) {
        std::memcpy(fresh, block, std::min(size, wiped_size(block)));
        free_wiped(block);
    }
    return fresh;
}
static char* duplicate_wiped(const char* text) {
    const auto size = std::strlen(text) + 1;
    void* const fresh = allocate_wiped(size);
    return static_cast<char*>(fresh == nullptr ? nullptr : std::memcpy(fresh, text, size));
}
static void* allocate_zeros_wiped(std::size_t count, std::size_t size) {
    void* const fresh = allocate_wiped(count * size);
    return fresh == nullptr ? nullptr : std::memset(fresh, 0, count * size);
}
}  // extern "C"

/// What the child is told.
struct Orders {
    char url[128] = {};
    char ca_file[256] = {};
    std::uint64_t key = 0;
};

/// Uses a client in each way there is; every call must succeed or, where the server says so, be refused.
bool use(const Client& client) {
    bool fine = true;
    v1::GetContactRequest nobody;
    nobody.id = "nobody";
    for (const auto driver : {Driver::call, Driver::submit}) {
        fine = perform(client, driver, send_request()) && fine;
        fine = perform(client, driver, v1::ListContactsRequest{}) && fine;
        fine = !perform(client, driver, nobody) && fine;
    }
    fine = client.with_options(CallOptions{}).call(send_request()) && fine;
    fine = client.for_profile("profile-1").call(v1::ListContactsRequest{}) && fine;
    RawRequest raw;
    raw.path = "/v1/contacts";
    raw.headers.add("X-Of-This-Call", "a header of a request of its own");
    fine = client.request(raw) && fine;
    return client.bulk(std::vector(8, send_request())).all_succeeded() && fine;
}

ClientOptions child_options(const Orders& orders) {
    auto options = quick_options(orders.url);
    {
        const MadeUpKey key(orders.key);
        options.api_key = Secret{key.view()};
    }
    options.extra_headers.add("X-Of-This-Client", "which makes the list of headers longer");
    options.tls.ca_file = orders.ca_file;
    options.log.level = LogLevel::debug;
    options.log.sink = [](const LogRecord&) {};
    return options;
}

/// The thread on which the last asynchronous call has ended lets go of it a little later than the client's
/// destructor returns.
void wait_until_alone() {
    const std::filesystem::directory_iterator end;
    while (std::distance(std::filesystem::directory_iterator("/proc/self/task"), end) > 1) {
        std::this_thread::yield();
    }
}

/// Stops twice: while a client lives, and when it is gone.
[[noreturn]] void be_the_subject(int orders_from) {
    alarm(60);
    Orders orders;
    const bool told = read(orders_from, &orders, sizeof orders) == static_cast<ssize_t>(sizeof orders);
    if (!told || curl_global_init_mem(CURL_GLOBAL_DEFAULT, allocate_wiped, free_wiped, reallocate_wiped,
                                      duplicate_wiped, allocate_zeros_wiped) != CURLE_OK) {
        _exit(1);
    }
    {
        auto options = child_options(orders);
        const Client client(options);
        options = ClientOptions{};
        if (!use(client)) {
            _exit(2);
        }
        raise(SIGSTOP);
    }
    wait_until_alone();
    raise(SIGSTOP);
    _exit(0);
}

class R10_KeyInMemory : public ForkTest, public testing::WithParamInterface<bool> {
  protected:
    void SetUp() override {
        ForkTest::SetUp();
        if (IsSkipped()) {
            return;
        }
        int ends[2] = {-1, -1};
        ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
        std::fflush(nullptr);
        child_ = fork();
        if (child_ == 0) {
            be_the_subject(ends[0]);
        }
        ::close(ends[0]);
        orders_to_ = UniqueFd(ends[1]);
    }
    void TearDown() override {
        if (child_ > 0) {
            kill(child_, SIGKILL);
            waitpid(child_, nullptr, 0);
        }
    }
    [[nodiscard]] testing::AssertionResult stops() const {
        int status = 0;
        waitpid(child_, &status, WUNTRACED);
        return WIFSTOPPED(status) ? testing::AssertionSuccess()
                                  : testing::AssertionFailure() << "status " << status;
    }

    pid_t child_ = -1;
    UniqueFd orders_to_;
};

TEST_P(R10_KeyInMemory, IsWhereTheClientIsAndNowhereAfterIt) {
    const bool tls = GetParam();
    const CertificateAuthority authority;
    const TempDir files;
    ServerOptions server_options;
    if (tls) {
        server_options.tls = test::TlsOptions{};
        server_options.tls->identity = authority.localhost();
    }
    ScriptedServer server(server_options);
    server.by_default({serve([](const ReceivedRequest& request) {
        return request.target.find("nobody") != std::string::npos
                   ? json_reply(404, R"({"title":"Not Found","status":404,"detail":"no such contact"})")
                   : healthy_reply(request);
    })});
    Orders orders;
    const auto origin = tls ? server.origin("https", "localhost") : server.origin();
    std::strncpy(orders.url, origin.c_str(), sizeof orders.url - 1);
    std::strncpy(orders.ca_file, files.write("ca.pem", authority.pem()).c_str(), sizeof orders.ca_file - 1);
    orders.key = static_cast<std::uint64_t>(child_) * 2654435761U + (tls ? 1U : 0U);
    ASSERT_EQ(write(orders_to_.get(), &orders, sizeof orders), static_cast<ssize_t>(sizeof orders));
    const MadeUpKey key(orders.key);

    ASSERT_TRUE(stops());
    std::string problem;
    const auto during = find_in_memory(child_, key.view(), problem);
    if (!problem.empty()) {
        GTEST_SKIP() << problem;
    }
    EXPECT_GE(during.size(), 1U) << "the search does not find what is there";
    kill(child_, SIGCONT);

    ASSERT_TRUE(stops());
    EXPECT_THAT(find_in_memory(child_, key.view(), problem), testing::IsEmpty());
    const auto process = "/proc/" + std::to_string(child_);
    for (const auto* name : {"/cmdline", "/environ"}) {
        EXPECT_EQ(read_file(process + name).find(key.view()), std::string::npos) << name;
    }
    EXPECT_GE(server.request_count(), 10U);
}

INSTANTIATE_TEST_SUITE_P(Over, R10_KeyInMemory, testing::Bool(),
                         [](const auto& test) { return test.param ? "https" : "http"; });

template <class T, class = void>
struct IsPrintable : std::false_type {};
template <class T>
struct IsPrintable<T, std::void_t<decltype(std::declval<std::ostream&>() << std::declval<const T&>())>>
    : std::true_type {};

TEST(R10_Secrets, OptionsCanNotBePrintedByAccident) {
    EXPECT_TRUE(IsPrintable<Secret>::value);
    EXPECT_FALSE(IsPrintable<ClientOptions>::value);
    EXPECT_FALSE(IsPrintable<CallOptions>::value);
    EXPECT_FALSE(IsPrintable<CurlTransportOptions>::value);
    EXPECT_FALSE(IsPrintable<sent::TlsOptions>::value);
    EXPECT_FALSE(IsPrintable<ProxyOptions>::value);
    EXPECT_FALSE(IsPrintable<LogOptions>::value);
    EXPECT_FALSE(IsPrintable<BulkOptions>::value);
    EXPECT_FALSE(IsPrintable<RawRequest>::value);
    EXPECT_FALSE(IsPrintable<HttpRequest>::value);
    EXPECT_FALSE(IsPrintable<Headers>::value);
    EXPECT_FALSE((std::is_convertible_v<Secret, std::string>));
    EXPECT_FALSE((std::is_convertible_v<Secret, std::string_view>));
}

}  // namespace
}  // namespace sent::test
