#include "recorder.hpp"

#include <algorithm>
#include <utility>

namespace sent::test {

std::size_t Recorder::add_connection() {
    const std::lock_guard<std::mutex> lock(mutex_);
    ConnectionRecord record;
    record.index = connections_.size();
    connections_.push_back(std::move(record));
    changed_.notify_all();
    return connections_.size() - 1;
}

std::size_t Recorder::add_request(ReceivedRequest request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (requests_.size() < kept_requests_) {
        requests_.push_back(std::move(request));
    }
    changed_.notify_all();
    return request_count_++;
}

void Recorder::replace_request(std::size_t number, ReceivedRequest request) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (number < requests_.size()) {
        requests_[number] = std::move(request);
    }
    changed_.notify_all();
}

void Recorder::update(std::size_t connection, const std::function<void(ConnectionRecord&)>& change) {
    const std::lock_guard<std::mutex> lock(mutex_);
    change(connections_.at(connection));
    changed_.notify_all();
}

void Recorder::add_error(std::string text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    errors_.push_back(std::move(text));
}

std::size_t Recorder::request_count() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return request_count_;
}

std::vector<ReceivedRequest> Recorder::requests() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
}

std::vector<ConnectionRecord> Recorder::connections() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return connections_;
}

std::size_t Recorder::connection_count() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return connections_.size();
}

std::size_t Recorder::peer_close_count() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return count_connections(&ConnectionRecord::closed_by_peer);
}

std::vector<std::string> Recorder::errors() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return errors_;
}

std::size_t Recorder::count_connections(bool ConnectionRecord::*flag) const {
    return static_cast<std::size_t>(
        std::count_if(connections_.begin(), connections_.end(),
                      [flag](const ConnectionRecord& record) { return record.*flag; }));
}

template <class Condition>
bool Recorder::wait(std::chrono::milliseconds timeout, Condition condition) const {
    std::unique_lock<std::mutex> lock(mutex_);
    return changed_.wait_for(lock, timeout, condition);
}

bool Recorder::wait_for_requests(std::size_t count, std::chrono::milliseconds timeout) const {
    return wait(timeout, [&] { return request_count_ >= count; });
}

bool Recorder::wait_for_connections(std::size_t count, std::chrono::milliseconds timeout) const {
    return wait(timeout, [&] { return connections_.size() >= count; });
}

bool Recorder::wait_for_peer_closes(std::size_t count, std::chrono::milliseconds timeout) const {
    return wait(timeout, [&] { return count_connections(&ConnectionRecord::closed_by_peer) >= count; });
}

bool Recorder::wait_for_finished(std::size_t count, std::chrono::milliseconds timeout) const {
    return wait(timeout, [&] { return count_connections(&ConnectionRecord::finished) >= count; });
}

}  // namespace sent::test
