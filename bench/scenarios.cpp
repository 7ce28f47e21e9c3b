#include "scenarios.hpp"

#include <memory>
#include <string>
#include <utility>

#include "bare_curl.hpp"
#include "bare_multi.hpp"
#include "burst.hpp"
#include "contender.hpp"
#include "sdk.hpp"
#include "workload.hpp"

namespace bench {

namespace {

constexpr std::size_t in_flight = 64;
constexpr std::size_t burst_size = 32;

template <class Kind, class... Arguments>
void add_side(Scenario& scenario, std::string name, Arguments&&... arguments) {
    scenario.sides.push_back(
        {std::move(name), std::make_unique<Kind>(std::forward<Arguments>(arguments)...)});
}

/// Blocking calls, one after the other on one connection.
template <class Request>
void one_at_a_time(Scenario& scenario, const Endpoint& endpoint, const BareRequest& bare, Request request) {
    add_side<BareEasy>(scenario, "bare", bare);
    add_side<BareEasy>(scenario, "bare (A/A)", bare);
    add_side<BareEasySetAgain>(scenario, "bare, set each time", bare);
    add_side<SdkCalls<Request>>(scenario, "Client::call", endpoint, std::move(request));
}

/// Many at once on the same connections.
template <class Request>
void many_at_once(Scenario& scenario, const Endpoint& endpoint, const BareRequest& bare,
                  const Request& request) {
    scenario.scope = Scope::process;
    scenario.granularity = 4 * in_flight;
    add_side<BareMulti>(scenario, "bare multi", bare, in_flight);
    add_side<BareMulti>(scenario, "bare multi (A/A)", bare, in_flight);
    add_side<SdkBulk<Request>>(scenario, "Client::bulk", endpoint, request, in_flight);
    add_side<SdkBulkStream<Request>>(scenario, "bulk, streamed", endpoint, request, in_flight);
}

/// Many at once from nothing.
void cold_burst(Scenario& scenario, const Endpoint& endpoint, const Endpoint& http2) {
    scenario.scope = Scope::process;
    scenario.granularity = burst_size;
    const BareRequest bare = bare_v3_send(endpoint);
    add_side<BareThreadsBurst>(scenario, "bare, threads", bare, burst_size);
    add_side<BareThreadsBurst>(scenario, "bare, threads (A/A)", bare, burst_size);
    add_side<BareMultiBurst>(scenario, "bare multi", bare, burst_size);
    add_side<BareMultiBurst>(scenario, "bare multi, HTTP/2", bare_v3_send(http2), burst_size);
    add_side<SdkBurst>(scenario, "submit", endpoint, v3_send_request(), burst_size);
    add_side<SdkBurst>(scenario, "submit, HTTP/2", http2, v3_send_request(), burst_size);
}

/// Blocking calls, each with a TCP connection and a TLS handshake of its own.
void reconnect(Scenario& scenario, const Endpoint& endpoint) {
    BareRequest bare = bare_v3_send(endpoint);
    add_side<BareEasy>(scenario, "bare", bare);
    add_side<BareEasy>(scenario, "bare (A/A)", bare);
    bare.without_ca_path = true;
    add_side<BareEasy>(scenario, "bare, no CA path", bare);
    add_side<SdkCalls<sent::SendMessageRequest>>(scenario, "Client::call", endpoint, v3_send_request());
}

struct Entry {
    /// The port that it needs.
    std::string url{};
    Plan plan{};
};

std::vector<Entry> entries_of(const Server& server) {
    const Endpoint plain{server.url, {}, false};
    const Endpoint tls{server.tls_url, server.certificate, false};
    const Endpoint http2{server.http2_url, server.certificate, true};
    const Endpoint slow{server.slow_url, {}, false};
    const Endpoint closing{server.closing_url, server.trust, false};
    const Endpoint cold{server.tls_url, server.trust, false};
    const Endpoint cold_http2{server.http2_url, server.trust, true};
    return {
        {plain.url,
         {"v3 send",
          [=](Scenario& to) { one_at_a_time(to, plain, bare_v3_send(plain), v3_send_request()); }}},
        {tls.url,
         {"v3 send, TLS",
          [=](Scenario& to) { one_at_a_time(to, tls, bare_v3_send(tls), v3_send_request()); }}},
        {plain.url,
         {"v1 send",
          [=](Scenario& to) { one_at_a_time(to, plain, bare_v1_send(plain), v1_send_request()); }}},
        {plain.url,
         {"v1 list of 100",
          [=](Scenario& to) { one_at_a_time(to, plain, bare_v1_list(plain), v1_list_request()); }}},
        {plain.url,
         {"64 in flight, v1",
          [=](Scenario& to) { many_at_once(to, plain, bare_v1_send(plain), v1_send_request()); }}},
        {plain.url,
         {"64 in flight, v3",
          [=](Scenario& to) { many_at_once(to, plain, bare_v3_send(plain), v3_send_request()); }}},
        {tls.url,
         {"64 in flight, TLS",
          [=](Scenario& to) { many_at_once(to, tls, bare_v3_send(tls), v3_send_request()); }}},
        {http2.url,
         {"64 in flight, HTTP/2",
          [=](Scenario& to) {
              many_at_once(to, http2, bare_v3_send(http2), v3_send_request());
              add_side<BareMulti>(to, "bare multi, HTTP/1.1", bare_v3_send(tls), in_flight);
          }}},
        {slow.url,
         {"64 in flight, 50 ms",
          [=](Scenario& to) {
              many_at_once(to, slow, bare_v3_send(slow), v3_send_request());
              to.granularity = 8 * in_flight;  // so that starting and running dry do not weigh too much
          }}},
        {cold.url, {"cold burst of 32", [=](Scenario& to) { cold_burst(to, cold, cold_http2); }}},
        {closing.url, {"HTTPS reconnect", [=](Scenario& to) { reconnect(to, closing); }}},
    };
}

}  // namespace

Scenario Plan::make() const {
    Scenario scenario;
    scenario.name = name;
    add_sides(scenario);
    return scenario;
}

std::vector<Plan> plans_for(const Server& server, const std::string& only) {
    std::vector<Plan> plans;
    for (auto& entry : entries_of(server)) {
        if (!entry.url.empty() && entry.plan.name.find(only) != std::string::npos) {
            plans.push_back(std::move(entry.plan));
        }
    }
    return plans;
}

}  // namespace bench
