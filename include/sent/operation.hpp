#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <sent/export.hpp>

/// @file
/// Binds each request struct to its endpoint. Everything that differs between the operations of the API is
/// data in a Route. `Client::call`, `submit` and `bulk` accept every type that has an `operation`.

namespace sent {

struct Document;
struct HttpRequest;
struct Route;

namespace detail {

struct StructInfo;

/// True for structs that have a field table. Specialised next to each of them.
template <class T>
struct Described : std::false_type {};

/// Returns the name of a struct for error messages: `v3::Contact` for `sent::v3::Contact`, `Page` for pages.
constexpr std::string_view struct_name(std::string_view type) noexcept {
    constexpr std::string_view library = "sent::";
    type.remove_prefix(type.substr(0, library.size()) == library ? library.size() : 0);
    return type.substr(0, type.find('<'));
}

/// Holds the row of an operation: `static const Route& route() noexcept`. Specialised for each request type.
template <class Request>
struct RowOf;

/// Returns the body with which the service answers with this struct: in the v3 envelope, or bare. Used by
/// tests. Throws InvalidRequestError.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string reply_text(const StructInfo& info, const void* response,
                                                          std::string_view request_id);

}  // namespace detail

/// Generation of the API. Decides the authentication headers and the envelope of answers.
enum class Generation { v1, v2, v3 };

/// Whether an attempt that may have been carried out may be retried.
enum class Safety {
    read,          ///< changes nothing: may be retried
    keyed_write,   ///< accepts an idempotency key: may be retried with the same key; without a key it is
                   ///< treated as unkeyed_write
    unkeyed_write  ///< must not be retried: the call ends with Outcome::unknown instead
};

/// Rate limit of the service that counts the request.
enum class RateClass { standard, sensitive, message };

/// What the body of the request contains.
enum class BodyRule {
    none,                  ///< no body and no Content-Type
    object,                ///< a JSON object; omitted if it would be empty
    object_even_if_empty,  ///< a JSON object, at least `{}`
    nonempty_object,       ///< a JSON object; a request without members, which changes nothing, is refused
    form                   ///< a JSON object, at least `{}`; multipart/form-data if documents are attached
};

/// Public description of an operation. See operations() and find_operation() in <sent/operations.hpp>.
struct OperationInfo {
    /// Unique and stable name, such as `v3.messages.send`.
    std::string_view name{};
    /// HTTP method.
    std::string_view method{};
    /// Path, with `{name}` for each path parameter.
    std::string_view path{};
    Generation generation = Generation::v3;
    /// Whether it may be retried.
    Safety safety = Safety::unkeyed_write;
    /// Rate limit that counts it.
    RateClass rate_class = RateClass::standard;
    /// What its body contains.
    BodyRule body = BodyRule::none;
    /// True if CallOptions::idempotency_key may be set.
    bool accepts_idempotency_key = false;
    /// True if the service can simulate it (ClientOptions::sandbox).
    bool accepts_sandbox = false;
    bool is_deprecated = false;
    /// Summary in one line without a full stop, such as `Look up a phone number`.
    std::string_view summary{};
};

/// One operation, for internal use. Instances are constants beside the tables in `src/operations`.
struct Route : OperationInfo {
    /// Finds the operation that an EncodedRequest names. Null for all other requests. If it is set, the
    /// members below are null.
    const Route* (*find)(const void* request) noexcept = nullptr;
    /// Whether a profile id of client or call is sent, in `x-profile-id`. v3 only.
    bool takes_profile = true;
    /// Table that maps each member of the request to path, query or body.
    const detail::StructInfo& (*request)() noexcept = nullptr;
    /// Table of the response. Null if the answer has no content that is read.
    const detail::StructInfo& (*response)() noexcept = nullptr;
    /// Create objects of these types. `make_response` is null if `response` is null.
    std::shared_ptr<void> (*make_request)() = nullptr;
    std::shared_ptr<void> (*make_response)() = nullptr;
    /// Documents that are attached to the request. Null if `body` is not BodyRule::form.
    const std::vector<Document>& (*documents)(const void* request) noexcept = nullptr;
    /// With documents: name of the part that has the JSON object. If it is empty, each member of the object
    /// is a text part with its name in camel case.
    std::string_view json_part{};
    /// Number of messages that the request sends, for the client's rate limit. Null means none.
    std::size_t (*message_count)(const void* request) = nullptr;
    /// Result of `check`: the member and what to do about it. The name is empty if the request is valid.
    struct InvalidMember {
        std::string_view member{};
        std::string_view advice{};
    };
    /// Checks beyond required members and bounds. Null means none.
    InvalidMember (*check)(const void* request) = nullptr;
    /// Completes a decoded answer from its other members, from its text, which shows what was omitted, and
    /// from the request. Null means nothing to complete.
    void (*finish)(void* response, const HttpRequest& request, std::string_view body) = nullptr;
    /// Difference between the request and an answer that the service replayed for its idempotency key.
    struct ReplayMismatch {
        /// Such as `to other recipients`. Empty if there is no difference.
        std::string_view difference{};
        /// True if the answer names some of the request's recipients and nobody else. The service may have
        /// accepted this request for those only, so the outcome is unknown.
        bool is_partial = false;
    };
    /// Called for replays only, with the answer and its text, which shows what was omitted. Null means that
    /// replays are not compared.
    ReplayMismatch (*replay_mismatch)(const HttpRequest& request, const void* response,
                                      std::string_view body) = nullptr;
};

namespace detail {
/// Used by a static_assert that fails when a template is instantiated.
template <class...>
inline constexpr bool never = false;
}  // namespace detail

/// Specialised for each request type: `response_type`, and `static const Route& route() noexcept`. The
/// primary template serves every other type and explains the mistake in one error.
template <class Request>
struct operation {  // NOLINT(readability-identifier-naming)
    using response_type = void;
    static const Route& route() noexcept {
        static_assert(detail::never<Request>,
                      "sent: this type is not a request. call(), submit(), async_call() and bulk() take "
                      "request structs "
                      "such as sent::SendMessageRequest; for a path without a struct use "
                      "Client::request(sent::RawRequest)");
        static const Route none;
        return none;
    }
};

/// Response struct of a request, or void.
template <class Request>
using response_of = typename operation<Request>::response_type;  // NOLINT(readability-identifier-naming)

}  // namespace sent

/// Describes a struct. Used by the library's headers at global scope after the definition of the struct. The
/// second form is for structs of sent::webhooks.
#define SENT_DETAIL_DESCRIBE(Type) SENT_DETAIL_DESCRIBE_WITH(Type, SENT_EXPORT)
#define SENT_DETAIL_DESCRIBE_WEBHOOK(Type) SENT_DETAIL_DESCRIBE_WITH(Type, SENT_WEBHOOKS_EXPORT)

// NOLINTBEGIN(bugprone-macro-parentheses): an attribute stands in none
#define SENT_DETAIL_DESCRIBE_WITH(Type, Export)                      \
    template <>                                                      \
    struct sent::detail::Described<Type> : std::true_type {          \
        static constexpr std::string_view name = struct_name(#Type); \
        Export static const StructInfo& info() noexcept;             \
    }
// NOLINTEND(bugprone-macro-parentheses)

#define SENT_DETAIL_OPERATION(Request, Response)                                         \
    template <>                                                                          \
    struct sent::detail::RowOf<Request> {                                                \
        SENT_EXPORT static const Route& route() noexcept;                                \
    };                                                                                   \
    template <>                                                                          \
    struct sent::operation<Request> {                                                    \
        using response_type = Response;                                                  \
        static const Route& route() noexcept { return detail::RowOf<Request>::route(); } \
    }
