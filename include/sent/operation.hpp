#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include <sent/export.hpp>

/// @file
/// Binds a request struct to its endpoint. All that differs between the operations of the API is data in a
/// Route. `Client::call`, `submit` and `bulk` work for every type that has an `operation`.

namespace sent {

struct HttpRequest;
struct Route;

namespace detail {

struct StructInfo;

/// True for structs that have a table; specialised next to each of them.
template <class T>
struct Described : std::false_type {};

/// A struct's name for error messages: `v3::Contact` from `sent::v3::Contact`, `Page` for pages.
constexpr std::string_view struct_name(std::string_view type) noexcept {
    constexpr std::string_view library = "sent::";
    type.remove_prefix(type.substr(0, library.size()) == library ? library.size() : 0);
    return type.substr(0, type.find('<'));
}

/// Has the row of an operation: `static const Route& route() noexcept`. Specialised for each request type.
template <class Request>
struct RowOf;

/// The body by which the service answers with this struct: in v3's envelope, or bare. For tests. Throws
/// InvalidRequestError.
[[nodiscard]] SENT_WEBHOOKS_EXPORT std::string reply_text(const StructInfo& info, const void* response,
                                                          std::string_view request_id);

}  // namespace detail

/// Generation of the API: decides authentication headers and the envelope around answers.
enum class Generation { v1, v2, v3 };

/// May an attempt be repeated that may have been carried out?
enum class Safety {
    read,          ///< changes nothing: yes
    keyed_write,   ///< accepts an idempotency key: yes, with the same key; without one treated as
                   ///< unkeyed_write
    unkeyed_write  ///< no: ends with Outcome::unknown instead
};

/// Which of the service's rate limits counts the request.
enum class RateClass { standard, sensitive, message };

/// What stands in the request's body.
enum class BodyRule {
    none,                 ///< neither body nor Content-Type
    object,               ///< a JSON object; left out when it would be empty
    object_even_if_empty  ///< a JSON object, `{}` at least
};

/// What a program can know of an operation. See operations() and find_operation() in <sent/operations.hpp>.
struct OperationInfo {
    /// Unique and stable, such as `v3.messages.send`.
    std::string_view name{};
    /// The HTTP method.
    std::string_view method{};
    /// With `{name}` for path parameters.
    std::string_view path{};
    Generation generation = Generation::v3;
    Safety safety = Safety::unkeyed_write;
    RateClass rate_class = RateClass::standard;
    BodyRule body = BodyRule::none;
    bool accepts_idempotency_key = false;
    bool accepts_sandbox = false;
    bool is_deprecated = false;
    /// One line without a full stop, such as `Look up a phone number`.
    std::string_view summary{};
};

/// One operation, for the library. Instances are constants beside the tables in `src/operations`.
struct Route : OperationInfo {
    /// Null, or finds the operation that an EncodedRequest names; the members below are null then.
    const Route* (*find)(const void* request) noexcept = nullptr;
    /// The table that says where each member of the request goes.
    const detail::StructInfo& (*request)() noexcept = nullptr;
    /// Null: the answer carries nothing that is read.
    const detail::StructInfo& (*response)() noexcept = nullptr;
    /// Make objects of these types; the second is null when the first `response` is.
    std::shared_ptr<void> (*make_request)() = nullptr;
    std::shared_ptr<void> (*make_response)() = nullptr;
    /// How many messages the request makes, for the client's rate limit; null: none.
    std::size_t (*message_count)(const void* request) = nullptr;
    /// Checks beyond required members and bounds: gives the member and what to do about it, or an empty name.
    struct InvalidMember {
        std::string_view member{};
        std::string_view advice{};
    };
    InvalidMember (*check)(const void* request) = nullptr;
    /// Completes a decoded answer with what follows from its other members, from its text, which says what
    /// was left out, and from the request.
    void (*finish)(void* response, const HttpRequest& request, std::string_view body) = nullptr;
    /// How a reply that the service replayed for an idempotency key differs from what the request asked for.
    struct ReplayMismatch {
        /// Such as `to other recipients`. Empty if nothing differs.
        std::string_view difference{};
        /// The reply names some of the request's recipients and nobody else. The service may have accepted
        /// this very request for those only, so the outcome is unknown.
        bool is_partial = false;
    };
    /// Called for replays only, with the reply and its text, which says what was left out.
    ReplayMismatch (*replay_mismatch)(const HttpRequest& request, const void* response,
                                      std::string_view body) = nullptr;
};

namespace detail {
/// For a static_assert that fails when a template is used.
template <class...>
inline constexpr bool never = false;
}  // namespace detail

/// Specialised for each request type: `response_type`, and `static const Route& route() noexcept`. This one,
/// for every other type, explains the mistake in one error.
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

template <class Request>
using response_of = typename operation<Request>::response_type;  // NOLINT(readability-identifier-naming)

}  // namespace sent

/// For the library's own headers, at global scope after a struct's definition. The second form is for those
/// of sent::webhooks.
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
