#pragma once

/// @file
/// From a request to the function that answers it. A generation of the API is a table of routes.

#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/http_types.hpp"
#include "emulator/json.hpp"

namespace sent::testing::emulator {

class World;

/// What a route's function gets. It runs alone: no other one changes the world meanwhile.
struct Call {
    World& world;
    const Request& request;
    std::vector<std::string> path_values{};  ///< what stands for {id} and the like, decoded
    Json body{};                             ///< an object where the route wants one, else null

    // Of v3 only.
    std::string request_id{};       ///< "req_7X9zKp2jDw"
    std::string account{};          ///< of the key: empty for the organization, else a profile's id
    std::string profile{};          ///< whose rows it sees and makes; empty: the organization's
    std::string idempotency_key{};  ///< empty: none was given, or the route takes none
    bool sandbox = false;           ///< validate, look nothing up, change nothing, make an answer up
};

enum class Access {
    open,     ///< the control plane
    account,  ///< x-sender-id and x-api-key: v1 and v2
    v3,       ///< x-api-key, and x-profile-id if any
};

enum class ExpectedBody {
    none,
    object,
    optional_object,  ///< an absent one stands for {}
    any_json,
};

enum class LimitedRate { standard, sensitive };

/// What v3 adds to a route.
struct V3Rules {
    bool keyed = false;    ///< takes an Idempotency-Key
    bool sandbox = false;  ///< takes "sandbox" in its body
    LimitedRate rate = LimitedRate::standard;
    bool always = false;  ///< answered also while the account is not active
};

inline constexpr V3Rules v3_read{};
inline constexpr V3Rules v3_read_always{false, false, LimitedRate::standard, true};
inline constexpr V3Rules v3_write{true, true};
inline constexpr V3Rules v3_sensitive_write{true, true, LimitedRate::sensitive};
inline constexpr V3Rules v3_removal{false, true};  ///< a DELETE with a body

struct Endpoint {
    const char* method;
    const char* path;  ///< "/v2/messages/{id}"; where two paths match, the first one wins
    Access access;
    ExpectedBody body;
    Reply (*answer)(Call& call);
    V3Rules v3{};
};

using Endpoints = std::vector<Endpoint>;

Endpoints v1_routes();
Endpoints v2_routes();
Endpoints v3_routes();
Endpoints control_routes();

class Router {
  public:
    /// All routes there are.
    Router();

    struct Match {
        const Endpoint* route = nullptr;         ///< nullptr: none for the method
        std::vector<std::string> path_values{};  ///< of the route
        std::string allowed_methods{};           ///< of the path, whatever the method; empty: no such path
    };
    Match find(const Request& request) const;

    /// Authenticates, reads the body, and lets the route answer. Whatever is wrong with a request becomes a
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
