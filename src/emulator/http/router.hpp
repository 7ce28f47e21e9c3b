#pragma once

/// @file
/// Finds the function that answers a request. Each generation of the API is a table of routes.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/http_types.hpp"
#include "emulator/json.hpp"
#include "emulator/state/channels.hpp"

namespace sent::testing::emulator {

struct FormPart;
class World;

/// The arguments of a route's function. While it runs, no other function changes the world.
struct Call {
    World& world;
    const Request& request;
    std::vector<std::string> path_values{};  ///< decoded values of {id} and similar parts of the path
    Json body{};                             ///< an object if the route expects one, otherwise null

    // The following members are used by v3 only.
    std::string request_id{};  ///< "req_7X9zKp2jDw"
    std::string account{};     ///< the key's: empty for the organization, otherwise a profile's id
    std::string profile{};     ///< owner of the rows that it uses; empty for the organization
    /// Set by a route that has to wait: called without the lock. It returns what answers the call, again
    /// under the lock, in place of the route's own reply.
    std::function<std::function<Reply(Call&)>()> wait{};
    std::string idempotency_key{};  ///< empty if none was sent or the route does not support keys
    bool sandbox = false;           ///< only validate, and invent a reply without reading or changing rows
    std::vector<StoredDocument> documents{};  ///< of a multipart request
};

enum class Access {
    open,     ///< the control plane
    account,  ///< x-sender-id and x-api-key: v1 and v2
    v3,       ///< x-api-key, and optionally x-profile-id
};

enum class ExpectedBody {
    none,
    object,
    optional_object,  ///< a missing body counts as {}
    any_json,
};

enum class LimitedRate { standard, sensitive };

/// Properties of a route that only v3 has.
struct V3Rules {
    bool keyed = false;    ///< supports an Idempotency-Key
    bool sandbox = false;  ///< takes "sandbox" in its body
    LimitedRate rate = LimitedRate::standard;
    bool always = false;  ///< answered even if the account is not active
};

inline constexpr V3Rules v3_read{};
inline constexpr V3Rules v3_read_always{false, false, LimitedRate::standard, true};
inline constexpr V3Rules v3_write{true, true};
inline constexpr V3Rules v3_write_without_sandbox{true, false};
inline constexpr V3Rules v3_sensitive_write{true, true, LimitedRate::sensitive};
inline constexpr V3Rules v3_removal{false, true};  ///< a DELETE with a body

struct RequestBody {
    Json json{};
    std::vector<StoredDocument> documents{};
};

/// Turns the parts of a multipart request into the JSON object that a request without documents would have.
/// Throws a Refusal if it cannot.
using FormReader = RequestBody (*)(const std::vector<FormPart>& parts);

struct Endpoint {
    const char* method;
    const char* path;  ///< "/v2/messages/{id}"; where two paths match, the first one wins
    Access access;
    ExpectedBody body;
    Reply (*answer)(Call& call);
    V3Rules v3{};
    FormReader read_form = nullptr;  ///< nullptr if the route refuses multipart requests
};

using Endpoints = std::vector<Endpoint>;

Endpoints v1_routes();
Endpoints v2_routes();
Endpoints v3_routes();
Endpoints control_routes();

class Router {
  public:
    /// Contains all routes.
    Router();

    struct Match {
        const Endpoint* route = nullptr;         ///< nullptr if there is none for the method
        std::vector<std::string> path_values{};  ///< values of the route's parameters
        std::string allowed_methods{};           ///< methods of the path; empty if the path is unknown
    };
    Match find(const Request& request) const;

    /// Authenticates, reads the body and calls the route's function. Every problem with a request becomes a
    /// reply.
    static Reply answer(World& world, const Request& request, Match match);

  private:
    struct Entry {
        Endpoint route;
        std::vector<std::string> segments;
    };
    std::vector<Entry> entries_;
};

}  // namespace sent::testing::emulator
