#include <array>
#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "integration/emulator_client.hpp"
#include "support/posix.hpp"

namespace sent::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// Where the build puts it, seen from this program.
std::filesystem::path executable() {
    const auto self = std::filesystem::read_symlink("/proc/self/exe");
    return self.parent_path().parent_path() / "tools" / "emulator" / "sent-emulator";
}

std::array<UniqueFd, 2> make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe");
    }
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

// A run of sent-emulator, which is over at the latest with this object.
class Program {
  public:
    explicit Program(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), executable().string());
        std::vector<char*> argv;
        argv.reserve(arguments.size() + 1);
        for (auto& argument : arguments) {
            argv.push_back(argument.data());
        }
        argv.push_back(nullptr);
        auto output = make_pipe();
        auto errors = make_pipe();
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, output[1].get(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, errors[1].get(), STDERR_FILENO);
        const int error = ::posix_spawn(&process_, argv[0], &actions, nullptr, argv.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (error != 0) {
            throw std::runtime_error("cannot start sent-emulator");
        }
        output_ = std::move(output[0]);
        errors_ = std::move(errors[0]);
    }
    ~Program() {
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            wait();
        }
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    std::string read_line() {
        std::string line;
        char c = 0;
        while (::read(output_.get(), &c, 1) == 1 && c != '\n') {
            line.push_back(c);
        }
        return line;
    }
    std::string read_errors() { return read_all(errors_.get()); }
    std::string read_output() { return read_all(output_.get()); }

    void signal(int number) { ::kill(process_, number); }
    int exit_code() {
        const int status = wait();
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    static std::string read_all(int from) {
        std::string text;
        std::array<char, 4096> bytes{};
        for (auto count = ::read(from, bytes.data(), bytes.size()); count > 0;
             count = ::read(from, bytes.data(), bytes.size())) {
            text.append(bytes.data(), static_cast<std::size_t>(count));
        }
        return text;
    }

    int wait() {
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = -1;
        return status;
    }

    pid_t process_ = -1;
    UniqueFd output_;
    UniqueFd errors_;
};

class EmulatorProcess : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(executable())) {
            GTEST_SKIP() << "built without tools: there is no " << executable();
        }
    }
};

TEST_F(EmulatorProcess, PrintsOneLineWhenReadyAndEndsOnSignals) {
    for (const int signal : {SIGTERM, SIGINT}) {
        Program program({"--api-key", "key", "--forbidden-api-key", "no", "--sender-id",
                         "0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903", "--log"});
        const auto start = Json::parse(program.read_line());
        EXPECT_EQ(start["api_key"], "key");
        EXPECT_EQ(start["forbidden_api_key"], "no");
        EXPECT_EQ(start["sender_id"], "0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903");
        OtherClient client(start["base_url"].get<std::string>(), "key",
                           start["sender_id"].get<std::string>());
        EXPECT_EQ(client.post("/v1/messages/contact", guide_message()).status, 204);
        EXPECT_EQ(client.get("/_emulator/state").json()["accepted_messages"], 1);
        program.signal(signal);
        EXPECT_EQ(program.exit_code(), 0);
        EXPECT_EQ(program.read_output(), "");
        EXPECT_EQ(program.read_errors(), "POST /v1/messages/contact -> 204\n");
    }
}

TEST_F(EmulatorProcess, StartsEmptyOnDemand) {
    Program program({"--no-seed", "--delivery-delay", "0"});
    const auto start = Json::parse(program.read_line());
    EXPECT_EQ(start["contacts"], Json::array());
    EXPECT_EQ(start["templates"], Json::array());
    EXPECT_EQ(start["profiles"], Json::array());
    EXPECT_EQ(start["users"], Json::array());
}

TEST_F(EmulatorProcess, StartsWithTheAccountInTheStateItIsTold) {
    Program program({"--account-state", "kyc_incomplete"});
    const auto start = Json::parse(program.read_line());
    EXPECT_EQ(start["users"].size(), 2U);
    OtherClient client(start["base_url"].get<std::string>(), start["api_key"].get<std::string>(), "");
    const auto refused = client.get("/v3/contacts");
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.json()["error"]["code"], "AUTH_006");
}

TEST_F(EmulatorProcess, TakesTheOptionsOfV3) {
    Program program({"--rate-limit", "1", "--sensitive-rate-limit", "10", "--message-rate-limit", "60",
                     "--profile-api-key", "own", "--idempotency-wait", "0"});
    const auto start = Json::parse(program.read_line());
    EXPECT_EQ(start["profile_api_key"], "own");
    EXPECT_EQ(start["profiles"].size(), 1U);
    OtherClient client(start["base_url"].get<std::string>(), "own", "");
    EXPECT_EQ(client.get("/_emulator/rate-limits").json(),
              (Json{{"standard", 1}, {"sensitive", 10}, {"messages", 60}}));
    EXPECT_EQ(client.get("/v3/contacts").status, 200);
    EXPECT_EQ(client.get("/v3/contacts").status, 429);
}

TEST_F(EmulatorProcess, A16_AllowsTheHostsThatItIsTold) {
    Program program({"--allowed-host", "one.example", "--allowed-host", "two.example"});
    const auto start = Json::parse(program.read_line());
    OtherClient client(start["base_url"].get<std::string>(), "", "");
    for (const auto& [host, status] : std::map<std::string, int>{
             {"one.example", 200}, {"two.example:8080", 200}, {"three.example", 403}}) {
        client.set_header("Host", host);
        EXPECT_EQ(client.get("/_emulator/state").status, status) << host;
    }
}

TEST_F(EmulatorProcess, SaysThatThePortIsInUse) {
    const testing::Emulator other;
    Program program({"--port", std::to_string(other.port())});
    EXPECT_THAT(program.read_errors(), StartsWith("sent-emulator: cannot listen on 127.0.0.1:"));
    EXPECT_EQ(program.exit_code(), 1);
}

TEST_F(EmulatorProcess, RefusesBadOptions) {
    for (const auto& [option, value, named] :
         std::vector<std::array<std::string, 3>>{{"--port", "65536", "--port"},
                                                 {"--sender-id", "me", "sender_id"},
                                                 {"--nonsense", "1", "--nonsense"},
                                                 {"--rate-limit", "-1", "--rate-limit"},
                                                 {"--account-state", "closed", "--account-state"},
                                                 {"--allowed-host", "http://a.example", "allowed_hosts"},
                                                 {"--delivery-delay", "-1", "--delivery-delay"}}) {
        Program program({option, value});
        EXPECT_THAT(program.read_errors(), HasSubstr(named));
        EXPECT_EQ(program.read_output(), "");
        EXPECT_EQ(program.exit_code(), 2) << option;
    }
}

TEST_F(EmulatorProcess, Helps) {
    Program program({"--help"});
    const auto help = program.read_output();
    for (const char* part : {"--port", "--delivery-delay", "Examples:", "/_emulator/faults", "Exit codes:"}) {
        EXPECT_THAT(help, HasSubstr(part));
    }
    EXPECT_EQ(program.exit_code(), 0);
}

}  // namespace
}  // namespace sent::test
