// Answers the service's questions about calls with cpp-httplib: verifies them, answers in time, and answers
// the same question alike. Calls from outside ring the agent on duty; calls from the app are dialled. Needs
// no client and no libcurl: links sent::webhooks.
//
//   SENT_CALLBACK_SECRET=whsec_... SENT_AGENT_FILE=... ./25_answer_calls       prints its URL
//
// SENT_AGENT_FILE has the identity of the agent on duty, as in the app.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <future>
#include <iostream>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include <httplib.h>

#include <sent/webhooks.hpp>

namespace {

namespace webhooks = sent::webhooks;
using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') {
        std::cerr << "Please set " << name << ".\n";
        std::exit(2);
    }
    return value;
}

// Decides what to do with a call. This is the place for a database, which may be slow.
webhooks::VoiceAnswer decide(const webhooks::VoiceQuestion& question, const std::string& agent_file) {
    const auto busy = webhooks::VoiceAnswer::reject(webhooks::RejectReason::busy);
    if (question.type != webhooks::VoiceQuestionType::call_request) {
        return busy;  // this program plays no menus
    }
    if (question.direction == sent::CallDirection::outbound) {
        return webhooks::VoiceAnswer::connect_to_number({.number = question.to.number.value_or(""),
                                                         .caller_id = question.number,
                                                         .dial_timeout_seconds = 30})
            .value_or(busy);
    }
    std::ifstream file{agent_file};
    std::string agent;
    std::getline(file, agent);
    return webhooks::VoiceAnswer::connect_to_user({.identity = agent}).value_or(busy);
}

// The answers of the last seconds. The service repeats a question if the first answer is late, and both must
// be the same: the repetition waits for the decision that the first one has started.
class Answers {
  public:
    using Answer = std::shared_future<webhooks::VoiceAnswer>;

    explicit Answers(std::string agent_file) : agent_file_(std::move(agent_file)) {}

    Answer to(const webhooks::VoiceQuestion& question) {
        const std::lock_guard lock{mutex_};
        std::erase_if(answers_, [now = Clock::now()](const auto& entry) {
            return now > entry.second.kept_until && is_ready(entry.second.answer, 0ms);
        });
        // A call starts once. Other questions have no id of their own.
        const bool starts = question.type == webhooks::VoiceQuestionType::call_request;
        const auto& key = starts && !question.call_id.empty() ? question.call_id : question.raw.text;
        const auto found = answers_.find(key);
        if (found != answers_.end()) {
            return found->second.answer;
        }
        const Answer answer = std::async(std::launch::async, decide, question, agent_file_);
        answers_.emplace(key, Kept{answer, Clock::now() + 15s});
        return answer;
    }

    static bool is_ready(const Answer& answer, std::chrono::milliseconds patience) {
        return answer.wait_for(patience) == std::future_status::ready;
    }

  private:
    struct Kept {
        Answer answer;
        Clock::time_point kept_until;
    };

    std::string agent_file_;
    std::mutex mutex_;
    std::map<std::string, Kept> answers_;
};

}  // namespace

int main() {
    const webhooks::Verifier verifier{{.secrets = setting("SENT_CALLBACK_SECRET")}};
    Answers answers{setting("SENT_AGENT_FILE")};

    httplib::Server server;
    server.Post("/calls", [&](const httplib::Request& request, httplib::Response& response) {
        const auto question = verifier.verify_question(request.headers, request.body);
        if (!question) {
            std::cerr << question.error().message << std::endl;
            response.status = webhooks::response_status(question.error());
            return;
        }
        // The service hangs up on the question after 2.5 s, the way to it and back included.
        const auto answer = answers.to(*question);
        if (!Answers::is_ready(answer, 2s)) {
            response.status = 503;  // it asks again, and finds the decision made
            return;
        }
        response.set_content(answer.get().json(), "application/json");
    });
    const int port = server.bind_to_any_port("127.0.0.1");
    std::cout << "http://127.0.0.1:" << port << "/calls" << std::endl;
    return server.listen_after_bind() ? 0 : 1;
}
