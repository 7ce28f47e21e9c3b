#include <sent/testing/mock_transport.hpp>

#include <algorithm>
#include <deque>
#include <future>
#include <optional>
#include <utility>

#include "base/path_pattern.hpp"
#include "base/this_process.hpp"
#include "testing/mock_gate.hpp"
#include "testing/mock_request.hpp"

namespace sent::testing {

namespace {

/// Calls `action`, or queues it if this thread is already inside another one. So a chain of submits from
/// callbacks does not need more stack than one of them.
void deliver(std::function<void()> action) {
    thread_local std::deque<std::function<void()>>* pending = nullptr;
    if (pending != nullptr) {
        pending->push_back(std::move(action));
        return;
    }
    std::deque<std::function<void()>> actions;
    actions.push_back(std::move(action));
    struct Active {
        explicit Active(std::deque<std::function<void()>>* queue) { pending = queue; }
        Active(const Active&) = delete;
        Active& operator=(const Active&) = delete;
        ~Active() { pending = nullptr; }
    } const active(&actions);
    while (!actions.empty()) {
        const auto next = std::move(actions.front());
        actions.pop_front();
        next();
    }
}

TransportError cancelled_error(bool may_have_left) {
    TransportError error;
    error.kind = TransportErrorKind::cancelled;
    error.message = "mock: cancelled";
    error.request_may_have_left = may_have_left;
    return error;
}

/// As a real transport ends a request with a part that can no longer be read.
TransportError broken_off() {
    TransportError error;
    error.kind = TransportErrorKind::invalid_request;
    error.message = "mock: a document was changed, or could not be read, while it was sent";
    error.request_may_have_left = false;
    return error;
}

/// Replaces a body beyond the limit by an error, as a real transport does.
TransportResult limited(TransportResult result, std::size_t most) {
    if (!result) {
        return result;
    }
    HttpResponse& response = result.response();
    if (response.body.size() <= most) {
        return result;
    }
    TransportError error;
    error.kind = TransportErrorKind::too_large;
    error.message = "mock: the answer's body exceeds " + std::to_string(most) + " bytes";
    error.partial = std::move(response);
    error.partial.body.resize(most);
    return error;
}

/// A reply that waits for a gate or a cancellation, whichever comes first.
class Held {
  public:
    Held(TransportResult result, std::function<void(TransportResult)> done)
        : result_(std::move(result)), waiting_(Waiting{std::move(done), {}}) {}

    /// Calls `done` with the reply or as cancelled, unless that has already happened.
    void finish(bool cancelled) {
        Waiting waiting;
        std::swap(waiting, *waiting_.lock());
        waiting.registration.reset();
        if (waiting.done) {
            waiting.done(cancelled ? TransportResult{cancelled_error(true)} : std::move(result_));
        }
    }

    void keep(CancellationToken::Registration registration) {
        const auto waiting = waiting_.lock();
        if (waiting->done) {
            waiting->registration = std::move(registration);
        }
    }

  private:
    struct Waiting {
        std::function<void(TransportResult)> done{};
        CancellationToken::Registration registration{};

        /// It is the parent's request.
        [[nodiscard]] static Waiting for_child() { return {}; }
    };

    TransportResult result_;
    detail::Guarded<Waiting> waiting_;
};

}  // namespace

class MockTransport::Impl {
  public:
    void add(std::string method, std::string path, Reply reply) {
        const auto data = data_.lock();
        Script& script = method.empty() && path.empty() ? data->for_any : data->for_some;
        script.push_back({std::move(method), std::move(path), std::move(reply)});
    }

    void set_default(Reply reply) { data_.lock()->otherwise.emplace(std::move(reply)); }
    std::vector<RecordedRequest> requests() const { return data_.lock()->requests; }

    bool wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const {
        auto data = data_.lock();
        return data.wait_for(timeout, [&] { return data->requests.size() >= count; });
    }

    std::size_t unused() const {
        const auto data = data_.lock();
        std::size_t count = 0;
        for (const Script* script : {&data->for_some, &data->for_any}) {
            for (const Line& line : *script) {
                count += static_cast<std::size_t>(std::max(line.reply.times_, 0));
            }
        }
        return count;
    }

    void reset() {
        const auto data = data_.lock();
        data->for_some.clear();
        data->for_any.clear();
        data->otherwise.reset();
        data->requests.clear();
    }

    /// Records the request and returns its reply.
    Reply take(RecordedRequest request) {
        const auto data = data_.lock();
        data->requests.push_back(std::move(request));
        data.notify();
        const RecordedRequest& recorded = data->requests.back();
        for (Script* script : {&data->for_some, &data->for_any}) {
            const auto line = std::find_if(script->begin(), script->end(),
                                           [&](const Line& candidate) { return candidate.fits(recorded); });
            if (line != script->end()) {
                Reply reply = line->reply;
                if (line->reply.times_ > 0 && --line->reply.times_ == 0) {
                    script->erase(line);
                }
                return reply;
            }
        }
        return data->otherwise ? *data->otherwise : no_reply(recorded, data->requests.size());
    }

    /// Calls `done` with the result when the reply's gate opens, or as cancelled.
    void hold(const Reply& reply, TransportResult result, const CancellationToken& cancel,
              std::function<void(TransportResult)> done) {
        const auto held = std::make_shared<Held>(std::move(result), std::move(done));
        {
            const auto data = data_.lock();
            auto& all = data->held;
            all.erase(std::remove_if(all.begin(), all.end(),
                                     [](const std::weak_ptr<Held>& other) { return other.expired(); }),
                      all.end());
            all.push_back(held);
        }
        held->keep(cancel.on_cancel([held] { held->finish(true); }));
        reply.gate_->when_open([held] { held->finish(false); });
    }

    void cancel_held() {
        std::vector<std::weak_ptr<Held>> all;
        all.swap(data_.lock()->held);
        for (const auto& weak : all) {
            if (const auto held = weak.lock()) {
                held->finish(true);
            }
        }
    }

    static TransportResult answer(const Reply& reply, const RecordedRequest& recorded, std::size_t most) {
        if (reply.exception_) {
            std::rethrow_exception(reply.exception_);
        }
        return limited(reply.answer_(recorded), most);
    }

  private:
    struct Line {
        std::string method;
        std::string path;
        Reply reply;

        bool fits(const RecordedRequest& request) const {
            return (method.empty() || method == request.method) &&
                   (path.empty() || detail::path_fits(path, request.path));
        }
    };
    using Script = std::vector<Line>;

    struct Data {
        Script for_some{};
        Script for_any{};
        std::optional<Reply> otherwise{};
        std::vector<RecordedRequest> requests{};
        std::vector<std::weak_ptr<Held>> held{};

        /// What is held back are the parent's requests.
        [[nodiscard]] Data for_child() const { return {for_some, for_any, otherwise, requests, {}}; }
    };

    /// A kind that is never retried: a retry would only find the script empty again.
    static Reply no_reply(const RecordedRequest& request, std::size_t number) {
        TransportError error;
        error.kind = TransportErrorKind::invalid_request;
        error.message = "MockTransport has no reply for request " + std::to_string(number) + ", " +
                        request.method + ' ' + request.path +
                        ": add one with reply(), on() or otherwise() before the code under test sends it";
        error.request_may_have_left = false;
        return Reply::failure(std::move(error));
    }

    detail::Guarded<Data> data_{};
};

MockTransport::MockTransport() : impl_(std::make_shared<Impl>()) {}

MockTransport::~MockTransport() {
    impl_->cancel_held();
}

MockTransport& MockTransport::reply(Reply reply) {
    return on({}, {}, std::move(reply));
}

MockTransport& MockTransport::reply(int status, std::string body, Headers headers) {
    return reply(Reply{status, std::move(body), std::move(headers)});
}

MockTransport& MockTransport::json(int status, std::string text, Headers headers) {
    return reply(Reply::json(status, std::move(text), std::move(headers)));
}

MockTransport& MockTransport::no_content(Headers headers) {
    return reply(Reply::no_content(std::move(headers)));
}

MockTransport& MockTransport::on(std::string method, std::string path, Reply reply) {
    impl_->add(std::move(method), std::move(path), std::move(reply));
    return *this;
}

MockTransport& MockTransport::otherwise(Reply reply) {
    impl_->set_default(std::move(reply));
    return *this;
}

std::vector<RecordedRequest> MockTransport::requests() const {
    return impl_->requests();
}

std::size_t MockTransport::request_count() const {
    return impl_->requests().size();
}

bool MockTransport::wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->wait_for_requests(count, timeout);
}

std::size_t MockTransport::unused_replies() const {
    return impl_->unused();
}

void MockTransport::reset() {
    impl_->reset();
}

TransportResult MockTransport::send(const HttpRequest& request) {
    if (request.cancel.cancelled()) {
        return cancelled_error(false);
    }
    const auto impl = impl_;
    const auto recorded = record(request, false);
    if (!recorded) {
        return broken_off();
    }
    const Reply reply = impl->take(*recorded);
    TransportResult result = Impl::answer(reply, *recorded, request.max_response_bytes);
    if (!reply.gate_) {
        return result;
    }
    const auto arrival = std::make_shared<std::promise<TransportResult>>();
    auto arrived = arrival->get_future();
    impl->hold(reply, std::move(result), request.cancel,
               [arrival](TransportResult held) { arrival->set_value(std::move(held)); });
    return arrived.get();
}

void MockTransport::send_async(HttpRequest request, Completion done) {
    if (request.cancel.cancelled()) {
        deliver([done = std::move(done)] { done(cancelled_error(false)); });
        return;
    }
    const auto impl = impl_;
    const auto recorded = record(request, true);
    if (!recorded) {
        deliver([done = std::move(done)] { done(broken_off()); });
        return;
    }
    const Reply reply = impl->take(*recorded);
    TransportResult result = Impl::answer(reply, *recorded, request.max_response_bytes);
    const auto finish = [done = std::move(done)](TransportResult held) {
        deliver([done, held = std::move(held)]() mutable { done(std::move(held)); });
    };
    if (reply.gate_) {
        impl->hold(reply, std::move(result), request.cancel, finish);
    } else {
        finish(std::move(result));
    }
}

}  // namespace sent::testing
