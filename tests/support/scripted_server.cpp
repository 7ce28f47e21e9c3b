#include "scripted_server.hpp"

#include <netinet/tcp.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "loopback.hpp"

namespace sent::test {

namespace {

constexpr int backlog = 4096;
// After a failed accept (no descriptors left): long enough not to spin, short enough not to be noticed.
constexpr std::chrono::milliseconds accept_retry{5};

/// One accepted connection and its thread.
struct Session {
    UniqueFd stop = make_event();
    std::atomic<bool> reset_at_end{false};
    std::atomic<bool> done{false};
    std::thread thread{};
};

}  // namespace

struct ScriptedServer::Impl {
    explicit Impl(ServerOptions given);

    void listen();
    void stop_listening();
    void stop_sessions(bool reset);
    void accept_loop();
    void accept_one();
    void reap();
    void run(Session& session, UniqueFd socket, std::size_t index);
    Script script_for(std::size_t index);

    const ServerOptions options;
    const std::unique_ptr<const TlsContext> tls;
    // Bound and never listening: it keeps the port ours while the server is down.
    const UniqueFd reservation;
    const std::uint16_t port;
    Recorder recorder;

    UniqueFd listener;
    UniqueFd stop_accepting;
    std::thread acceptor;
    // Of the acceptor thread; of the controlling thread once that has been joined.
    std::list<Session> sessions;

    /// Held while it goes down or comes up, which any thread may ask for.
    std::mutex control_mutex;

    std::mutex scripts_mutex;
    std::vector<Script> scripts;
    Script default_script;
};

ScriptedServer::Impl::Impl(ServerOptions given)
    : options(std::move(given)),
      tls(options.tls ? std::make_unique<const TlsContext>(*options.tls) : nullptr),
      reservation(bind_tcp(Address(options.host, 0))),
      port(local_port(reservation.get())),
      recorder(options.kept_requests) {}

void ScriptedServer::Impl::listen() {
    listener = bind_tcp(Address(options.host, port));
    if (options.receive_buffer > 0) {
        // On the listener, because the window is settled before accept returns.
        const int size = options.receive_buffer;
        ::setsockopt(listener.get(), SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
    }
    if (::listen(listener.get(), backlog) != 0) {
        throw_errno("listen");
    }
    stop_accepting = make_event();
    acceptor = start_thread([this] { accept_loop(); });
}

void ScriptedServer::Impl::stop_listening() {
    if (!acceptor.joinable()) {
        return;
    }
    raise_event(stop_accepting.get());
    acceptor.join();
    // Explicit, because a forked copy of the descriptor would go on listening.
    ::shutdown(listener.get(), SHUT_RDWR);
    listener.reset();
}

void ScriptedServer::Impl::stop_sessions(bool reset) {
    for (Session& session : sessions) {
        session.reset_at_end = reset;
        raise_event(session.stop.get());
    }
    for (Session& session : sessions) {
        session.thread.join();
    }
    sessions.clear();
}

void ScriptedServer::Impl::accept_loop() {
    for (;;) {
        pollfd entries[] = {{listener.get(), POLLIN, 0}, {stop_accepting.get(), POLLIN, 0}};
        poll_until(entries, 2, std::nullopt);
        if (entries[1].revents != 0) {
            return;
        }
        try {
            accept_one();
        } catch (const std::exception& error) {
            recorder.add_error(error.what());
        }
        reap();
    }
}

void ScriptedServer::Impl::accept_one() {
    UniqueFd socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket) {
        pollfd entry{stop_accepting.get(), POLLIN, 0};
        poll_until(&entry, 1, deadline_after(accept_retry));
        return;
    }
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const std::size_t index = recorder.add_connection();
    Session& session = sessions.emplace_back();
    try {
        session.thread =
            start_thread([this, &session, index, fd = std::make_shared<UniqueFd>(std::move(socket))] {
                run(session, std::move(*fd), index);
            });
    } catch (...) {
        sessions.pop_back();
        throw;
    }
}

void ScriptedServer::Impl::reap() {
    for (auto session = sessions.begin(); session != sessions.end();) {
        if (session->done) {
            session->thread.join();
            session = sessions.erase(session);
        } else {
            ++session;
        }
    }
}

void ScriptedServer::Impl::run(Session& session, UniqueFd socket, std::size_t index) {
    Conversation conversation(Wire(std::move(socket), session.stop.get()), tls.get(), recorder, index);
    bool failed = false;
    try {
        if (conversation.start()) {
            const Script script = script_for(index);
            std::all_of(script.begin(), script.end(), [&](const Step& step) { return step(conversation); });
        }
    } catch (const std::exception& error) {
        failed = true;
        recorder.add_error(error.what());
    }
    if (failed || session.reset_at_end) {
        conversation.reset();
    } else {
        conversation.close();
    }
    recorder.update(index, [](ConnectionRecord& record) { record.finished = true; });
    session.done = true;
}

Script ScriptedServer::Impl::script_for(std::size_t index) {
    const std::lock_guard<std::mutex> lock(scripts_mutex);
    return index < scripts.size() ? scripts[index] : default_script;
}

ScriptedServer::ScriptedServer(ServerOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {
    impl_->listen();
}

ScriptedServer::~ScriptedServer() {
    impl_->stop_listening();
    impl_->stop_sessions(false);
}

std::uint16_t ScriptedServer::port() const {
    return impl_->port;
}

std::string ScriptedServer::origin() const {
    return origin(impl_->tls ? "https" : "http", impl_->options.host);
}

std::string ScriptedServer::origin(const std::string& scheme, const std::string& host) const {
    return make_origin(scheme, host, impl_->port);
}

void ScriptedServer::on_connection(Script script) {
    const std::lock_guard<std::mutex> lock(impl_->scripts_mutex);
    impl_->scripts.push_back(std::move(script));
}

void ScriptedServer::by_default(Script script) {
    const std::lock_guard<std::mutex> lock(impl_->scripts_mutex);
    impl_->default_script = std::move(script);
}

void ScriptedServer::go_down() {
    const std::lock_guard<std::mutex> lock(impl_->control_mutex);
    impl_->stop_listening();
    impl_->stop_sessions(true);
}

void ScriptedServer::come_up() {
    const std::lock_guard<std::mutex> lock(impl_->control_mutex);
    if (!impl_->acceptor.joinable()) {
        impl_->listen();
    }
}

std::vector<ReceivedRequest> ScriptedServer::requests() const {
    return impl_->recorder.requests();
}

std::size_t ScriptedServer::request_count() const {
    return impl_->recorder.request_count();
}

std::vector<ConnectionRecord> ScriptedServer::connections() const {
    return impl_->recorder.connections();
}

std::size_t ScriptedServer::connection_count() const {
    return impl_->recorder.connection_count();
}

std::size_t ScriptedServer::peer_close_count() const {
    return impl_->recorder.peer_close_count();
}

std::vector<std::string> ScriptedServer::errors() const {
    return impl_->recorder.errors();
}

bool ScriptedServer::wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->recorder.wait_for_requests(count, timeout);
}

bool ScriptedServer::wait_for_connections(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->recorder.wait_for_connections(count, timeout);
}

bool ScriptedServer::wait_for_peer_closes(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->recorder.wait_for_peer_closes(count, timeout);
}

bool ScriptedServer::wait_for_finished(std::size_t count, std::chrono::milliseconds timeout) const {
    return impl_->recorder.wait_for_finished(count, timeout);
}

}  // namespace sent::test
